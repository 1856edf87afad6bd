import { OperationError } from "../errors.js";
import type { OperationNode } from "../operations/index.js";
import type { Dialect } from "./dialect.js";
import { oneLine } from "./script/comments.js";

/** The lines of all texts in an operation that have a semicolon. */
function linesWithSemicolon(value: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof value === "string") {
    if (value.includes(";")) for (const line of value.split("\n")) if (line.includes(";")) found.add(line.trim());
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value as Record<string, unknown>)) linesWithSemicolon(part, found);
  }
  return found;
}

/**
 * Refuses a statement that an author's text has made several of: what he gives as a part of a statement is a part of one.
 * What comes behind it would be run, and nobody would look at it. Whether a semicolon of his ends anything shows where
 * one reads the statement without it.
 *
 * @throws OperationError with the text that goes on
 */
export function refuseSecondStatement(sql: string, operation: OperationNode, { name, script }: Dialect): void {
  const { countStatements } = script;
  // rows are values, and own SQL may be several statements
  if (!sql.includes(";") || countStatements === undefined || operation.kind === "bulkInsert") return;
  const lines = linesWithSemicolon(operation);
  if (lines.size === 0) return;
  const count = countStatements(sql);
  if (count < 2) return;
  for (const line of lines) {
    if (!sql.includes(line) || countStatements(sql.replaceAll(line, line.replaceAll(";", " "))) >= count) continue;
    const text = oneLine(line);
    throw new OperationError(
      "second-statement",
      `This text ends the statement of which it is a part, and goes on with another one: ${text.slice(0, 80)}`,
      {
        origin: operation.origin,
        hint: `Give each statement a call of its own, with op.execute. A body of several statements stands between BEGIN and END where ${name} has blocks.`,
        data: { text: line, sql },
      },
    );
  }
}
