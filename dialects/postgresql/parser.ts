import { loadModule, normalizeSync, parseSync, type SqlError } from "libpg-query";
import type { SqlParser } from "../../src/compiler/sql-parser.js";

const boundary = "SELECT sqlembic_boundary";

/**
 * Whether all statements can be parsed, by one call for all of them: most of the time of a single call is spent around
 * the parser. Between them stand boundaries; a quote that one statement leaves open would swallow a boundary as part of
 * a constant, and constants are missing from the normalised text.
 */
function areValid(statements: readonly string[]): boolean {
  if (statements.some((sql) => sql.includes("/*") || sql.includes("--") || sql.includes("sqlembic_boundary"))) {
    return false;
  }
  try {
    const normalized = normalizeSync(statements.map((sql) => `${sql};\n${boundary}`).join(";\n"));
    return normalized.split(boundary).length - 1 === statements.length;
  } catch {
    return false;
  }
}

/** PostgreSQL's own grammar: what it refuses, the server refuses. */
export async function loadParser(): Promise<SqlParser> {
  await loadModule();
  return {
    isServerGrammar: true,
    areValid,
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
