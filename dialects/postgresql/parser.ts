import { loadModule, normalizeSync, parseSync, type SqlError } from "libpg-query";
import type { SqlParser } from "../../src/compiler/sql-parser.js";

/** Whether the grammar takes a text: normalising parses too, and does not hand the tree over, which takes most time. */
function isValid(sql: string): boolean {
  try {
    normalizeSync(sql);
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL's own grammar: what it refuses, the server refuses. */
export async function loadParser(): Promise<SqlParser> {
  await loadModule();
  return {
    isServerGrammar: true,
    problemOf(sql) {
      if (isValid(sql)) return undefined;
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
