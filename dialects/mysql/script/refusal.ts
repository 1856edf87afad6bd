import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { convertedLineEnds, dependsOnLineEnds } from "../../shared/sql-text/line-ends.js";
import { lexicalRules } from "../lexical-rules.js";

/** A reason for a script not to run: a condition, and an expression for what is said then. */
export interface Refusal {
  readonly when: string;
  readonly message: string;
}

/**
 * A reason to refuse a file whose line ends were converted. The clients mysql and mariadb undo that themselves; drivers
 * leave the line ends as they are. Collations pass over control characters, so that bytes are compared.
 */
export function lineEndRefusals(model: ScriptModel): readonly Refusal[] {
  if (!dependsOnLineEnds(model, lexicalRules)) return [];
  return [{ when: "HEX('\n') <> '0A'", message: model.literal(`refused: ${convertedLineEnds}`) }];
}
