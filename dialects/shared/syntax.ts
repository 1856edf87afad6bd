import type { Option, Parser } from "node-sql-parser";
import type { SqlParser } from "../../src/compiler/sql-parser.js";

/** What node-sql-parser throws where a text leaves its grammar. */
interface GrammarError {
  readonly message: string;
  readonly location?: { readonly start: { readonly offset: number } };
  readonly found?: string | null;
}

/**
 * Looks for syntax errors with one build of node-sql-parser. Its grammars are not the servers' own: what they refuse
 * may be right, so that a problem is a suspicion.
 */
export function grammarOf(parser: Pick<Parser, "parse">, database: string): SqlParser {
  const options: Option = { database };
  return {
    isServerGrammar: false,
    problemOf(sql) {
      try {
        parser.parse(sql, options);
        return undefined;
      } catch (error) {
        const { message, location, found } = error as GrammarError;
        const offset = Math.min(location?.start.offset ?? 0, sql.length);
        if (found === undefined) return { message, offset };
        return { message: found === null ? "unexpected end" : `unexpected "${found}"`, offset };
      }
    },
  };
}
