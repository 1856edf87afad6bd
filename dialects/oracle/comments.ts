import type { RenderContext } from "../../src/compiler/render-context.js";
import { singleQuotes } from "../shared/sql-text/quotes.js";
import { joined, stringParts } from "./literals.js";

const longestComment = 4000;

/**
 * `COMMENT ON … IS '…'`. An empty comment removes it. The clause takes one literal only: a comment that has to be
 * joined from pieces is set by a block.
 */
export function commentText(target: string, comment: string | undefined, context: RenderContext): string {
  const start = `COMMENT ON ${target} IS `;
  if (comment === undefined || comment === "") return `${start}''`;
  const bytes = Buffer.byteLength(comment, "utf8");
  if (bytes > longestComment) {
    throw context.unstorable(`A comment has ${bytes} bytes; Oracle takes ${longestComment}.`, "Shorten it.");
  }
  const parts = stringParts(comment, context);
  if (parts.length === 1) return start + (parts[0] ?? "");
  // inside the statement the comment is quoted once more, so its own quotes are doubled before it is cut
  const pieces = stringParts(`${start}${singleQuotes(comment)}`, context);
  return `BEGIN\n  EXECUTE IMMEDIATE ${joined(pieces)};\nEND;`;
}
