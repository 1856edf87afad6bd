import type { ScriptModel, ScriptStep, VersionRowStatement } from "../../../src/compiler/script/model.js";
import type { ScriptPiece } from "../../../src/compiler/script/pieces.js";
import { Batch, stepsOfBatches } from "./batches.js";
import { exactRowsLines } from "./guard.js";
import { reached, refuseIf } from "./session.js";
import { clientSafe } from "./text.js";

function rowLines({ change, sql }: VersionRowStatement): readonly string[] {
  const row = change.change === "update" ? change.from : change.version;
  const problem = change.change === "insert" ? "was not added" : "is not there";
  return [`${sql};`, refuseIf("@@ROWCOUNT <> 1", `The version row ${clientSafe(row)} ${problem}.`)];
}

/** A batch that runs on exactly the version rows that it was made for. */
function guardedBatch(steps: readonly ScriptStep[], model: ScriptModel): readonly ScriptPiece[] {
  const { plan, versionTable, transactionPerMigration } = model;
  const batch = new Batch(model, steps);
  const isFirst = steps[0] === model.steps[0];
  if (plan.purges && isFirst) {
    batch.begin([]);
    batch.lines([...versionTable.createIfMissing, versionTable.purge].map((sql) => `${sql};`));
    if (transactionPerMigration) batch.commit();
  }
  for (const scriptStep of steps) {
    const { step, versionRows } = scriptStep;
    const check = exactRowsLines(step.rowsBefore, model);
    if (!batch.isOpen && scriptStep.statements[0]?.autocommit !== true) batch.begin(check);
    if (step.rowsBefore.length === 0 && !plan.purges) {
      if (!batch.isOpen) batch.begin(check);
      batch.lines(versionTable.createIfMissing.map((sql) => `${sql};`));
    }
    batch.title(scriptStep);
    batch.body(scriptStep, check);
    batch.rows(versionRows.flatMap(rowLines));
    if (transactionPerMigration) batch.commit();
  }
  return batch.end(reached(steps.at(-1)?.step.rowsAfter ?? plan.rowsAfter));
}

/**
 * The default layout: each transaction takes a lock, reads the version rows and refuses all others than its own. All
 * statements stand in EXEC, so that each is looked at when its turn comes: CREATE VIEW wants a batch of its own, and a
 * new column is not known before.
 */
export function guarded(model: ScriptModel): readonly ScriptPiece[] {
  if (model.steps.length === 0 && !model.plan.purges) return [];
  return stepsOfBatches(model).flatMap((steps) => guardedBatch(steps, model));
}
