import { UnsupportedError } from "../../../src/errors.js";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine, type ScriptPiece } from "../../../src/compiler/script/pieces.js";
import { AppliedRevisions, type AnyRowChange } from "../../shared/applied-revisions.js";
import { Batch, stepsOfBatches, stillInTransaction } from "./batches.js";
import { binary, holdsOneOf, rangeLines } from "./guard.js";
import { reached, refuseIf, stepLine } from "./session.js";
import { executionsOf } from "./statements.js";
import { clientSafe } from "./text.js";

class IdempotentScript {
  readonly #applied: AppliedRevisions;
  readonly #check: readonly string[];

  constructor(readonly model: ScriptModel) {
    this.#applied = new AppliedRevisions(model);
    const { versionTable, plan } = model;
    this.#check = [
      ...(plan.rowsBefore.length === 0 ? versionTable.createIfMissing.map((sql) => `${sql};`) : []),
      ...rangeLines(this.#applied.known, this.#applied.below, model),
    ];
  }

  #rowLines(change: AnyRowChange): readonly string[] {
    const { versionTable, literal } = this.model;
    const table = versionTable.qualified;
    const isRow = (version: string): string => `version_num ${binary} = ${literal(version)}`;
    switch (change.change) {
      case "remove":
        return [`DELETE FROM ${table} WHERE ${change.versions.map(isRow).join(" OR ")};`];
      case "delete":
        return [
          `DELETE FROM ${table} WHERE ${isRow(change.version)};`,
          refuseIf("@@ROWCOUNT <> 1", `The version row ${change.version} is not there.`),
        ];
      case "insert":
        return [
          `INSERT INTO ${table} (version_num) VALUES (${literal(change.version)});`,
          refuseIf("@@ROWCOUNT <> 1", `The version row ${change.version} was not added.`),
        ];
      case "reopen":
        return [
          `IF NOT ${holdsOneOf(change.unless, this.model)}`,
          `  INSERT INTO ${table} (version_num) VALUES (${literal(change.version)});`,
        ];
    }
  }

  /** Whether a step still has to be done. */
  #isDue({ step: { direction, revision } }: ScriptStep): string {
    return direction === "upgrade"
      ? `NOT ${holdsOneOf(this.#applied.rowsOf(revision.revision), this.model)}`
      : holdsOneOf([revision.revision], this.model);
  }

  /** A revision in one condition, or in one for each part where a statement runs outside the transaction. */
  #step(batch: Batch, step: ScriptStep): void {
    const heading = [commentLine(clientSafe(step.title)), `IF ${this.#isDue(step)}`, "BEGIN"];
    const opening = [...heading, stepLine(step.step.revision.revision)];
    let part: string[] = [];
    const flush = (more: readonly string[]): void => {
      if (part.length + more.length > 0)
        batch.lines([...opening, "", ...part.flatMap((text) => [text, ""]), ...more, "END;"]);
      part = [];
    };
    for (const { lines, isOutside } of executionsOf(step)) {
      if (isOutside && batch.isOpen) {
        flush([]);
        batch.commit();
        batch.lines(this.#check);
      } else if (!isOutside && !batch.isOpen) {
        flush([]);
        batch.begin(this.#check);
      }
      part.push(lines.join("\n"));
    }
    if (!batch.isOpen) {
      flush([]);
      batch.begin(this.#check);
    }
    flush([stillInTransaction, ...this.#applied.changes(step.step).flatMap((change) => this.#rowLines(change))]);
  }

  batch(steps: readonly ScriptStep[]): readonly ScriptPiece[] {
    const { model } = this;
    const batch = new Batch(model, steps);
    for (const step of steps) {
      if (!batch.isOpen) batch.begin(this.#check);
      this.#step(batch, step);
      if (model.transactionPerMigration) batch.commit();
    }
    const isLast = steps.at(-1) === model.steps.at(-1);
    return batch.end(
      isLast ? reached(model.plan.rowsAfter) : `Applied: ${steps.at(-1)?.title.replace(/^Running /, "") ?? ""}`,
    );
  }
}

/**
 * A script that may be applied to any version of its range, and again: each revision stands behind a condition, and its
 * statements in EXEC, where the server does not look at what it does not run.
 */
export function idempotent(model: ScriptModel): readonly ScriptPiece[] {
  const [first] = model.steps;
  if (first === undefined && !model.plan.purges) return [];
  if (first === undefined || first.step.direction === "stamp") {
    throw new UnsupportedError("idempotent-stamp", "A stamp sets version rows and has nothing that could be skipped.", {
      hint: "Compile it without --idempotent; --purge takes whatever rows there are.",
    });
  }
  const script = new IdempotentScript(model);
  return stepsOfBatches(model).flatMap((steps) => script.batch(steps));
}
