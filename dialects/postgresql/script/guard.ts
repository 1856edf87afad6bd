import type { ScriptModel, ScriptStep, VersionRowStatement } from "../../../src/compiler/script/model.js";
import {
  guardText,
  versionTableText,
  versionRowText,
  type OwnedText,
  type ScriptText,
} from "../../../src/compiler/script/text.js";
import { lineEndLines } from "./line-ends.js";
import type { Check } from "./outside.js";
import type { Rows } from "./parts.js";
import { doBlock, indented, raiseFormat } from "./text.js";

/** Version rows for people. */
export function rowNames(rows: readonly string[]): string {
  return rows.length === 0 ? "base" : rows.join(", ");
}

/** What a script is called in the messages of its guards. */
function scriptName({ plan, steps, makesTableAlone }: ScriptModel): string {
  if (makesTableAlone) return "ensure-version";
  return `${steps[0]?.planned.direction ?? "stamp"} to ${rowNames(plan.rowsAfter)}`;
}

/** An array of texts. */
export function arrayOf(rows: Rows, { literal }: ScriptModel): string {
  return rows.length === 0 ? "ARRAY[]::text[]" : `ARRAY[${rows.map((row) => literal(row)).join(", ")}]`;
}

/**
 * The number of the advisory lock: one for each version table of a database, so that schemas with tables of their own do
 * not wait for each other.
 */
function lockKey({ versionTable, literal }: ScriptModel): string {
  const table =
    versionTable.schema === undefined
      ? `concat(current_schema(), ${literal(`.${versionTable.name}`)})`
      : literal(`${versionTable.schema}.${versionTable.name}`);
  return `hashtextextended(${table}, 0)`;
}

/**
 * PL/pgSQL that keeps the lock beyond the end of the transaction, so that no other run gets in between the parts of a
 * revision. It never waits: the guard has the same lock for its transaction.
 */
export function keepLockLine(model: ScriptModel): string {
  return `PERFORM pg_advisory_lock(${lockKey(model)});`;
}

/** PL/pgSQL that gives the lock back, however often it was taken. */
export const releaseLockLine = "PERFORM pg_advisory_unlock_all();";

/** What a guard has to know besides the version rows. */
interface GuardPlace {
  /** An earlier guard of the script has found the version table. */
  readonly hasTable: boolean;
}

/**
 * Takes the lock against a second run, or refuses at once: a session that waited here would keep CREATE INDEX CONCURRENTLY
 * of the first run from ending, which waits for all transactions that are older.
 */
function lockLines(model: ScriptModel): readonly string[] {
  const refusal = raised(`${scriptName(model)} refused: another run is at work on this database`, model);
  return [
    ...(model.client.obeysSettings ? [] : savepointLines(model)),
    ...lineEndLines(model, scriptName(model)),
    `IF NOT pg_try_advisory_xact_lock(${lockKey(model)}) THEN`,
    `  ${refusal}`,
    "END IF;",
  ];
}

/**
 * Refuses a client that sets savepoints: behind one, the transaction stays read-only. Where the client has begun a
 * transaction around this one, it may not be read-only, and only the end of the session keeps it from being committed.
 */
function savepointLines(model: ScriptModel): readonly string[] {
  const client = "the client sets savepoints (ON_ERROR_ROLLBACK in psql, autosave in JDBC)";
  return [
    "IF current_setting('transaction_read_only') = 'on' OR current_setting('transaction_deferrable') = 'off' THEN",
    "  IF current_setting('transaction_read_only') = 'off' THEN",
    `    RAISE WARNING 'this session ends: ${client}';`,
    "    PERFORM pg_terminate_backend(pg_backend_pid());",
    "  END IF;",
    `  ${raised(`${scriptName(model)} refused: ${client}`, model)}`,
    "END IF;",
  ];
}

/** Reads the version rows into `actual`, says in `state` what they are, and keeps all others from changing them. */
function readRowsLines({ versionTable, literal }: ScriptModel, { hasTable }: GuardPlace): readonly ScriptText[] {
  const table = versionTable.qualified;
  const reading = [
    `LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE;`,
    `actual := ARRAY(SELECT version_num::text FROM ${table} ORDER BY version_num::text COLLATE "C");`,
  ];
  if (hasTable) return reading;
  return [
    `IF to_regclass(${literal(table)}) IS NOT NULL THEN`,
    ...reading.map(indented),
    "  state := 'is at ' || coalesce(nullif(array_to_string(actual, ', '), ''), 'base');",
    "  state := regexp_replace(state, '([^ ]+)[+-]([0-9]+)', '\\1 half-applied (\\2 of its parts done)', 'g');",
    "END IF;",
  ];
}

/** Refuses, with what was found and what was wanted. */
function refusalLines(model: ScriptModel, { hasTable }: GuardPlace, wanted: string): readonly string[] {
  const { literal } = model;
  const [before, after] = [`${scriptName(model)} refused: the database `, `, this script ${wanted}`].map(raiseFormat);
  if (hasTable) return [`RAISE EXCEPTION ${literal(`${before}is at %${after}`)}, array_to_string(actual, ', ');`];
  const hint = "Nothing was changed. A revision that is half-applied goes on with the script that began it.";
  return [`RAISE EXCEPTION ${literal(`${before}%${after}`)}, state`, `  USING HINT = ${literal(hint)};`];
}

/** An error of its own words. */
function raised(text: string, { literal }: ScriptModel): string {
  return `RAISE EXCEPTION ${literal(raiseFormat(text))};`;
}

/** Refuses when a condition is met. */
export function checkLines({ condition, message }: Check, model: ScriptModel): readonly string[] {
  return [`IF ${condition} THEN`, `  ${raised(message, model)}`, "END IF;"];
}

/** The lock, what is read of the version rows, and what is made of it: what each transaction of a script begins with. */
function guard(model: ScriptModel, place: GuardPlace, lines: readonly ScriptText[]): OwnedText {
  const variables = place.hasTable
    ? ["actual text[];"]
    : ["actual text[] := ARRAY[]::text[];", "state text := 'has no version table';"];
  return guardText(doBlock("guard", [...lockLines(model), ...readRowsLines(model, place), ...lines], variables));
}

export interface ExactGuard extends GuardPlace {
  /** The rows that the script starts from here. */
  readonly wanted: Rows;
  /** The rows of its first start, where these are others, and PL/pgSQL that turns them into those wanted. */
  readonly first?: { readonly rows: Rows; readonly lines: readonly ScriptText[] } | undefined;
  /** Rows that the same script leaves at its later commits, which may be there too, and PL/pgSQL that notes which of them is. */
  readonly later?: { readonly rows: readonly Rows[]; readonly keep: string };
  /** A condition under which the rows have to be as wanted: otherwise an earlier run has done what the guard is for. */
  readonly unlessDone?: string | undefined;
  /** PL/pgSQL that runs when the rows are as wanted. */
  readonly then: readonly string[];
}

/** Lets a script run on exactly its own version rows. */
export function exactGuard(model: ScriptModel, exact: ExactGuard): OwnedText {
  const { wanted, first, later, unlessDone, then, ...place } = exact;
  const allowed = [wanted, ...(later?.rows ?? [])].map((rows) => arrayOf(rows, model));
  const isElsewhere = [
    ...(unlessDone === undefined ? [] : [unlessDone]),
    allowed.length === 1 ? `actual <> ${allowed[0]}` : `actual NOT IN (${allowed.join(", ")})`,
  ].join(" AND ");
  const verb = place.hasTable ? "goes on from" : "starts from";
  return guard(model, place, [
    ...(place.hasTable ? [] : ambiguityLines(model)),
    ...(first === undefined
      ? [`IF ${isElsewhere} THEN`]
      : [`IF actual = ${arrayOf(first.rows, model)} THEN`, ...first.lines.map(indented), `ELSIF ${isElsewhere} THEN`]),
    ...refusalLines(model, place, `${verb} ${rowNames(first?.rows ?? wanted)}`).map(indented),
    "END IF;",
    ...(later === undefined ? [] : [later.keep]),
    ...then,
  ]);
}

export interface RangeGuard extends GuardPlace {
  readonly known: Rows;
  /** For each row of the start, the rows of which one has to be there. */
  readonly start: readonly Rows[];
  readonly then: readonly string[];
}

/** Lets a script run on any version rows that it knows, and from none that are older than its start. */
export function rangeGuard(model: ScriptModel, { known, start, then, ...place }: RangeGuard): OwnedText {
  const strange = `NOT actual <@ ${arrayOf(known, model)}`;
  const older = start.map((rows) => `NOT actual && ${arrayOf(rows, model)}`);
  const { rowsBefore, rowsAfter } = model.plan;
  const refusal = refusalLines(model, place, `goes from ${rowNames(rowsBefore)} to ${rowNames(rowsAfter)}`);
  return guard(model, place, [
    ...(place.hasTable ? [] : ambiguityLines(model)),
    `IF ${[strange, ...older].join(" OR ")} THEN`,
    ...refusal.map(indented),
    "END IF;",
    ...then,
  ]);
}

/** Whether one of some version rows is there. */
export function holds(rows: Rows, { versionTable, literal }: ScriptModel): string {
  const list = rows.map((row) => literal(row)).join(", ");
  return `EXISTS (SELECT FROM ${versionTable.qualified} WHERE version_num IN (${list}))`;
}

/**
 * Refuses where the name of the version table could mean two, or one that ends with the session. Each statement would take
 * the first of the search path, in which a role gets a schema of its own as soon as there is one of its name.
 * https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH
 */
function ambiguityLines(model: ScriptModel): readonly string[] {
  const { name, schema } = model.versionTable;
  if (schema !== undefined) return [];
  const message = `${scriptName(model)} refused: several ${name} are visible, or a temporary one; set versionTableSchema`;
  return [
    "IF (SELECT count(*) > 1 OR bool_or(relpersistence = 't')",
    "    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace",
    `    WHERE relname = ${model.literal(name)} AND nspname = ANY (current_schemas(true))) THEN`,
    `  ${raised(message, model)}`,
    "END IF;",
  ];
}

/**
 * Makes the version table where none is visible. IF NOT EXISTS would look for it in the schema of new tables alone, and make
 * a second one there.
 */
export function makeTableIfNone({ versionTable, literal }: ScriptModel): readonly OwnedText[] {
  const { qualified, schema, create, createIfMissing } = versionTable;
  if (schema !== undefined) return createIfMissing.map((sql) => versionTableText(`${sql};`));
  const lines = [
    `IF to_regclass(${literal(qualified)}) IS NULL THEN`,
    ...create.flatMap((sql) => `${sql};`.split("\n").map((line) => `  ${line}`)),
    "END IF;",
  ];
  return [versionTableText(doBlock("table", lines))];
}

/** The lock alone, where an earlier guard has looked at the version table. */
export function lockGuard(model: ScriptModel): OwnedText {
  return guardText(doBlock("guard", lockLines(model)));
}

/** The lock and the one version table, where whatever version rows there are will do. */
export function purgeGuard(model: ScriptModel): OwnedText {
  return guardText(doBlock("guard", [...lockLines(model), ...ambiguityLines(model)]));
}

/** A condition that holds when the version table has its column, or what stands in its place has such a one. */
export function hasVersionColumn({ versionTable, literal }: ScriptModel): string {
  const table = `to_regclass(${literal(versionTable.qualified)})`;
  return `EXISTS (SELECT FROM pg_attribute WHERE attrelid = ${table} AND attname = 'version_num' AND NOT attisdropped)`;
}

/** The lock, and a version table that is missing or is one: for a script that takes whatever version rows there are. */
export function tableGuard(model: ScriptModel): OwnedText {
  const { versionTable, literal } = model;
  const condition = `to_regclass(${literal(versionTable.qualified)}) IS NOT NULL AND NOT ${hasVersionColumn(model)}`;
  const message = `${scriptName(model)} refused: ${versionTable.qualified} has no column version_num`;
  return guardText(
    doBlock("guard", [...lockLines(model), ...ambiguityLines(model), ...checkLines({ condition, message }, model)]),
  );
}

/** Changes version rows, and makes sure that each change has hit its row. */
export function rowChangeLines(changes: readonly VersionRowStatement[], model: ScriptModel): readonly string[] {
  return changes.flatMap(({ change, sql }) => {
    const row = change.change === "update" ? change.from : change.version;
    const problem = change.change === "insert" ? "was not written" : "is missing";
    return [`${sql};`, `IF NOT FOUND THEN ${raised(`version row ${row} ${problem}`, model)} END IF;`];
  });
}

/** Lines about the version rows of a revision, in a block that holds others too. */
export function rowLinesOf(step: ScriptStep, lines: readonly string[]): readonly ScriptText[] {
  return lines.map((line) => versionRowText(line, step));
}

/** Lines about the version rows of a revision, as a statement. */
export function versionBlock(step: ScriptStep, lines: readonly string[]): OwnedText {
  return versionRowText(doBlock("version", lines), step);
}
