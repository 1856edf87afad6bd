import { createHash } from "node:crypto";
import type { Script } from "../compiler/script.js";
import { loadTemplate, type Template } from "./templates.js";

let template: Template | undefined;

/** The text of a script: its header, and its pieces one below the other with an empty line between them. */
export function renderScript({ pieces, header }: Script): string {
  template ??= loadTemplate("script/script.hbs");
  const laidOut = pieces.map((piece, position) => ({
    separator: position === 0 ? "" : piece.tight === true ? "\n" : "\n\n",
    text: "comment" in piece ? piece.comment : piece.statement,
  }));
  const body = laidOut.length === 0 ? "" : template({ pieces: laidOut });
  if (header === undefined) return body;
  const below = `\n${body}`;
  const lines = header(createHash("sha256").update(below, "utf8").digest("hex"));
  return `${lines.join("\n")}\n${below}`;
}
