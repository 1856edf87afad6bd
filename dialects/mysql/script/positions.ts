import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { rowsLiteral } from "./guard.js";
import type { Refusal } from "./refusal.js";
import { sqlString, type ScriptTables } from "./names.js";

/** A change of the version rows, and whether it has to hit exactly one. */
interface RowChange {
  readonly sql: string;
  readonly hitsOne: boolean;
}

/** How a script tells which of its revisions a database has. */
export interface Positions {
  /** What the guard reads for it, and when it refuses. */
  readonly readings: readonly string[];
  readonly refusals: readonly Refusal[];
  /** What is read before a revision. */
  readonly before: (step: ScriptStep) => readonly string[];
  /** Holds while a revision is not applied. */
  readonly isWanted: (step: ScriptStep) => string;
  readonly rowChanges: (step: ScriptStep) => readonly RowChange[];
}

/** The states of a script in their order, each with its number: the database has to be in one of them. */
function inLine(model: ScriptModel): Positions {
  const { plan, steps } = model;
  const states = [plan.rowsBefore, ...steps.map(({ planned }) => planned.rowsAfter)];
  const list = states.map((rows) => `HEX(${rowsLiteral(rows, model)})`);
  const ends = `], needed one of the states from [${plan.rowsBefore.join(", ")}] to [${plan.rowsAfter.join(", ")}]`;
  return {
    readings: [`SET @applied = FIELD(HEX(@found), ${list.join(", ")}) - 1;`],
    refusals: [
      {
        when: "IFNULL(@applied, -1) < 0",
        message: `CONCAT('refused: found [', @found, ${model.literal(ends)})`,
      },
    ],
    before: () => [],
    isWanted: (step) => `@applied < ${steps.indexOf(step) + 1}`,
    rowChanges: ({ versionRows }) => versionRows.map(({ sql }) => ({ sql, hitsOne: true })),
  };
}

/** The revisions with which another one is applied too: itself, and those of the script that stand on it. */
function carriersOf(revision: string, { steps, follows }: ScriptModel): readonly string[] {
  const carriers = new Set([revision]);
  for (const { revision: id } of steps) {
    if (follows(id).some((below) => carriers.has(below))) carriers.add(id);
  }
  return [...carriers];
}

/**
 * Branches, of which a database may have any part: a revision is applied when its row is there, or that of one that
 * stands on it.
 */
function inBranches(model: ScriptModel, tables: ScriptTables): Positions {
  const { plan, steps } = model;
  const literals = (ids: readonly string[]): string => ids.map((id) => model.literal(id)).join(", ");
  const hasOneOf = (ids: readonly string[]): string =>
    `EXISTS (SELECT 1 FROM ${tables.version} WHERE version_num IN (${literals(ids)}))`;
  const known = [...new Set([...plan.rowsBefore, ...steps.map(({ revision }) => revision)])];
  const start = plan.rowsBefore.map((row) => hasOneOf(carriersOf(row, model)));
  const strangers = `SELECT COUNT(*) FROM ${tables.version} WHERE CAST(version_num AS BINARY) NOT IN (${literals(known)})`;
  const isPlaced = `SELECT ${[`(${strangers}) = 0`, ...start].join(" AND ")} INTO @is_placed`;
  const without = plan.rowsBefore.length === 0 ? "SET @is_placed = 1" : "SET @is_placed = 0";
  const range = `], needed [${plan.rowsBefore.join(", ")}] and some of what leads to [${plan.rowsAfter.join(", ")}]`;
  return {
    readings: [
      `SET @is_placed = 0, @guard = IF(${tables.hasVersion},\n  ${sqlString(isPlaced)},\n  '${without}'); PREPARE guard FROM @guard; EXECUTE guard;`,
    ],
    refusals: [{ when: "NOT @is_placed", message: `CONCAT('refused: found [', @found, ${model.literal(range)})` }],
    before: ({ revision }) => [`SET @is_wanted = NOT ${hasOneOf(carriersOf(revision, model))};`],
    isWanted: () => "@is_wanted",
    rowChanges({ revision }) {
      const below = model.follows(revision);
      const removal = `DELETE FROM ${tables.version} WHERE version_num IN (${literals(below)})`;
      const insertion = `INSERT INTO ${tables.version} (version_num) VALUES (${model.literal(revision)})`;
      return [...(below.length === 0 ? [] : [{ sql: removal, hitsOne: false }]), { sql: insertion, hitsOne: true }];
    },
  };
}

/**
 * How a script tells what is applied: an upgrade of branches by the rows of each revision; everything else, and a script
 * that goes on where a run was cut off, by the states that it goes through one after the other.
 */
export function positionsOf(model: ScriptModel, tables: ScriptTables, resumes: boolean): Positions {
  const { plan, steps } = model;
  const branches = plan.rowsBefore.length > 1 || steps.some(({ planned }) => planned.rowsAfter.length > 1);
  const isUpgrade = steps.every(({ planned }) => planned.direction === "upgrade");
  return branches && isUpgrade && !resumes ? inBranches(model, tables) : inLine(model);
}
