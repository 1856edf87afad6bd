import type { SqlError } from "libpg-query";
import type { SqlParser } from "../../src/compiler/sql-parser.js";
import { requirePackage } from "../../src/on-demand.js";

/**
 * PostgreSQL's own grammar: what it refuses, the server refuses. Normalising and fingerprints would be made faster than
 * the tree, and both take a text in which a string, name or comment is left open.
 */
export async function loadParser(): Promise<SqlParser> {
  const { loadModule, parseSync } = requirePackage("libpg-query") as typeof import("libpg-query");
  await loadModule();
  return {
    isServerGrammar: true,
    problemOf(sql) {
      try {
        parseSync(sql);
        return undefined;
      } catch (error) {
        const { message, sqlDetails } = error as SqlError;
        // The scanner counts characters from zero; at the end of the text it stands behind the last one.
        return { message, offset: Math.min(sqlDetails?.cursorPosition ?? 0, sql.length) };
      }
    },
  };
}
