import { UsageError } from "../../../src/errors.js";
import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import type { AppliedRevisions } from "../../shared/applied-revisions.js";
import { convertedLineEnds, dependsOnLineEnds } from "../../shared/sql-text/line-ends.js";
import { singleQuotes } from "../../shared/sql-text/quotes.js";
import { lexicalRules } from "../lexical-rules.js";
import { dictionaryName, dictionarySchema, progressTable } from "./names.js";
import { messageString, plsqlString } from "./text.js";

/**
 * How long DDL waits for a lock when nothing says it: not at all is what the server does by itself, which lets it fail
 * beside any open transaction on the table.
 */
const defaultLockTimeout = 10_000;

function lockSeconds({ lockTimeout = defaultLockTimeout }: ScriptModel): number {
  return Math.max(1, Math.ceil(lockTimeout / 1000));
}

/** `name = value` of ALTER SESSION: numbers and words as they are, text in quotes. */
function setting([name, value]: readonly [string, string]): string {
  if (!/^[a-z]\w*$/i.test(name) || /[\x00-\x1f&]/.test(value)) {
    throw new UsageError("session-setting", `--set: "${name}=${value}" is no parameter of a session of Oracle.`, {
      hint: 'Write --set "name=value", such as --set "optimizer_mode=FIRST_ROWS".',
    });
  }
  return `${name} = ${/^(?:\w+|'(?:[^']|'')*')$/.test(value) ? value : singleQuotes(value)}`;
}

const longestList = 1000;

/** Said where a guard refuses: blocks before this one may have been committed. */
const untouched = "Nothing is changed from here on.";

/** `IF …` with an error. The expression is a text with its end cut off where it is longer than an error may be. */
function refuseIf(condition: string, message: string): readonly string[] {
  return [`IF ${condition} THEN`, `  RAISE_APPLICATION_ERROR(-20001, ${message});`, "END IF;"];
}

/** What a block declares for its guard. */
export function declarations({ versionTable }: ScriptModel): readonly string[] {
  return [
    `own_schema CONSTANT VARCHAR2(128) := ${dictionarySchema(versionTable.schema)};`,
    "lock_id CONSTANT INTEGER := DBMS_UTILITY.GET_HASH_VALUE(own_schema, 0, 1073741823);",
    "answer INTEGER;",
    "has_versions INTEGER;",
    "has_progress INTEGER;",
    "found VARCHAR2(4000);",
    "half VARCHAR2(4000);",
    "at_revision VARCHAR2(400);",
  ];
}

/** A check for line ends that were converted: SQL*Plus undoes that itself, drivers do not. */
function lineEndLines(model: ScriptModel): readonly string[] {
  if (!dependsOnLineEnds(model, lexicalRules)) return [];
  return refuseIf("'\n' != CHR(10)", messageString(`Refused: ${convertedLineEnds}. ${untouched}`));
}

/**
 * Session, and the lock against a second run. A lock of a table would end with the first DDL, which commits; that of
 * DBMS_LOCK stays until it is given back or the session ends.
 * https://docs.oracle.com/en/database/oracle/oracle-database/19/arpls/DBMS_LOCK.html
 */
export function lockLines(model: ScriptModel): readonly string[] {
  const parameters = [
    `DDL_LOCK_TIMEOUT = ${lockSeconds(model)}`,
    "NLS_COMP = BINARY",
    "NLS_SORT = BINARY",
    ...model.session.map(setting),
  ];
  const remark =
    model.statementTimeout === undefined
      ? []
      : [commentLine("Oracle limits the time of statements by a resource plan alone, and not for a session.")];
  return [
    ...remark,
    ...lineEndLines(model),
    `EXECUTE IMMEDIATE ${plsqlString(`ALTER SESSION SET ${parameters.join(" ")}`)};`,
    ...refuseIf(
      "DBMS_TRANSACTION.LOCAL_TRANSACTION_ID IS NOT NULL",
      messageString(`Refused: the session is in a transaction already. ${untouched}`),
    ),
    commentLine("One run at a time: the account needs EXECUTE on SYS.DBMS_LOCK."),
    ...refuseIf(
      `DBMS_LOCK.REQUEST(lock_id, DBMS_LOCK.X_MODE, ${lockSeconds(model)}, FALSE) NOT IN (0, 4)`,
      messageString(`Refused: another run is at work on this schema. ${untouched}`),
    ),
  ];
}

/** Reads the version rows into `found`, and into `half` which revision is half-applied, or which under a condition. */
export function readLines(model: ScriptModel, condition = ""): readonly string[] {
  const { versionTable } = model;
  const progress = progressTable(model);
  const count = (name: string): string => `COUNT(CASE table_name WHEN ${name} THEN 1 END)`;
  const rows = `SELECT LISTAGG(version_num, ', ') WITHIN GROUP (ORDER BY version_num) FROM ${versionTable.qualified}`;
  return [
    `SELECT ${count(dictionaryName(versionTable.name))}, ${count(progress.dictionaryName)}`,
    "  INTO has_versions, has_progress FROM all_tables WHERE owner = own_schema;",
    "IF has_versions = 1 THEN",
    `  EXECUTE IMMEDIATE ${plsqlString(rows)} INTO found;`,
    "END IF;",
    "IF has_progress = 1 THEN",
    `  EXECUTE IMMEDIATE ${plsqlString(`SELECT MAX(revision || ' at step ' || step) FROM ${progress.qualified}${condition}`)} INTO half;`,
    "END IF;",
  ];
}

/** Reads whether the version table is there, and refuses one that has not its column. */
export function versionColumnLines({ versionTable }: ScriptModel): readonly string[] {
  const table = `owner = own_schema AND table_name = ${dictionaryName(versionTable.name)}`;
  return [
    `SELECT COUNT(*) INTO has_versions FROM all_tables WHERE ${table};`,
    `SELECT COUNT(*) INTO answer FROM all_tab_columns WHERE ${table} AND column_name = 'VERSION_NUM';`,
    ...refuseIf(
      "has_versions = 1 AND answer = 0",
      messageString(`Refused: ${versionTable.qualified} has no column version_num. ${untouched}`),
    ),
  ];
}

/** Refuses a database in which a revision is half-applied. */
export function wholeLines(): readonly string[] {
  const tail = messageString(`, which is half-applied: the file that began it has to end it. ${untouched}`);
  return refuseIf("half IS NOT NULL", `'Refused: the database is in revision ' || SUBSTRB(half, 1, 500) || ${tail}`);
}

function rowsRefusal(wanted: string, { versionTable }: ScriptModel): string {
  return [
    messageString(`Refused: ${versionTable.qualified}`),
    "CASE has_versions WHEN 0 THEN ' is missing' ELSE ' holds [' || SUBSTRB(found, 1, 500) || ']' END",
    messageString(`, and this file ${wanted}. ${untouched}`),
  ].join(" || ");
}

/** Refuses version rows that are not exactly these. No text is NULL, which the brackets make comparable. */
export function exactRowsLines(rows: readonly string[], model: ScriptModel): readonly string[] {
  const wanted = `[${rows.join(", ")}]`;
  return refuseIf(`'[' || found || ']' != ${plsqlString(wanted)}`, rowsRefusal(`starts from ${wanted}`, model));
}

/** A condition on a version row; a list has 1000 expressions at most. */
export function isOneOf(rows: readonly string[], { literal }: ScriptModel): string {
  const lists: string[] = [];
  for (let start = 0; start < rows.length; start += longestList) {
    const list = rows.slice(start, start + longestList).map((row) => literal(row));
    lists.push(`version_num IN (${list.join(", ")})`);
  }
  return lists.length === 1 ? (lists[0] ?? "") : `(${lists.join(" OR ")})`;
}

/**
 * Reads into `answer` how many version rows say that the revision is applied, and refuses rows that are not of the range:
 * unknown ones, or none of those that it begins above. A revision is also refused when one that it stands on has failed,
 * and the client went on all the same.
 *
 * @param needs the rows of which one has to be there, for each revision that this one stands on
 */
export function rangeLines(
  applied: readonly string[],
  needs: readonly (readonly string[])[],
  revisions: AppliedRevisions,
  model: ScriptModel,
): readonly string[] {
  const { plan, versionTable } = model;
  const count = (condition: string): string => `COUNT(CASE WHEN ${condition} THEN 1 END)`;
  const howManyOf = (lists: readonly (readonly string[])[]): string =>
    lists.length === 0 ? "0" : lists.map((rows) => `SIGN(${count(isOneOf(rows, model))})`).join(" + ");
  const { below } = revisions;
  const columns = [
    count(isOneOf(applied, model)),
    count(`NOT ${isOneOf(revisions.known, model)}`),
    howManyOf(below),
    ...(needs.length === 0 ? [] : [howManyOf(needs)]),
  ];
  const ends = [plan.rowsBefore, plan.rowsAfter].map((rows) => (rows.length === 0 ? "base" : rows.join(", ")));
  const refusal = rowsRefusal(`is for a database between ${ends.join(" and ")}`, model);
  return [
    ...refuseIf("has_versions = 0", refusal),
    `EXECUTE IMMEDIATE ${plsqlString(`SELECT ${columns.join(",\n  ")}\nFROM ${versionTable.qualified}`)}`,
    `  INTO answer, unknown_rows, rows_below${needs.length === 0 ? "" : ", rows_needed"};`,
    ...refuseIf(`unknown_rows > 0 OR rows_below < ${below.length}`, refusal),
    ...(needs.length === 0
      ? []
      : refuseIf(
          `answer = 0 AND rows_needed < ${needs.length}`,
          messageString(`Refused: what this revision stands on is not applied. ${untouched}`),
        )),
  ];
}
