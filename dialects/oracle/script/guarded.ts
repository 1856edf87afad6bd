import type { ScriptModel, ScriptStep, VersionRowStatement } from "../../../src/compiler/script/model.js";
import { transactionText, versionTableText, type Fragment, type OwnedText } from "../../../src/compiler/script/text.js";
import { applied, Block, createVersionTable, oneRowChange, opening, reached, stepsOfBlocks } from "./block.js";
import { exactRowsLines, readLines, versionColumnLines, wholeLines } from "./guard.js";
import { statementsOf } from "./statements.js";
import { plsqlString } from "./text.js";

const commit = transactionText("COMMIT;", "ends");

function rowText({ change, sql }: VersionRowStatement, step: ScriptStep): OwnedText {
  const row = change.change === "update" ? change.from : change.version;
  const problem = change.change === "insert" ? "was not added" : "is not there";
  return oneRowChange(sql, step, `The version row ${row} ${problem}.`);
}

function guardedBlock(steps: readonly ScriptStep[], model: ScriptModel): readonly Fragment[] {
  const { plan, versionTable } = model;
  const block = new Block(model);
  const purges = plan.purges && steps[0] === model.steps[0];
  if (purges) {
    block.guard([...readLines(model), ...wholeLines()]);
    block.lines([
      ...createVersionTable(model),
      versionTableText(`EXECUTE IMMEDIATE ${plsqlString(versionTable.purge)};`, "joins"),
    ]);
  }
  for (const [position, step] of steps.entries()) {
    const { planned, versionRows } = step;
    if (!(purges && position === 0)) {
      block.guard([...readLines(model), ...wholeLines(), ...exactRowsLines(planned.rowsBefore, model)]);
      if (planned.rowsBefore.length === 0) block.lines(createVersionTable(model));
    }
    block.title(step);
    for (const { lines } of statementsOf(step)) block.lines(lines);
    block.lines([...versionRows.map((row) => rowText(row, step)), commit]);
  }
  if (steps.length === 0) block.lines([commit]);
  const isLast = steps.at(-1) === model.steps.at(-1);
  return block.end(isLast ? reached(plan.rowsAfter) : applied(steps));
}

/** A block that makes the version table where it is missing. */
function tableAlone(model: ScriptModel): readonly Fragment[] {
  const block = new Block(model);
  block.guard(versionColumnLines(model));
  block.lines(createVersionTable(model));
  return block.end(`OK: the table ${model.versionTable.qualified} is there.`);
}

/**
 * The default layout: one block for each revision, which takes a lock, reads the version rows and refuses all others than
 * its own. Its statements are texts, which PL/SQL looks at when their turn comes.
 */
export function guarded(model: ScriptModel): readonly Fragment[] {
  if (model.makesTableAlone) return [...opening(model), ...tableAlone(model)];
  if (model.steps.length === 0 && !model.plan.purges) return [];
  return [...opening(model), ...stepsOfBlocks(model).flatMap((steps) => guardedBlock(steps, model))];
}
