import type { RenderContext } from "../../src/compiler/render-context.js";
import { OperationError } from "../../src/errors.js";

const resolutions = ["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"];

/** `ON CONFLICT …`, as far as said: https://www.sqlite.org/lang_conflict.html */
export function conflictClause(resolution: unknown, context: RenderContext): string {
  if (resolution === undefined) return "";
  if (typeof resolution !== "string" || !resolutions.includes(resolution.toUpperCase())) {
    throw new OperationError("conflict-resolution", `ON CONFLICT takes no ${JSON.stringify(resolution)}.`, {
      hint: `Write one of ${resolutions.join(", ")}.`,
      origin: context.operation?.origin,
    });
  }
  return ` ON CONFLICT ${resolution}`;
}
