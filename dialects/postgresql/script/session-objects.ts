import { oneLine } from "../../../src/compiler/script/comments.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { UnsupportedError } from "../../../src/errors.js";
import { withoutComments } from "./outside.js";

const name = String.raw`(?<name>(?:(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)\s*\.\s*)*(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*))`;

/**
 * What makes something that ends with the session: temporary objects, prepared statements, cursors that outlive their
 * transaction. https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-TEMPORARY
 */
const makesForSession = [
  String.raw`^create\s+(?:or\s+replace\s+)?(?:(?:global|local)\s+)?temp(?:orary)?\s+(?:recursive\s+)?(?:table|view|sequence)\s+(?:if\s+not\s+exists\s+)?${name}`,
  String.raw`^(?:select|with)\b.*\binto\s+(?:(?:global|local)\s+)?temp(?:orary)?\s+(?:table\s+)?${name}`,
  String.raw`^create\b.*?\b(?<name>pg_temp\s*\.\s*(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*))`,
  String.raw`^prepare\s+(?!transaction\b)${name}`,
  String.raw`^declare\s+${name}\b.*\bwith\s+hold\b`,
].map((pattern) => new RegExp(pattern, "isu"));

/** The last part of a name, as a text that speaks of it has it. */
function lastPart(qualified: string): string {
  const [last = qualified] = /(?:"(?:[^"]|"")+"|[^.\s]+)$/u.exec(qualified) ?? [];
  return last;
}

function speaksOf({ sql }: Statement, spelling: string): boolean {
  if (spelling.startsWith('"')) return sql.includes(spelling);
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${spelling.replaceAll("$", "\\$")}(?![\\p{L}\\p{N}_$])`, "iu").test(sql);
}

/**
 * A run that goes on in the middle of a revision does so in another session, which has none of this.
 *
 * @throws UnsupportedError where a part of a revision speaks of what an earlier one made for its session
 */
export function refuseLostObjects(parts: readonly (readonly Statement[])[]): void {
  for (const [index, part] of parts.entries()) {
    const later = parts.slice(index + 1).flat();
    for (const statement of later.length === 0 ? [] : part) {
      const sql = withoutComments(statement.sql);
      const lost = makesForSession
        .flatMap((pattern) => pattern.exec(sql)?.groups?.["name"] ?? [])
        .map(lastPart)
        .find((made) => later.some((one) => speaksOf(one, made)));
      if (lost === undefined) continue;
      throw new UnsupportedError(
        "lost-with-session",
        `A revision that runs in several transactions goes on in another session after it was cut off, without ${lost}: ${oneLine(sql).slice(0, 60)}`,
        {
          hint: "Make a table that is not temporary and drop it at the end, or put what runs outside the transaction into a revision of its own.",
          origin: statement.operation.origin,
          data: { sql: statement.sql },
        },
      );
    }
  }
}
