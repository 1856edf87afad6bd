import { dirname, relative, resolve, sep } from "node:path";
import { SqlembicError, UsageError } from "../errors.js";
import { sourceFrame } from "../revision/files.js";
import { mapStack } from "../revision/origin.js";
import { wantsColour, type Terminal } from "./terminal.js";
import { requirePackage } from "../on-demand.js";
import { visibleText } from "../visible-text.js";

export interface ReportOptions {
  /** `--raiseerr` */
  readonly showStack: boolean;
  /** `--config`: positions are relative to its folder. */
  readonly config: string | undefined;
}

/**
 * Prints an error with its place in the user's file and what to do about it.
 *
 * @returns the exit code
 *
 * @example
 * // error[unknown-option]: The table has no option "comnent". Did you mean "comment"?
 * //  --> versions/ae10_add_account.ts:12:6 (createTable)
 * // 12 |   op.createTable("account", [], { comnent: "…" });
 * //    |      ^
 * // hint: …
 */
export function reportError(error: unknown, options: ReportOptions, terminal: Terminal): number {
  const { createColors } = requirePackage("picocolors") as typeof import("picocolors");
  const colours = createColors(wantsColour(terminal.stderr, terminal));
  const lines =
    error instanceof SqlembicError
      ? describeError(error, options, terminal)
      : { title: "error[internal]", rest: [`: ${messageOf(error)}`, ...internalHint(options)] };
  const stack = options.showStack ? `\n${stackOf(error)}` : "";
  const text = lines.rest.join("\n") + stack;
  terminal.stderr.write(`${colours.bold(colours.red(lines.title))}${visibleText(withoutPasswords(text))}\n`);
  return error instanceof UsageError ? 2 : 1;
}

function describeError(
  error: SqlembicError,
  { config }: ReportOptions,
  { cwd }: Terminal,
): { title: string; rest: readonly string[] } {
  const { code, message, hint, origin, operation } = error;
  const rest = [`: ${message}`];
  if (origin !== undefined) {
    const folder = config === undefined ? cwd : dirname(resolve(cwd, config));
    const file = relative(cwd, resolve(folder, origin.file)).replaceAll(sep, "/");
    rest.push(` --> ${file}:${origin.line}:${origin.column}${operation === undefined ? "" : ` (${operation})`}`);
    const frame = sourceFrame(origin, folder);
    if (frame !== undefined) rest.push(frame);
  }
  if (hint !== undefined) rest.push(`hint: ${hint}`);
  return { title: `error[${code}]`, rest };
}

function internalHint({ showStack }: ReportOptions): readonly string[] {
  const report = "hint: This is a defect of sqlembic. Please report it";
  return [showStack ? `${report} with the stack below.` : `${report} with what --raiseerr shows.`];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  mapStack(error);
  const cause = error.cause === undefined ? "" : `\ncaused by: ${stackOf(error.cause)}`;
  return (error.stack ?? messageOf(error)) + cause;
}

/** A configuration may hold a URL with a password, and the line that fails may be the one that holds it. */
function withoutPasswords(text: string): string {
  return text
    .replace(/(\b[a-z][\w+.-]*:\/\/[^\s:/@"'`]*):[^\s"'`]*@/gi, "$1:***@")
    .replace(/(\b(?:password|passwd|pwd)\s*=\s*)[^\s&;"'`]+/gi, "$1***");
}
