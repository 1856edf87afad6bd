import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { convertedLineEnds, dependsOnLineEnds } from "../../shared/sql-text/line-ends.js";
import { lexicalRules } from "../lexical-rules.js";

/** A check for line ends that were converted: psql and drivers leave them as the file has them. */
export function lineEndLines(model: ScriptModel, subject: string): readonly string[] {
  if (!dependsOnLineEnds(model, lexicalRules)) return [];
  const message = model.literal(`${subject} refused: ${convertedLineEnds}`.replaceAll("%", "%%"));
  return ["IF '\n' <> E'\\n' THEN", `  RAISE EXCEPTION ${message};`, "END IF;"];
}
