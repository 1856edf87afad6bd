import { createHash } from "node:crypto";
import type { Script, ScriptPiece } from "../compiler/script.js";

/** The text of a script: its header, and its pieces one below the other with an empty line between them. */
export function renderScript({ pieces, header }: Script): string {
  let body = "";
  for (let position = 0; position < pieces.length; position++) {
    const piece = pieces[position] as ScriptPiece; // by its place: a large script has many
    if (position > 0) body += piece.tight === true ? "\n" : "\n\n";
    body += "comment" in piece ? piece.comment : piece.statement;
  }
  if (pieces.length > 0) body += "\n";
  if (header === undefined) return body;
  const below = `\n${body}`;
  const lines = header(createHash("sha256").update(below, "utf8").digest("hex"));
  return `${lines.join("\n")}\n${below}`;
}
