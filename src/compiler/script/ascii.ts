import { UnsupportedError } from "../../errors.js";
import type { CompiledStep } from "../compile-plan.js";
import type { Statement } from "../statement.js";
import { asciiText } from "./comments.js";
import { textOf, type Fragment } from "./text.js";

const notAscii = /[^\x00-\x7f]/u;

function refuse(text: string, where: string, origin: Statement["operation"]["origin"]): UnsupportedError {
  const [character = ""] = notAscii.exec(text) ?? [];
  return new UnsupportedError("not-ascii", `${where} has "${character}" in it, which --ascii does not allow.`, {
    origin,
    hint:
      "Only values can be written by codes: put the text into sql`…${value}…` or op.bulkInsert. " +
      "Names and SQL itself have to be ASCII, or the script be compiled without --ascii.",
  });
}

/**
 * The same steps in ASCII: messages, which are for reading alone, by codes; statements as they are, since the values in
 * them and their comments have been written by codes already.
 *
 * @throws UnsupportedError at the call whose names or own SQL are not in ASCII
 */
export function asciiSteps(steps: readonly CompiledStep[]): readonly CompiledStep[] {
  return steps.map((compiled) => {
    const { step, statements } = compiled;
    for (const { sql, operation } of statements) {
      if (notAscii.test(sql)) throw refuse(sql, `The statement of op.${operation.kind}`, operation.origin);
    }
    return {
      ...compiled,
      step: { ...step, revision: { ...step.revision, message: asciiText(step.revision.message) } },
    };
  });
}

/** Makes sure of the whole: what a layout adds, such as the name of the version table, is in ASCII too. */
export function requireAscii(fragments: readonly Fragment[]): void {
  for (const fragment of fragments) {
    const text = textOf(fragment.text);
    if (notAscii.test(text)) throw refuse(text, "The script", undefined);
  }
}
