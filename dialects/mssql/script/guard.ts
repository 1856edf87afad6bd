import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { singleQuotes } from "../../shared/sql-text/quotes.js";
import { has } from "../features.js";
import { lockTimeoutOf, refuseIf, untouched } from "./session.js";
import { isForClient, messageString, sqlString } from "./text.js";

/** Compares by code, whatever the collation of the database: two revisions may differ by case alone. */
export const binary = "COLLATE Latin1_General_BIN2";

const lockName = "N'alembic'";

/** Who holds the lock: a transaction until its end, or the session over several of them. */
export type LockOwner = "Transaction" | "Session";

/** https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql */
export function lockLines(owner: LockOwner, model: ScriptModel): readonly string[] {
  const timeout = lockTimeoutOf(model);
  return [
    `EXEC @lock = sp_getapplock @Resource = ${lockName}, @LockMode = N'Exclusive', @LockOwner = N'${owner}', @LockTimeout = ${timeout};`,
    refuseIf("@lock < 0", `Refused: another run is at work on this database. ${untouched}`),
  ];
}

const release = `EXEC sp_releaseapplock @Resource = ${lockName}, @LockOwner = N'Session';`;

/** Gives the lock of a session back, after success and after an error. */
export const sessionLock = {
  release,
  releaseIfHeld: `IF APPLOCK_MODE(N'public', ${lockName}, N'Session') <> N'NoLock' ${release}`,
};

/** The version rows as one text, sorted. */
function rowsQuery(model: ScriptModel): string {
  const { versionTable } = model;
  const table = `${versionTable.qualified} WITH (UPDLOCK, HOLDLOCK)`;
  if (has("stringAggregate", model)) {
    return (
      "SELECT @found = ISNULL(STRING_AGG(CAST(version_num AS nvarchar(max)), N', ') " +
      `WITHIN GROUP (ORDER BY version_num ${binary}), N'') FROM ${table}`
    );
  }
  const list = `SELECT N', ' + version_num FROM ${table} ORDER BY version_num ${binary} FOR XML PATH(''), TYPE`;
  return `SELECT @found = ISNULL(STUFF((${list}).value('.', 'nvarchar(max)'), 1, 2, N''), N'')`;
}

/** The variables that the guards of a batch share, besides others. */
export function guardVariables(model: ScriptModel, others = ""): string {
  if (model.makesTableAlone) return "DECLARE @lock int, @step nvarchar(400);";
  return `DECLARE ${others}@lock int, @found nvarchar(max), @refusal nvarchar(2048), @step nvarchar(400), @query nvarchar(max) =\n  ${sqlString(rowsQuery(model))};`;
}

/** Reads the version rows into `@found`, NULL for no table, and keeps others from changing them in a transaction. */
function findLines(model: ScriptModel): readonly string[] {
  const table = sqlString(model.versionTable.qualified);
  return [
    "SET @found = NULL;",
    `IF OBJECT_ID(${table}, N'U') IS NOT NULL EXEC sp_executesql @query, N'@found nvarchar(max) OUTPUT', @found OUTPUT;`,
  ];
}

/** What a row says that is no revision: see `marker`. */
const halfApplied =
  "CASE WHEN @found LIKE N'%[-+][0-9]%' THEN N' (half-applied: + or - and the number of its parts that are done; the file that began it has to end it)' ELSE N'' END";

/** The same, and says what it found. */
function readLines(wanted: string, model: ScriptModel): readonly string[] {
  const [table, rest] = [`Refused: ${model.versionTable.qualified}`, `, and this file ${wanted}. ${untouched}`];
  return [
    ...findLines(model),
    `SET @refusal = LEFT(${messageString(table)} + ISNULL(N' holds [' + @found + N']', N' is missing')`,
    `  + ${halfApplied}`,
    `  + ${messageString(rest)}, 2048);`,
  ];
}

/** Sets `@start` to the number of the segment with which a run goes on that ended early: it starts from the version rows that are there. */
export function startLines(
  starts: readonly { readonly segment: number; readonly rows: readonly string[] }[],
  otherwise: number,
  model: ScriptModel,
): readonly string[] {
  if (starts.length === 0) return [`SET @start = ${otherwise};`];
  return [
    ...findLines(model),
    "SET @start = CASE",
    ...starts.map(({ segment, rows }) => `  WHEN @found = (${sqlString(rows.join(", "))}) ${binary} THEN ${segment}`),
    `  ELSE ${otherwise} END;`,
  ];
}

/** Refuses version rows that are not exactly these. Brackets keep spaces at the end from being passed over. */
export function exactRowsLines(rows: readonly string[], model: ScriptModel): readonly string[] {
  const text = `[${rows.join(", ")}]`;
  const wanted = isForClient(text) ? `(${sqlString(text)})` : sqlString(text);
  return [
    ...readLines(`starts from ${text}`, model),
    `IF N'[' + ISNULL(@found, N'') + N']' <> ${wanted} ${binary} THROW 50001, @refusal, 127;`,
  ];
}

/** Refuses what has the name of the version table and not its column. */
export function versionColumnLines({ versionTable: { qualified } }: ScriptModel): readonly string[] {
  const name = sqlString(qualified);
  const message = `Refused: ${qualified} has no column version_num. ${untouched}`;
  return [refuseIf(`OBJECT_ID(${name}) IS NOT NULL AND COL_LENGTH(${name}, N'version_num') IS NULL`, message)];
}

/** A condition that holds when one of these version rows is there. */
export function holdsOneOf(rows: readonly string[], { versionTable }: ScriptModel, without = ""): string {
  const list = rows.map((row) => (/[^\x20-\x7e]|\$\(/.test(row) ? sqlString(row) : `N${singleQuotes(row)}`)).join(", ");
  return `EXISTS (SELECT 1 FROM ${versionTable.qualified} WHERE version_num ${binary} ${without}IN (${list}))`;
}

/** Refuses version rows that are not of the range: unknown ones, or none of those that it begins above. */
export function rangeLines(
  known: readonly string[],
  below: readonly (readonly string[])[],
  model: ScriptModel,
): readonly string[] {
  const conditions = [holdsOneOf(known, model, "NOT "), ...below.map((rows) => `NOT ${holdsOneOf(rows, model)}`)];
  const ends = [model.plan.rowsBefore, model.plan.rowsAfter].map((rows) =>
    rows.length === 0 ? "base" : rows.join(", "),
  );
  return [
    ...readLines(`is for a database between ${ends.join(" and ")}`, model),
    "IF @found IS NULL THROW 50001, @refusal, 127;",
    `IF ${conditions.join("\n  OR ")}\n  THROW 50001, @refusal, 127;`,
  ];
}
