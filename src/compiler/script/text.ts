import type { Statement } from "../statement.js";
import type { ScriptStep } from "./model.js";

/**
 * What text of a script is for:
 *
 * - `statement`: a statement of a revision, with what runs it (EXECUTE, quotes, DELIMITER lines);
 * - `versionRow`: a change of the rows of the version table;
 * - `versionTable`: makes the version table, or empties it;
 * - `guard`: checks, locks, and what is noted of the statements;
 * - `session`: settings, lines for the client, and what is said at the end;
 * - `transaction`: begins or ends a transaction;
 * - `comment`: is for reading alone.
 */
export type Purpose = "statement" | "versionRow" | "versionTable" | "guard" | "session" | "transaction" | "comment";

/**
 * What text does to transactions: it `begins` one, `ends` one, `joins` the one that is open or begins one where none is,
 * or `commits` by itself what is open before it.
 */
export type TransactionEffect = "begins" | "ends" | "joins" | "commits";

/** Text with an owner: what it is for, and the statement and the revision that it was made of. */
export interface OwnedText {
  readonly text: ScriptText;
  readonly purpose: Purpose;
  readonly step: ScriptStep | undefined;
  readonly statement: Statement | undefined;
  readonly transaction: TransactionEffect | undefined;
}

/**
 * Text of a script that remembers what each of its parts is for: a string belongs to whatever it stands in, and several
 * texts follow one another without a gap. A layout puts text into quotes and blocks by wrapping it, so that the statement
 * inside keeps its owner.
 *
 * @example ["SET @sql = IF(@all_well,\n", fromStatement("'DROP TABLE t'", statement, step), ", 'DO 0');"]
 */
export type ScriptText = string | OwnedText | readonly ScriptText[];

/** What of a script stands between two gaps. Fragments stand one below the other with an empty line between them. */
export interface Fragment {
  readonly text: OwnedText;
  /** It follows without an empty line. */
  readonly tight?: boolean;
}

/** A script: its fragments in order, and the lines that it says of itself before them once their checksum is known. */
export interface Script {
  readonly fragments: readonly Fragment[];
  readonly header: ((sha256: string) => readonly string[]) | undefined;
}

function owned(
  purpose: Purpose,
  text: ScriptText,
  step?: ScriptStep,
  statement?: Statement,
  transaction?: TransactionEffect,
): OwnedText {
  return { text, purpose, step, statement, transaction };
}

/** A statement, or a part of one, as the script writes it; `step` is undefined where it belongs to no revision. */
export function fromStatement(
  text: ScriptText,
  statement: Statement,
  step: ScriptStep | undefined,
  transaction?: TransactionEffect,
): OwnedText {
  return owned("statement", text, step, statement, transaction);
}

/** A change of version rows; `step` is undefined for one that belongs to no revision. */
export function versionRowText(text: ScriptText, step: ScriptStep | undefined, effect?: TransactionEffect): OwnedText {
  return owned("versionRow", text, step, undefined, effect);
}

export function versionTableText(text: ScriptText, effect?: TransactionEffect): OwnedText {
  return owned("versionTable", text, undefined, undefined, effect);
}

export function guardText(text: ScriptText, effect?: TransactionEffect): OwnedText {
  return owned("guard", text, undefined, undefined, effect);
}

export function sessionText(text: ScriptText): OwnedText {
  return owned("session", text);
}

export function transactionText(text: ScriptText, effect: TransactionEffect): OwnedText {
  return owned("transaction", text, undefined, undefined, effect);
}

/** Lines of comment, with their marks; `step` is the revision that they announce. */
export function commentText(text: ScriptText, step?: ScriptStep): OwnedText {
  return owned("comment", text, step);
}

/** The text without its owners. */
export function textOf(text: ScriptText): string {
  if (typeof text === "string") return text;
  if ("purpose" in text) return textOf(text.text);
  let all = "";
  for (const part of text) all += textOf(part);
  return all;
}

/** Lines one below the other. */
export function joined(lines: readonly ScriptText[], separator = "\n"): ScriptText {
  if (lines.every((line) => typeof line === "string")) return lines.join(separator);
  return lines.flatMap((line, position) => (position === 0 ? [line] : [separator, line]));
}

/**
 * The text with each of its strings changed by itself: right for a change that does the same to a text as to the parts
 * that it is cut into, such as doubling quotes.
 */
export function mapped(text: ScriptText, change: (part: string) => string): ScriptText {
  if (typeof text === "string") return change(text);
  if ("purpose" in text) return { ...text, text: mapped(text.text, change) };
  return text.map((part) => mapped(part, change));
}
