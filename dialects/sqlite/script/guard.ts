import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { convertedLineEnds, dependsOnLineEnds } from "../../shared/sql-text/line-ends.js";
import { doubleQuotes } from "../../shared/sql-text/quotes.js";
import { has } from "../features.js";
import { lexicalRules } from "../lexical-rules.js";

/**
 * What guards note in: a row for each check that was passed. It is made inside the transaction and gone with it, and a
 * row of anything but 1 is an error, whose message is the name of the constraint.
 */
const guardTable = "temp.sqlembic_guard";

const passed =
  'passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1)';

export const createGuard = `CREATE TEMP TABLE sqlembic_guard (${passed});`;

/** The same, with what the statement behind a row is compared with. */
export const createGuardOfRuns = `CREATE TEMP TABLE sqlembic_guard (${passed},
  total INTEGER DEFAULT (total_changes()), version INTEGER);`;

/** Where a check notes that it was passed. */
function noteInto({ client }: ScriptModel): string {
  return client.obeysSettings ? guardTable : `${guardTable} (passed)`;
}

/** Fails unless the statement before has changed exactly one row. */
export const oneRowChanged = `INSERT INTO ${guardTable} VALUES (changes());`;

/**
 * Rolls back unless all checks were passed. Under a client that goes on after errors nothing is left then for COMMIT to
 * commit. https://www.sqlite.org/lang_conflict.html
 */
export function allPassed(checks: number, model: ScriptModel): string {
  return `INSERT OR ROLLBACK INTO ${noteInto(model)} SELECT count(*) = ${checks} FROM ${guardTable};`;
}

/** The same for a script that knows only when it runs which of its revisions are wanted: none but its own mark. */
export const nothingWanted = `INSERT OR ROLLBACK INTO ${guardTable} SELECT count(*) = 1 FROM temp.sqlembic_wanted;`;

export const dropGuard = `DROP TABLE ${guardTable};`;

/**
 * Notes that a condition holds, or fails with a message, an expression over what the query yields: one that did not depend
 * on it could be evaluated, and fail, before the query is.
 */
export function check(condition: string, message: string, query: string, model: ScriptModel): string {
  // RAISE takes constant texts only, and in triggers only; the error for a path that is none tells the path.
  const failure = has("jsonFunctions", model) ? `json_extract('{}', ${message})` : "0";
  return `INSERT INTO ${noteInto(model)}\nSELECT CASE WHEN ${condition} THEN 1\n  ELSE ${failure} END\nFROM ${query};`;
}

/** Version rows in the order in which SQLite sorts them: by bytes. */
function sortedRows(rows: Iterable<string>): readonly string[] {
  return [...rows].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

/** The version rows as one text; identifiers have no commas. */
export function foundRows({ versionTable: { qualified } }: ScriptModel): string {
  return `SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM ${qualified} ORDER BY version_num)`;
}

/** Whether `found` is exactly these rows. */
function isFound(rows: readonly string[], { literal }: ScriptModel): string {
  return rows.length === 0 ? "found IS NULL" : `found IS ${literal(sortedRows(rows).join(", "))}`;
}

/** The message of a refusal: what is there, and what is wanted instead. */
export function refusal(wanted: string, { versionTable, literal }: ScriptModel): string {
  const table = versionTable.name;
  return `${literal(`refused: ${table} holds `)} || coalesce(found, 'no revision') || ${literal(`, and this script ${wanted}`)}`;
}

/** Fails where there is no version table; reading it would fail too, but not say what is wanted. */
export function tableExists(wanted: string, model: ScriptModel): string {
  const { name, schema } = model.versionTable;
  const tables = schema === undefined ? "sqlite_master" : `${doubleQuotes(schema)}.sqlite_master`;
  const literal = model.literal(name);
  const message = model.literal(`refused: there is no table ${name}, and this script ${wanted}`);
  return check(
    "tables > 0",
    `${message} || substr('', tables)`,
    `(SELECT count(*) AS tables FROM ${tables} WHERE type = 'table' AND name = ${literal} COLLATE NOCASE)`,
    model,
  );
}

function versionColumns({ versionTable: { name, schema }, literal }: ScriptModel): string {
  const table = [name, ...(schema === undefined ? [] : [schema])].map(literal).join(", ");
  return `(SELECT count(*) AS columns FROM pragma_table_info(${table}) WHERE name = 'version_num' COLLATE NOCASE)`;
}

/** Fails unless the version table, or what stands in its place, has its column. */
export function hasVersionColumn(model: ScriptModel): string {
  const message = model.literal(`refused: ${model.versionTable.name} has no column version_num`);
  return check("columns > 0", `${message} || substr('', columns)`, versionColumns(model), model);
}

/** The last statement of a script that makes the version table: says that it is there, as long as it is. */
export function tableIsThere(model: ScriptModel): string {
  const { versionTable, literal } = model;
  const [done, other] = [`OK: the table ${versionTable.name} is there`, "NOT DONE: see the first error"].map(literal);
  return `SELECT CASE WHEN columns > 0 THEN ${done} ELSE ${other} END AS migration\nFROM ${versionColumns(model)};`;
}

/**
 * Fails in the sqlite3 shell, which goes on after errors unless it is told not to, and by lines that no other client
 * understands. It knows functions of its own. https://www.sqlite.org/pragma.html#pragma_function_list
 */
export function notInShell(model: ScriptModel): string {
  const message = model.literal("refused: the sqlite3 shell needs the script that --client sqlite3 compiles");
  return check(
    "shells = 0",
    `${message} || substr('', shells)`,
    "(SELECT count(*) AS shells FROM pragma_function_list WHERE name = 'shell_add_schema')",
    model,
  );
}

/** Checks for line ends that were converted: the shell undoes that itself, programs with SQLite inside do not. */
export function lineEndChecks(model: ScriptModel): readonly string[] {
  if (!dependsOnLineEnds(model, lexicalRules)) return [];
  const message = `${model.literal(`refused: ${convertedLineEnds}`)} || substr('', converted)`;
  return [
    check("converted = 0", message, "(SELECT count(*) AS converted FROM (SELECT 1) WHERE hex('\n') <> '0A')", model),
  ];
}

/**
 * Makes a folder that nobody else may write to, and fails where there is a link in its place or in it: what the shell writes
 * would go where that leads. https://www.sqlite.org/src/file/ext/misc/fileio.c
 */
export function ownFolder(folder: string, model: ScriptModel): string {
  const name = model.literal(folder);
  const [directory, kind, link] = ["16832", "61440", "40960"]; // 0o40700, 0o170000, 0o120000
  const message = model.literal(`refused: ${folder} is a link, or has one in it: remove it`);
  return check(
    "links = 0",
    `${message} || substr('', links)`,
    `(SELECT count(*) AS links FROM fsdir(coalesce(writefile(${name}, NULL, ${directory}), ${name}))\n  WHERE mode & ${kind} = ${link})`,
    model,
  );
}

/** Fails unless the version rows are exactly these. */
export function exactRows(rows: readonly string[], model: ScriptModel): string {
  return check(isFound(rows, model), refusal(startsFrom(rows), model), `(${foundRows(model)})`, model);
}

export function startsFrom(rows: readonly string[]): string {
  return rows.length === 0 ? "needs it empty" : `needs exactly ${sortedRows(rows).join(", ")}`;
}

/** Fails when rows refer to rows that are not there. */
export function noViolations(model: ScriptModel): string {
  const message =
    "'refused: ' || violations || ' rows refer to rows that do not exist, the first of table ' || child || " +
    "'; PRAGMA foreign_key_check lists them'";
  const query = '(SELECT count(*) AS violations, min("table") AS child FROM pragma_foreign_key_check)';
  return check("violations = 0", message, query, model);
}

/**
 * The last statement: says that the script has reached its end, as long as the version rows say so too. Its first line
 * alone, where a file is cut off behind it, is an error.
 */
export function success(rows: readonly string[], model: ScriptModel): string {
  const { literal } = model;
  const reached = rows.length === 0 ? "has no revision applied" : `is at ${sortedRows(rows).join(", ")}`;
  const [done, other] = [literal(`OK: the database ${reached}`), literal("NOT DONE: the version rows are ")];
  const message = `CASE WHEN ${isFound(rows, model)} THEN ${done} ELSE ${other} || coalesce(found, 'none') END`;
  return `SELECT ${message} AS migration\nFROM (${foundRows(model)});`;
}
