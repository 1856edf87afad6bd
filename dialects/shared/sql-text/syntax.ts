import type { Option, Parser } from "node-sql-parser";
import type { SqlParser } from "../../../src/compiler/sql-parser.js";
import { loadSecondGrammar, type SecondGrammar } from "./second-grammar.js";
import { beyondGrammars, problemOfFirstWord, type StatementWords } from "./statement-words.js";
import type { LexicalRules } from "./tokens.js";
import type { SqlReader } from "../../../src/compiler/sql-reader.js";

/** What node-sql-parser throws where a text leaves its grammar. */
interface GrammarError {
  readonly message: string;
  readonly location?: { readonly start: { readonly offset: number } };
  readonly found?: string | null;
}

/** Whether the dialect's reader understands a text as DDL, which node-sql-parser knows only in part. */
function isUnderstood(sql: string, reader: SqlReader): boolean {
  const { operations, unknown } = reader.read(sql, undefined);
  return operations.length > 0 && unknown.length === 0;
}

/**
 * Looks for syntax errors with one build of node-sql-parser. Its grammars are not the servers' own: what they refuse
 * may be right, so that a problem is a suspicion, which a second grammar has to share.
 *
 * @param second the second grammar, what the server takes that neither of the two knows, and how it reads text
 */
export function grammarOf(
  parser: Pick<Parser, "parse">,
  database: string,
  reader: SqlReader,
  second: { readonly grammar: SecondGrammar; readonly words: StatementWords; readonly rules: LexicalRules },
): SqlParser {
  const options: Option = { database };
  const firstWordProblem = problemOfFirstWord(second.words, second.rules);
  return {
    isServerGrammar: false,
    secondOpinion: async () => {
      const isTaken = await loadSecondGrammar(second.grammar);
      const isBeyond = beyondGrammars(second.words, second.rules);
      return (sql) => firstWordProblem(sql) === undefined && (isBeyond(sql) || isTaken(sql));
    },
    problemOf(sql) {
      const problem = firstWordProblem(sql);
      if (problem !== undefined) return problem;
      try {
        parser.parse(sql, options);
        return undefined;
      } catch (error) {
        if (isUnderstood(sql, reader)) return undefined;
        const { message, location, found } = error as GrammarError;
        const offset = Math.min(location?.start.offset ?? 0, sql.length);
        if (found === undefined) return { message, offset };
        return { message: found === null ? "unexpected end" : `unexpected "${found}"`, offset };
      }
    },
  };
}
