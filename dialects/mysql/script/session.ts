import { UsageError } from "../../../src/errors.js";
import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import { seconds, type ServerWords } from "./server.js";

/**
 * How long a statement waits for a lock when nothing says it: longer than ordinary transactions last, and short enough
 * that those which queue behind an ALTER TABLE, itself waiting, are served again before their users give up.
 */
const defaultLockTimeout = 10_000;

/** The time that a statement, and the lock of the whole script, is waited for. */
export function lockSeconds({ lockTimeout }: ScriptModel): number {
  return seconds(lockTimeout ?? defaultLockTimeout);
}

/** A value of `--set`: a number, a word or text. */
function settingValue(value: string, model: ScriptModel): string {
  return /^(?:-?\d+(?:\.\d+)?|on|off|true|false|default)$/i.test(value) ? value : model.literal(value);
}

function setting([name, value]: readonly [string, string], model: ScriptModel): string {
  if (/^[a-z]\w*$/i.test(name)) return `SET SESSION ${name} = ${settingValue(value, model)};`;
  throw new UsageError("setting-name", `--set: "${name}" is not the name of a session variable.`, {
    hint: 'Write --set "name=value", such as --set "foreign_key_checks=0".',
  });
}

/** The settings of `--set`. One that the account may not make stops most clients; the others are told by the guard. */
function wantedSettings(model: ScriptModel): readonly string[] {
  if (model.session.length === 0) return [];
  const check = "SET @well_set = @well_set AND @@error_count = 0;";
  return ["SET @well_set = 1;", ...model.session.map((pair) => `${setting(pair, model)} ${check}`)];
}

function isInUtc({ steps }: ScriptModel): boolean {
  return steps.some(({ statements }) => statements.some((statement) => statement.isInUtc === true));
}

/** Says that the script changes the time zone of its session, where it does. */
export function headerNotes(model: ScriptModel): readonly string[] {
  return isInUtc(model) ? ["zone:   UTC, in which its moments are written: NOW() gives UTC in this script too"] : [];
}

/**
 * What keeps the clients of other servers from running anything of the script: for psql a string begins in the comment,
 * and does not end; for sqlite3 the string ends at its backslash, and the next line is a command.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-DOLLAR-QUOTING
 * https://www.sqlite.org/cli.html
 */
const forMysqlAlone = [
  "# For MySQL and MariaDB alone. psql takes all that follows for one string, which never ends: $sqlembic$",
  "# sqlite3 leaves at .exit, which is a part of a string on MySQL and MariaDB.",
  "SET @other_clients_stop = '\\';\n.exit 1\n';",
];

/** What makes a script mean the same in every session: the lines before all else. */
export function sessionLines(model: ScriptModel, words: ServerWords): readonly string[] {
  const lockTime = lockSeconds(model);
  const limit = model.statementTimeout === undefined ? undefined : words.statementTimeout(model.statementTimeout);
  return [
    "SET @session = CONNECTION_ID();",
    // a client may speak utf8mb3 or latin1, and a server may read backslashes in strings as they stand
    // https://dev.mysql.com/doc/refman/8.4/en/set-names.html
    // https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html#sqlmode_no_backslash_escapes
    "SET NAMES utf8mb4;",
    `SET SESSION sql_mode = '${words.sqlMode}';`,
    ...forMysqlAlone,
    // a COMMIT that begins another transaction, or ends the session, would leave a revision half-applied
    // https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_completion_type
    // a list of many version rows is longer than a group may be by default
    "SET SESSION autocommit = 1, completion_type = 0, sql_safe_updates = 0, group_concat_max_len = 1000000;",
    // the zone changes what NOW() gives, and is left alone unless a moment has to be read in it
    ...(isInUtc(model) ? ["SET SESSION time_zone = '+00:00';"] : []),
    `SET SESSION lock_wait_timeout = ${lockTime}, innodb_lock_wait_timeout = ${lockTime};`,
    ...(limit === undefined ? [] : [`SET SESSION ${limit.assignment};`]),
    ...(limit?.remark === undefined ? [] : [commentLine(limit.remark)]),
    ...wantedSettings(model),
  ];
}
