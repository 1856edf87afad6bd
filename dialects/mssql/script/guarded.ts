import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { versionTableText, type Fragment } from "../../../src/compiler/script/text.js";
import { Batch, stepsOfBatches } from "./batch.js";
import { endingLines, rowLines, statementLines } from "./version-rows.js";
import { exactRowsLines, startLines, versionColumnLines } from "./guard.js";
import { segmentsOf, type RevisionPart, type Segment } from "./segments.js";
import { printed, reached } from "./session.js";

class GuardedScript {
  readonly #segments: readonly Segment[];
  /** The last segment with which a run can go on that was cut off: those before it may have to be left out. */
  readonly #lastStart: number;

  constructor(readonly model: ScriptModel) {
    this.#segments = segmentsOf(model);
    this.#lastStart = this.#segments.findLastIndex(({ isResumption }) => isResumption);
  }

  fragments(): readonly Fragment[] {
    return stepsOfBatches(this.model).flatMap((steps) => {
      const isHere = ({ parts }: Segment): boolean => parts.some(({ step }) => steps.includes(step));
      const rows = steps.at(-1)?.planned.rowsAfter ?? this.model.plan.rowsAfter;
      return this.#batch(this.#segments.filter(isHere), rows);
    });
  }

  #batch(segments: readonly Segment[], rows: readonly string[]): readonly Fragment[] {
    const { model } = this;
    const { plan, versionTable, transactionPerMigration } = model;
    const goesOn = segments.some((segment) => this.#mayBeDone(segment));
    const locksSession = segments.some(({ isPart }) => isPart);
    const batch = new Batch(model, { locksSession, ...(goesOn && { variables: "@start int, " }) });
    if (goesOn) batch.opening(this.#startLines(segments));
    if (plan.purges && segments[0] === this.#segments[0]) {
      batch.begin([]);
      batch.lines([...versionTable.createIfMissing, versionTable.purge].map((sql) => versionTableText(`${sql};`)));
      if (transactionPerMigration) batch.commit();
    }
    for (const segment of segments) this.#segment(segment, batch);
    // a batch that left out all its revisions has nothing to say
    const last = segments.at(-1);
    const isUndone = last !== undefined && this.#mayBeDone(last) ? `IF ${this.#isUndone(last)} ` : "";
    return batch.end(isUndone + reached(rows));
  }

  #numberOf(segment: Segment): number {
    return this.#segments.indexOf(segment) + 1;
  }

  #mayBeDone(segment: Segment): boolean {
    return this.#numberOf(segment) <= this.#lastStart;
  }

  #isUndone(segment: Segment): string {
    return `@start <= ${this.#numberOf(segment)}`;
  }

  /**
   * The lines that find out with which segment a batch goes on. The first batch knows each commit of the script, and refuses
   * the version rows of any other state. A later batch knows its own segments alone, and leaves them out in other states:
   * otherwise the script would grow with the square of its batches. The last one refuses again what is not its own.
   */
  #startLines(segments: readonly Segment[]): readonly string[] {
    const all = this.#segments;
    const [first, last] = [segments[0], segments.at(-1)].map((segment) => this.#numberOf(segment as Segment)) as [
      number,
      number,
    ];
    const known = first === 1 ? all : segments;
    const starts = known
      .filter(({ isResumption }) => isResumption)
      .map((segment) => ({ segment: Math.min(this.#numberOf(segment), last + 1), rows: segment.wanted }));
    const otherwise = first === 1 || last === all.length ? first : last + 1;
    return [
      "-- If an earlier run of this file ended behind one of its commits, this run goes on from there.",
      ...startLines(starts, otherwise, this.model),
    ];
  }

  #segment(segment: Segment, batch: Batch): void {
    const { model } = this;
    const mayBeDone = this.#mayBeDone(segment);
    if (mayBeDone) batch.beginIf(this.#isUndone(segment));
    const check = exactRowsLines(segment.wanted, model);
    if (segment.isOutside) batch.lines(check);
    else if (!batch.isOpen) batch.begin(check);
    for (const part of segment.parts) this.#part(part, segment, batch);
    batch.commit();
    if (mayBeDone) batch.endIf();
  }

  #part(part: RevisionPart, segment: Segment, batch: Batch): void {
    const { plan, versionTable } = this.model;
    const { step, title, statements, changes } = part;
    if (step.planned.rowsBefore.length === 0 && !plan.purges && !segment.isResumption) {
      batch.lines(versionTable.createIfMissing.map((sql) => versionTableText(`${sql};`)));
    }
    batch.title(title, step);
    for (const statement of statements) batch.lines(statementLines(statement));
    const next = this.#segments[this.#numberOf(segment)];
    const following = next?.isOutside === true ? next.parts[0] : undefined;
    batch.lines([...endingLines(segment.isOutside, following?.statements), ...rowLines(changes, step)]);
  }
}

/** A batch that makes the version table where it is missing. */
function tableAlone(model: ScriptModel): readonly Fragment[] {
  const { createIfMissing, qualified } = model.versionTable;
  const batch = new Batch(model, { locksSession: false });
  batch.begin(versionColumnLines(model));
  batch.lines(createIfMissing.map((sql) => versionTableText(`${sql};`)));
  return batch.end(printed(`OK: the table ${qualified} is there.`));
}

/**
 * The default layout: each transaction takes a lock, reads the version rows and refuses all others than its own. All
 * statements stand in EXEC, so that each is looked at when its turn comes: CREATE VIEW wants a batch of its own, and a
 * new column is not known before. What SQL Server refuses inside a transaction stands between two of them, and the
 * version table then holds a row that says how far the revision is.
 */
export function guarded(model: ScriptModel): readonly Fragment[] {
  if (model.makesTableAlone) return tableAlone(model);
  if (model.steps.length === 0 && !model.plan.purges) return [];
  return new GuardedScript(model).fragments();
}

/** Whether a script has commits before its end, and accepts each as a place to go on from. */
export function goesOn(model: ScriptModel): boolean {
  return !model.makesTableAlone && segmentsOf(model).some(({ isResumption }) => isResumption);
}
