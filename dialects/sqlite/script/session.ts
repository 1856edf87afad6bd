import { UsageError } from "../../../src/errors.js";
import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { commentLine, type ScriptPiece } from "../../../src/compiler/script/pieces.js";
import { singleQuotes } from "../../shared/sql-text/quotes.js";

/**
 * How long the lock is waited for when nothing says it: longer than the transactions of an application last. SQLite has
 * no limit for a statement.
 */
const defaultLockTimeout = 10_000;

/** A setting of `--set`: https://www.sqlite.org/pragma.html */
function setting([name, value]: readonly [string, string]): string {
  if (!/^(?:\w+\.)?[a-z_]+$/i.test(name)) {
    throw new UsageError("setting-name", `--set: "${name}" is not the name of a pragma.`, {
      hint: 'Write --set "name=value", such as --set "cache_size=-64000".',
    });
  }
  if (/[\x00-\x1f\x7f]/.test(value)) {
    throw new UsageError("setting-value", `--set: the value of "${name}" has control characters.`);
  }
  return `PRAGMA ${name} = ${/^[-+]?[\w.]+$/.test(value) ? value : singleQuotes(value)};`;
}

/**
 * What the shell needs to stop at the first error and to wait for locks. The first line ends what a byte order mark has
 * begun; the last one takes the error upon itself in programs that do not know the commands and go on.
 */
export function shellLines(
  { lockTimeout = defaultLockTimeout }: ScriptModel,
  more: readonly string[] = [],
): ScriptPiece {
  return { statement: [";", ".bail on", `.timeout ${lockTimeout}`, ...more, ";"].join("\n") };
}

const noStatementTimeout = commentLine(
  "SQLite limits the time of no statement by itself: a program with SQLite inside can interrupt one that takes too long.",
);

/** The lines before the first transaction. */
export function opening(
  model: ScriptModel,
  first: ScriptPiece | undefined,
  withoutForeignKeys: boolean,
): readonly ScriptPiece[] {
  const { lockTimeout = defaultLockTimeout, statementTimeout } = model;
  const settings = [
    ...(first === undefined ? [`PRAGMA busy_timeout = ${lockTimeout};`] : []),
    ...model.session.map(setting),
  ];
  return [
    ...(first === undefined ? [] : [first]),
    ...(statementTimeout === undefined ? [] : [{ comment: noStatementTimeout }]),
    ...(settings.length === 0 ? [] : [{ statement: settings.join("\n") }]),
    ...(withoutForeignKeys
      ? [
          { comment: commentLine("Foreign keys are checked before each COMMIT instead of row by row.") },
          { statement: "PRAGMA foreign_keys = OFF;", tight: true },
        ]
      : []),
  ];
}

/** The lines behind the last transaction. */
export function closing(withoutForeignKeys: boolean): readonly ScriptPiece[] {
  if (!withoutForeignKeys) return [];
  return [
    { comment: commentLine("On, whatever they were before: SQL cannot give back what the session had.") },
    { statement: "PRAGMA foreign_keys = ON;", tight: true },
  ];
}
