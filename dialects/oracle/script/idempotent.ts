import { UnsupportedError } from "../../../src/errors.js";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { transactionText, type Fragment, type OwnedText, type ScriptText } from "../../../src/compiler/script/text.js";
import { AppliedRevisions, type AnyRowChange } from "../../shared/applied-revisions.js";
import {
  applied,
  Block,
  createVersionTable,
  oneRowChange,
  opening,
  reached,
  rowChange,
  stepsOfBlocks,
} from "./block.js";
import { isOneOf, rangeLines, readLines, wholeLines } from "./guard.js";
import { afterFailedStep, isForeign, progressDeclarations, resumableLines } from "./progress.js";
import { statementsOf } from "./statements.js";

/** The statements of a step inside the condition that it still has to be done. */
type Body = (step: ScriptStep, rowLines: readonly ScriptText[], model: ScriptModel) => readonly ScriptText[];

const wholeBody: Body = (step, rowLines) => [
  ...statementsOf(step).flatMap(({ lines }) => [...lines, ""]),
  ...rowLines,
  transactionText("COMMIT;", "ends"),
];

class ConditionalScript {
  readonly #applied: AppliedRevisions;

  constructor(
    readonly model: ScriptModel,
    readonly isResumable: boolean,
  ) {
    this.#applied = new AppliedRevisions(model);
  }

  #rowText(change: AnyRowChange, step: ScriptStep): OwnedText {
    const { model } = this;
    const { versionTable, literal } = model;
    const table = versionTable.qualified;
    const insert = (version: string): string => `INSERT INTO ${table} (version_num) VALUES (${literal(version)})`;
    switch (change.change) {
      case "remove":
        return rowChange(`DELETE FROM ${table} WHERE ${isOneOf(change.versions, model)}`, step);
      case "delete":
        return oneRowChange(
          `DELETE FROM ${table} WHERE version_num = ${literal(change.version)}`,
          step,
          `The version row ${change.version} is not there.`,
        );
      case "insert":
        return oneRowChange(insert(change.version), step, `The version row ${change.version} was not added.`);
      case "reopen": {
        const others = `SELECT 1 FROM ${table} WHERE ${isOneOf(change.unless, model)}`;
        const row = `SELECT ${literal(change.version)} FROM dual WHERE NOT EXISTS (${others})`;
        return rowChange(`INSERT INTO ${table} (version_num) ${row}`, step);
      }
    }
  }

  /** The revisions that have to be applied before; none within one block, since the first error ends the block. */
  #needs({ planned }: ScriptStep): readonly (readonly string[])[] {
    const isAlone = stepsOfBlocks(this.model).length > 1;
    return isAlone && planned.direction === "upgrade" ? this.#applied.due(planned.revision).needs : [];
  }

  #step(block: Block, step: ScriptStep): void {
    const { model, isResumable } = this;
    const { planned, revision } = step;
    const isUpgrade = planned.direction === "upgrade";
    block.guard([
      ...readLines(model, isResumable ? isForeign(model) : ""),
      ...wholeLines(),
      ...(model.plan.rowsBefore.length === 0 ? createVersionTable(model) : []),
      ...rangeLines(isUpgrade ? this.#applied.rowsOf(revision) : [revision], this.#needs(step), this.#applied, model),
    ]);
    block.title(step);
    const rowLines = this.#applied.changes(planned).map((change) => this.#rowText(change, step));
    const body = (isResumable ? resumableLines : wholeBody)(step, rowLines, model);
    block.lines([`IF answer ${isUpgrade ? "= 0" : "> 0"} THEN`, ...body, "END IF;"]);
  }

  block(steps: readonly ScriptStep[]): readonly Fragment[] {
    const { model } = this;
    const counts = ["unknown_rows INTEGER;", "rows_below INTEGER;", "rows_needed INTEGER;"];
    const block = this.isResumable
      ? new Block(model, [...counts, ...progressDeclarations(model)], afterFailedStep(model))
      : new Block(model, counts);
    for (const step of steps) this.#step(block, step);
    const isLast = steps.at(-1) === model.steps.at(-1);
    return block.end(isLast ? reached(model.plan.rowsAfter) : applied(steps));
  }
}

function conditional(isResumable: boolean, option: string) {
  return (model: ScriptModel): readonly Fragment[] => {
    const [first] = model.steps;
    if (first === undefined && !model.plan.purges) return [];
    if (first === undefined || first.planned.direction === "stamp") {
      throw new UnsupportedError(
        `${option}-stamp`,
        "A stamp sets version rows and has nothing that could be skipped.",
        {
          hint: `Compile it without --${option}; --purge takes whatever rows there are.`,
        },
      );
    }
    const script = new ConditionalScript(model, isResumable);
    return [...opening(model), ...stepsOfBlocks(model).flatMap((steps) => script.block(steps))];
  };
}

/** A script that may be applied to any version of its range, and again: each revision stands behind a condition. */
export const idempotent = conditional(false, "idempotent");

/** The same, which besides goes on inside a revision where a run was cut off. */
export const resumable = conditional(true, "resumable");
