import type { Step } from "../../history/revision.js";
import type { ScriptRules } from "../dialect.js";

/**
 * One piece of a script, in order: a line of comment, a statement with all that ends it, or lines that a client alone
 * understands. Pieces stand one below the other with an empty line between them; `tight` ones follow without.
 */
export type ScriptPiece =
  { readonly comment: string; readonly tight?: boolean } | { readonly statement: string; readonly tight?: boolean };

// What ends a `--` comment differs by server and client; NEL and the Unicode separators end it for some editors.
const lineEnds = /[\x00-\x1f\x7f\x85\u2028\u2029]+/g;

/** Text on one line. */
export function oneLine(text: string): string {
  return text.replace(lineEnds, " ").trim();
}

/** Text as one line of comment: nothing in it can end the comment and become a statement. */
export function commentLine(text: string): string {
  return `-- ${text.replace(lineEnds, " ").trimEnd()}`;
}

/** Text in ASCII: every other character by its code, for reading alone. */
export function asciiText(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Strings and quoted names, in which what looks like a comment is none. */
const quoted = /'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/gs;

/** Whether the last line of a statement may end in a comment, which would swallow what is put behind it. */
function mayEndInComment(sql: string): boolean {
  if (!sql.includes("--") && !sql.includes("#")) return false;
  const bare = sql.replace(quoted, "");
  return /--|#/.test(bare.slice(bare.lastIndexOf("\n") + 1));
}

/** A statement with its terminator; one that ends in a comment gets it on a line of its own. */
export function terminated(sql: string, { terminator, batchSeparator, enclose }: ScriptRules, gap = "\n"): string {
  const enclosed = enclose?.(sql);
  if (enclosed !== undefined) return enclosed;
  const lineBreak = terminator !== "" && mayEndInComment(sql) ? "\n" : "";
  return sql + lineBreak + terminator + (batchSeparator === undefined ? "" : gap + batchSeparator);
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
