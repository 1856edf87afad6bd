import { UsageError } from "../../../src/errors.js";
import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import { commentText, sessionText, type Fragment } from "../../../src/compiler/script/text.js";
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

const shellRemark = commentLine("sqlite3: stop at the first error, and wait for locks instead of failing at once");

/**
 * What the shell needs to stop at the first error and to wait for locks. The first line ends the statement that
 * a byte order mark would begin. A program that does not know the commands takes them for a statement, which the last line
 * ends: so that it fails alone, and not together with the first statement of the script.
 */
export function shellLines({ lockTimeout = defaultLockTimeout }: ScriptModel, more: readonly string[] = []): Fragment {
  return { text: sessionText([";", shellRemark, ".bail on", `.timeout ${lockTimeout}`, ...more, ";"].join("\n")) };
}

const noStatementTimeout = commentLine(
  "SQLite limits the time of no statement by itself: a program with SQLite inside can interrupt one that takes too long.",
);

/**
 * Comments nest in PostgreSQL, so that this one does not end there: psql, which goes on after errors, runs nothing of the
 * script. https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS
 */
const notForPsql =
  "/* For SQLite alone: psql, where comments nest, takes all that follows for a part of this one. /* */";

/** The lines before the first transaction. */
export function opening(
  model: ScriptModel,
  first: Fragment | undefined,
  withoutForeignKeys: boolean,
): readonly Fragment[] {
  const { lockTimeout = defaultLockTimeout, statementTimeout } = model;
  const settings = [
    ...(first === undefined ? [`PRAGMA busy_timeout = ${lockTimeout};`] : []),
    ...model.session.map(setting),
  ];
  return [
    { text: sessionText(notForPsql) },
    ...(first === undefined ? [] : [{ ...first, tight: true }]),
    ...(statementTimeout === undefined ? [] : [{ text: commentText(noStatementTimeout) }]),
    ...(settings.length === 0 ? [] : [{ text: sessionText(settings.join("\n")) }]),
    ...(withoutForeignKeys
      ? [
          { text: commentText(commentLine("Foreign keys are checked before each COMMIT instead of row by row.")) },
          { text: sessionText("PRAGMA foreign_keys = OFF;"), tight: true },
        ]
      : []),
  ];
}

/** The lines behind the last transaction. */
export function closing(withoutForeignKeys: boolean): readonly Fragment[] {
  if (!withoutForeignKeys) return [];
  return [
    {
      text: commentText(
        commentLine(
          "Foreign keys are on from here, whatever they were before: SQL cannot restore the setting of the session.",
        ),
      ),
    },
    { text: sessionText("PRAGMA foreign_keys = ON;"), tight: true },
  ];
}
