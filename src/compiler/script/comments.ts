import type { Step } from "../../history/revision.js";
import { visibleText } from "../../visible-text.js";

// What ends a `--` comment differs by server and client; NEL and the Unicode separators end it for some editors.
const lineEnds = /[\t-\r\x85\u2028\u2029]+/g;

/** Text in which no line ends, and nothing is hidden from its reader. */
function inOneLine(text: string): string {
  return visibleText(text.replace(lineEnds, " "));
}

/** Text on one line. */
export function oneLine(text: string): string {
  return inOneLine(text).trim();
}

/** Text as one line of comment: nothing in it can end the comment and become a statement. */
export function commentLine(text: string): string {
  return `-- ${inOneLine(text).trimEnd()}`;
}

/** Text in ASCII: every other character by its code, for reading alone. */
export function asciiText(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

const verbs = { upgrade: "upgrade", downgrade: "downgrade", stamp: "stamp_revision" } as const;

/** Alembic's line about a step: `Running upgrade a -> b`. */
export function stepLine({ direction, from, to }: Step): string {
  return `Running ${verbs[direction]} ${from.join(", ")} -> ${to.join(", ")}`;
}

/** The same line with the revision's message. */
export function stepTitle(step: Step): string {
  const message = oneLine(step.revision.message);
  return message === "" ? stepLine(step) : `${stepLine(step)}, ${message}`;
}
