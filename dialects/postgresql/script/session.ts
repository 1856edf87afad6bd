import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { oneLine } from "../../../src/compiler/script/comments.js";
import { guardText, sessionText, transactionText, type Fragment } from "../../../src/compiler/script/text.js";
import { UsageError } from "../../../src/errors.js";
import { arrayOf, hasVersionColumn, rowNames } from "./guard.js";
import { ownSettingHint } from "./own-settings.js";
import { sortedRows } from "./parts.js";
import { doBlock } from "./text.js";

/**
 * How long a statement waits for a lock when nothing says otherwise. ALTER TABLE waits behind the longest reader of its
 * table, and all later readers wait behind ALTER TABLE: a few seconds of that is what a running application survives.
 */
const defaultLockTimeout = 5000;

/** Settings whose value is a list of names: as one string they would be one name. */
const listSettings: ReadonlySet<string> = new Set([
  "search_path",
  "datestyle",
  "temp_tablespaces",
  "local_preload_libraries",
  "session_preload_libraries",
]);

/** `SET work_mem = '1GB'`. https://www.postgresql.org/docs/current/sql-set.html */
function setting([name, value]: readonly [string, string], { literal }: ScriptModel): string {
  const key = name.toLowerCase();
  if (!/^[a-z_][\w$]*(?:\.[a-z_][\w$]*)?$/.test(key)) {
    throw new UsageError("invalid-setting", `"${oneLine(name)}" is not the name of a setting of PostgreSQL.`, {
      hint: "Write name=value, such as work_mem=1GB.",
      data: { name },
    });
  }
  const hint = ownSettingHint(key);
  if (hint !== undefined) {
    throw new UsageError("own-setting", `${key} is set by the script itself.`, { hint, data: { name } });
  }
  const values = listSettings.has(key) ? value.split(",").map((item) => item.trim()) : [value];
  return `SET ${key} = ${values.map((item) => literal(item)).join(", ")};`;
}

/** A time as settings take it: `5s`, `1500ms`. */
function duration(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `'${milliseconds / 1000}s'` : `'${milliseconds}ms'`;
}

/**
 * The first lines of a transaction, with its timeouts. Each later statement sees what others have committed meanwhile: under
 * REPEATABLE READ the guard would read the version rows as they were before it got the lock.
 */
export function begin(model: ScriptModel): Fragment {
  const { lockTimeout = defaultLockTimeout, statementTimeout } = model;
  const lines = [...modeLines(model), `SET LOCAL lock_timeout = ${duration(lockTimeout)};`];
  if (statementTimeout !== undefined) lines.push(`SET LOCAL statement_timeout = ${duration(statementTimeout)};`);
  return { text: transactionText(lines.join("\n"), "begins") };
}

/**
 * A client that sets a savepoint before each statement (ON_ERROR_ROLLBACK of psql, autosave of JDBC) takes back a failed one
 * alone, be it the guard, goes on, and commits a half. psql is told not to. For any other client the transaction begins
 * read-only: behind a savepoint PostgreSQL refuses to change that, so that nothing below can write either. What the client
 * itself has begun ends before, since this BEGIN would be a part of it. Being deferrable, which has no effect here, tells the
 * guard the same. `SET TRANSACTION` would say both, but pgjdbc sets no savepoint before these words: hence the quotes.
 * https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-TRANSACTION-READ-ONLY
 */
function modeLines({ client }: ScriptModel): readonly string[] {
  if (client.obeysSettings) return ["BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"];
  return [
    "-- Ends a transaction that the client began by itself. Under a client that sets savepoints all that follows fails: it stays read-only.",
    "BEGIN; COMMIT;",
    "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;",
    'SET "transaction_read_only" = off;',
    'SET "transaction_deferrable" = on;',
  ];
}

export const commit: Fragment = { text: transactionText("COMMIT;", "ends") };

/**
 * What ends the clients of other servers, before anything is changed. Comments nest in PostgreSQL alone, so that psql passes
 * over all of it, and the others read on behind the first end: sqlite3 leaves, and mysql stops at the error.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS
 */
const forPsqlAlone = [
  "/* For psql alone, which takes these three lines for one comment. Any other client stops at the next line: /* */",
  ".exit 1;",
  "*/",
];

/**
 * What a script begins with. The settings stand between psql's own lines and the first BEGIN: a tool that cuts a file at
 * its semicolons and stumbles over those lines then loses a harmless statement.
 */
export function opening(model: ScriptModel): readonly Fragment[] {
  const settings = [
    "SET client_encoding = 'UTF8';",
    "SET standard_conforming_strings = on;",
    ...model.session.map((pair) => setting(pair, model)),
  ];
  const settingLines: Fragment = { text: sessionText(settings.join("\n")) };
  if (!model.client.obeysSettings) return [settingLines];
  // a file that was cut off ends inside \if, which psql reports with exit status 3
  const lines = [
    ...forPsqlAlone,
    "-- psql: stop at the first error, begin no transactions, and report a file that ends before its last line",
    "\\set ON_ERROR_STOP on",
    "\\set ON_ERROR_ROLLBACK off",
    "\\set AUTOCOMMIT on",
    "\\if true",
  ];
  return [{ text: sessionText(lines.join("\n")) }, settingLines];
}

/** What a script ends with: the version that was reached. */
export function closing(model: ScriptModel): readonly Fragment[] {
  const { client, plan, versionTable, literal, makesTableAlone } = model;
  const text = `${versionTable.qualified} is ${makesTableAlone ? "there" : `at ${rowNames(plan.rowsAfter)}`}`;
  if (client.obeysSettings) return [{ text: sessionText(`\\endif\n\\echo ${echoed(`done: ${text}`)}`) }];
  // a client that goes on after errors comes here too
  const rows = `ARRAY(SELECT version_num::text FROM ${versionTable.qualified} ORDER BY version_num::text COLLATE "C")`;
  const isNotDone = makesTableAlone
    ? `NOT ${hasVersionColumn(model)}`
    : `${rows} <> ${arrayOf(sortedRows(plan.rowsAfter), model)}`;
  const block = doBlock("done", [
    `IF ${isNotDone} THEN RAISE EXCEPTION 'not done'; END IF;`,
    `RAISE NOTICE 'done: %', ${literal(text)};`,
  ]);
  return [{ text: guardText(block) }];
}

/** A parameter of a command of psql: in single quotes nothing is run or replaced but backslash sequences. */
function echoed(text: string): string {
  return `'${oneLine(text).replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/**
 * Runs statements in psql only where a variable of the session says so: what has been applied already is left out.
 * `\gset` prints nothing.
 */
export function onlyIf(condition: string, variable: string, fragments: readonly Fragment[]): readonly Fragment[] {
  return [
    { text: guardText(`SELECT ${condition} AS ${variable} \\gset\n\\if :${variable}`) },
    ...fragments,
    { text: guardText("\\endif") },
  ];
}
