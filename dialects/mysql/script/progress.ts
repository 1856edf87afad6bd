import { createHash } from "node:crypto";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import type { ScriptTables } from "./names.js";

/**
 * The table that says which revision is half applied, and after which of its steps: DDL cannot be rolled back, and
 * commits by itself. It is there only while a script runs, and after one that was cut off.
 */
export function createProgress({ progress }: ScriptTables): string {
  const items = [
    "direction VARCHAR(9) NOT NULL",
    "revision VARCHAR(64) NOT NULL",
    "step INTEGER NOT NULL",
    "content CHAR(16) NOT NULL",
    "PRIMARY KEY (revision)",
  ];
  return `CREATE TABLE IF NOT EXISTS ${progress} (\n${items.map((item) => `    ${item}`).join(",\n")}\n) ENGINE=InnoDB`;
}

/** A checksum of the statements of a revision: after a change of its text, the numbers of its steps would mean others. */
function contentOf({ statements }: ScriptStep): string {
  const texts = statements.map(({ sql }) => sql);
  return createHash("sha256").update(JSON.stringify(texts), "utf8").digest("hex").slice(0, 16);
}

function identity(step: ScriptStep, model: ScriptModel): readonly [string, string, string] {
  const { direction, revision } = step.planned;
  return [model.literal(direction), model.literal(revision.revision), model.literal(contentOf(step))];
}

/**
 * The row of a revision that begins: none of its steps is done. The statement depends on `@all_well`, which is not set in a
 * session that the client opened after it had lost the first one, and no beginning of it does anything else.
 */
export function beginProgress(step: ScriptStep, { progress }: ScriptTables, model: ScriptModel): string {
  const [direction, revision, content] = identity(step, model);
  return `REPLACE INTO ${progress} (direction, revision, step, content) SELECT ${direction}, ${revision}, 0, ${content} FROM DUAL WHERE @all_well`;
}

/** A condition that holds for the progress of some steps, written as they are now. */
export function isProgressOf(steps: readonly ScriptStep[], model: ScriptModel): string | undefined {
  if (steps.length === 0) return undefined;
  const rows = steps.map((step) => `(${identity(step, model).join(", ")})`);
  return `(direction, revision, content) IN (${rows.join(", ")})`;
}

/** So many steps of the revision are done; a further condition tells it from one that is skipped. */
export function stepDone(step: number, { progress }: ScriptTables, condition = "@all_well"): string {
  return `UPDATE ${progress} SET step = IF(${condition}, ${step}, step)`;
}

export function endProgress({ progress }: ScriptTables): string {
  return `DELETE FROM ${progress} WHERE @all_well`;
}
