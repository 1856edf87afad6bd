import type { ScriptModel, ScriptStep, VersionRowStatement } from "../../../src/compiler/script/model.js";
import type { ScriptPiece } from "../../../src/compiler/script/pieces.js";
import { applied, Block, createVersionTable, oneRow, opening, reached, stepsOfBlocks } from "./blocks.js";
import { exactRowsLines, readLines, versionColumnLines, wholeLines } from "./guard.js";
import { executionsOf } from "./statements.js";
import { plsqlString } from "./text.js";

function rowLines({ change, sql }: VersionRowStatement): readonly string[] {
  const row = change.change === "update" ? change.from : change.version;
  return oneRow(sql, `The version row ${row} ${change.change === "insert" ? "was not added" : "is not there"}.`);
}

function guardedBlock(steps: readonly ScriptStep[], model: ScriptModel): readonly ScriptPiece[] {
  const { plan, versionTable } = model;
  const block = new Block(model);
  const purges = plan.purges && steps[0] === model.steps[0];
  if (purges) {
    block.guard([...readLines(model), ...wholeLines()]);
    block.lines([...createVersionTable(model), `EXECUTE IMMEDIATE ${plsqlString(versionTable.purge)};`]);
  }
  for (const [position, scriptStep] of steps.entries()) {
    const { step, versionRows } = scriptStep;
    if (!(purges && position === 0)) {
      block.guard([...readLines(model), ...wholeLines(), ...exactRowsLines(step.rowsBefore, model)]);
      if (step.rowsBefore.length === 0) block.lines(createVersionTable(model));
    }
    block.title(scriptStep);
    for (const { lines } of executionsOf(scriptStep)) block.lines(lines);
    block.lines([...versionRows.flatMap(rowLines), "COMMIT;"]);
  }
  if (steps.length === 0) block.lines(["COMMIT;"]);
  const isLast = steps.at(-1) === model.steps.at(-1);
  return block.end(isLast ? reached(plan.rowsAfter) : applied(steps));
}

/** A block that makes the version table where it is missing. */
function tableAlone(model: ScriptModel): readonly ScriptPiece[] {
  const block = new Block(model);
  block.guard(versionColumnLines(model));
  block.lines(createVersionTable(model));
  return block.end(`OK: the table ${model.versionTable.qualified} is there.`);
}

/**
 * The default layout: one block for each revision, which takes a lock, reads the version rows and refuses all others than
 * its own. Its statements are texts, which PL/SQL looks at when their turn comes.
 */
export function guarded(model: ScriptModel): readonly ScriptPiece[] {
  if (model.makesTableAlone) return [...opening(model), ...tableAlone(model)];
  if (model.steps.length === 0 && !model.plan.purges) return [];
  return [...opening(model), ...stepsOfBlocks(model).flatMap((steps) => guardedBlock(steps, model))];
}
