import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { lineEndRefusals, type Refusal } from "./refusal.js";
import { lockName, sqlString, type ScriptTables } from "./names.js";
import type { ServerWords } from "./server.js";
import { settingRefusals } from "./server-settings.js";
import { lockSeconds } from "./session.js";

/** What a script wants to find. */
export interface Wanted {
  /** Reasons to refuse, by the rows of the version table: `@found`, joined by commas. */
  readonly versionRows: readonly Refusal[];
  /** Half-applied revisions that this script may go on with: a condition on the table of progress. */
  readonly tolerated?: string | undefined;
  /** What is read besides, before the reasons are looked at. */
  readonly readings?: readonly string[];
}

/** Prepares and runs one text or another. */
function either(condition: string, whenTrue: string, whenFalse: string): string {
  return `SET @guard = IF(${condition},\n  ${whenTrue},\n  ${whenFalse}); PREPARE guard FROM @guard; EXECUTE guard;`;
}

/** The version rows as one text, in the order of their bytes; tables and sessions may have other character sets. */
const rowsText =
  "COALESCE(GROUP_CONCAT(CONVERT(version_num USING utf8mb4) ORDER BY CAST(version_num AS BINARY) SEPARATOR ', '), '')";

const progressText = "GROUP_CONCAT(CONCAT(direction, ' of ', revision, ' after step ', step))";

/** A list of version rows as the guard reads it. */
export function rowsLiteral(rows: readonly string[], model: ScriptModel): string {
  const sorted = [...rows].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return model.literal(sorted.join(", "));
}

/** Equal byte by byte: collations do not tell `F002` from `f002`. */
export function sameText(one: string, other: string): string {
  return `HEX(${one}) = HEX(${other})`;
}

/**
 * Takes the lock of the database, reads its version rows and what is half applied, and fails with a message unless all
 * is as wanted; `@all_well` says so to the statements that follow. A table is read through a prepared text, since it may
 * be missing.
 */
export function guardLines(
  model: ScriptModel,
  words: ServerWords,
  tables: ScriptTables,
  wanted: Wanted,
): readonly string[] {
  const { versionRows, tolerated, readings = [] } = wanted;
  const where = tolerated === undefined ? "" : ` WHERE NOT (${tolerated})`;
  const refusals: readonly Refusal[] = [
    ...lineEndRefusals(model),
    { when: "DATABASE() IS NULL", message: "'refused: no database is selected'" },
    // a client has connected again meanwhile, to a session without these settings
    { when: "IFNULL(@session, 0) <> CONNECTION_ID()", message: "'refused: the connection was lost'" },
    { when: "IFNULL(@locked, 0) <> 1", message: "'refused: another migration holds the lock of this database'" },
    {
      when: "@found IS NULL",
      message: model.literal(
        `refused: the table ${model.versionTable.name} has no column version_num that can be read`,
      ),
    },
    { when: "@half_applied <> ''", message: "CONCAT('refused: half applied is the ', @half_applied)" },
    ...versionRows,
    ...settingRefusals(model),
  ];
  return [
    `SET @all_well = 0, @refusal = NULL, @half_applied = 'unknown', @locked = GET_LOCK(${lockName}, ${lockSeconds(model)});`,
    `SET @found = IF(${tables.hasVersion}, NULL, '');`,
    either(tables.hasVersionColumn, sqlString(`SELECT ${rowsText} INTO @found FROM ${tables.version}`), "'DO 0'"),
    either(
      tables.hasProgress,
      sqlString(`SELECT COALESCE(${progressText}, '') INTO @half_applied FROM ${tables.progress}${where}`),
      sqlString("SET @half_applied = ''"),
    ),
    ...readings,
    `SET @refusal = CASE\n${refusals.map(({ when, message }) => `  WHEN ${when} THEN ${message}`).join("\n")}\n  ELSE '' END;`,
    // a session that is new, because the client connected again, has no @refusal
    "SET @all_well = IFNULL(@refusal = '', 0);",
    `SET @guard = IF(@all_well, 'DO 0', ${words.refusing}); PREPARE guard FROM @guard; EXECUTE guard;`,
  ];
}

/** What a script has reached, for its last line. */
function reached({ plan, makesTableAlone, versionTable }: ScriptModel): string {
  if (makesTableAlone) return `OK: the table ${versionTable.name} is there`;
  const rows = plan.rowsAfter;
  return `OK: the database ${rows.length === 0 ? "has no revision applied" : `is at ${rows.join(", ")}`}`;
}

/** The last lines: the lock is given back, and the result is told. */
export function closingLines(model: ScriptModel): readonly string[] {
  const failed = "COALESCE(NULLIF(@refusal, ''), 'FAILED: see the first error')";
  return [
    `DO RELEASE_LOCK(${lockName});`,
    "SET SESSION TRANSACTION READ WRITE;",
    `SELECT IF(@all_well, ${model.literal(reached(model))}, ${failed}) AS migration;`,
  ];
}
