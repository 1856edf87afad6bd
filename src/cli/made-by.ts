import type { Plan } from "../history/steps.js";
import { parseRange } from "../history/selector.js";
import { camelCase, globalOptions, type GlobalOptions, type OptionTable } from "./global-options.js";
import { packageVersion } from "./package-version.js";
import { rangeOptions } from "./script-options.js";

/** What a command line says about places and people, and not about the text of a script. */
const elsewhere: ReadonlySet<string> = new Set([
  ...["config", "raiseerr", "quiet", "from", "output", "output-dir", "check", "sql"],
]);

/** The first words of the line of a header that says how the file was made. */
const tool = "sqlembic";

/**
 * Says for a script which command makes it again, whatever revisions come later: its range is named by version rows.
 *
 * @returns undefined where no command line names what the plan does
 */
export type MadeBy = (plan: Plan) => string | undefined;

/** Version rows as a range names them. */
function named(rows: readonly string[]): string {
  return rows.length === 0 ? "base" : rows.join(",");
}

function upgradeRange({ rowsBefore, rowsAfter }: Plan): readonly string[] {
  const reached = rowsAfter.filter((row) => !rowsBefore.includes(row));
  return [`${named(rowsBefore)}:${named(reached)}`];
}

function stampRange({ rowsBefore, rowsAfter, purges }: Plan): readonly string[] {
  const [first = "base", ...others] = rowsAfter;
  return purges ? ["--purge", first, ...others] : [`${named(rowsBefore)}:${first}`, ...others];
}

/** The end of a downgrade is no list of rows: other branches may stay. What counts from the heads moves with them. */
function downgradeRange({ rowsBefore, rowsAfter }: Plan, given: string | undefined): readonly string[] | undefined {
  const isStable = given !== undefined && !given.includes("head");
  const end = rowsAfter.length < 2 ? named(rowsAfter) : isStable ? given : undefined;
  return end === undefined ? undefined : [`${named(rowsBefore)}:${end}`];
}

/** What stands for the value of an argument of `-x`. */
const leftOut = "...";

/** An argument of `-x` without its value, which may be a secret: no file is to have it. */
function withoutValue(argument: string): string {
  const equals = argument.indexOf("=");
  return equals === -1 ? argument : argument.slice(0, equals + 1) + leftOut;
}

/**
 * The command of a header with the values that it leaves out, and what is missing of them.
 *
 * @param given - the arguments of `-x` of the command that compiles the file again
 */
export function withValues(
  words: readonly string[],
  given: readonly string[] = [],
): { readonly words: readonly string[]; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const filled = words.map((word) => {
    if (!word.startsWith("--x=") || !word.endsWith(`=${leftOut}`)) return word;
    const key = word.slice("--x=".length, -leftOut.length);
    const argument = given.findLast((one) => one.startsWith(key));
    if (argument === undefined) missing.push(key.slice(0, -1));
    return argument === undefined ? word : `--x=${argument}`;
  });
  return { words: filled, missing };
}

/** What the options say of the text of a script, as a command line. */
function optionWords(options: GlobalOptions): readonly string[] {
  const table: OptionTable = { ...globalOptions, ...rangeOptions };
  const values = options as unknown as Readonly<Record<string, unknown>>;
  return Object.keys(table).flatMap((name) => {
    const value = values[camelCase(name)];
    if (elsewhere.has(name) || value === undefined || value === false) return [];
    return [value].flat().flatMap((one) => {
      if (one === true) return [`--${name}`];
      return [`--${name}=${name === "x" ? withoutValue(one as string) : (one as string)}`];
    });
  });
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w.,:@+=/%-]+$/.test(word) ? word : `'${word.replaceAll("'", "''")}'`;
}

/** The command of a line of a header, as words; undefined for what is none. */
export function wordsOf(line: string): readonly string[] | undefined {
  const [name, , ...words] = [...line.matchAll(/(?:'(?:[^']|'')*'|[^\s'])+/g)].map(([word]) =>
    word.replace(/'((?:[^']|'')*)'/g, (_all, inner: string) => inner.replaceAll("''", "'")),
  );
  return name === tool && words.length > 0 ? words : undefined;
}

/** What says how the scripts of a command are made. */
export function madeBy(command: string, options: GlobalOptions & { readonly revision?: string | undefined }): MadeBy {
  const words = optionWords(options);
  const range = (plan: Plan): readonly string[] | undefined => {
    switch (plan.steps[0]?.direction ?? command) {
      case "upgrade":
        return upgradeRange(plan);
      case "downgrade":
        return downgradeRange(plan, options.revision === undefined ? undefined : parseRange(options.revision).end);
      case "ensure-version":
        return [];
      default:
        return stampRange(plan);
    }
  };
  return (plan) => {
    const place = range(plan);
    if (place === undefined) return undefined;
    return [tool, packageVersion(), command, ...[...place, ...words].map(quoted)].join(" ");
  };
}
