import type { ScriptPiece } from "../compiler/script.js";
import { loadTemplate, type Template } from "./templates.js";

let template: Template | undefined;

/** The text of a script: its pieces one below the other, with an empty line between them. */
export function renderScript(pieces: readonly ScriptPiece[]): string {
  template ??= loadTemplate("script/script.hbs");
  const shown = pieces.map((piece) => ("comment" in piece ? { ...piece, statement: "" } : { ...piece, comment: "" }));
  return template({ pieces: shown }).replace(/\n\n$/, "\n");
}
