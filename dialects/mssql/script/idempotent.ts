import { UnsupportedError } from "../../../src/errors.js";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { versionRowText, versionTableText, type Fragment, type ScriptText } from "../../../src/compiler/script/text.js";
import { AppliedRevisions, type AnyRowChange } from "../../shared/applied-revisions.js";
import { markerChange } from "../../shared/half-applied.js";
import { Batch, stepsOfBatches } from "./batch.js";
import { endingLines, rowLines, statementLines } from "./version-rows.js";
import { binary, holdsOneOf, rangeLines } from "./guard.js";
import { partsOf } from "./parts.js";
import { printed, reached, refuseIf, stepLine, titleText } from "./session.js";

/** The rows that say how far a revision of the script is. */
function markersOf({ steps }: ScriptModel): readonly string[] {
  return steps.flatMap((step) => partsOf(step).flatMap(({ to }) => to ?? []));
}

class IdempotentScript {
  readonly #applied: AppliedRevisions;
  readonly #check: readonly ScriptText[];

  constructor(readonly model: ScriptModel) {
    this.#applied = new AppliedRevisions(model);
    const { versionTable, plan } = model;
    this.#check = [
      ...(plan.rowsBefore.length === 0 ? versionTable.createIfMissing.map((sql) => versionTableText(`${sql};`)) : []),
      ...rangeLines([...this.#applied.known, ...markersOf(model)], this.#applied.below, model),
    ];
  }

  #rowLines(change: AnyRowChange, step: ScriptStep): readonly ScriptText[] {
    const { versionTable, literal } = this.model;
    const table = versionTable.qualified;
    const row = (sql: string): ScriptText => versionRowText(sql, step);
    const isRow = (version: string): string => `version_num ${binary} = ${literal(version)}`;
    switch (change.change) {
      case "remove":
        return [row(`DELETE FROM ${table} WHERE ${change.versions.map(isRow).join(" OR ")};`)];
      case "delete":
        return [
          row(`DELETE FROM ${table} WHERE ${isRow(change.version)};`),
          refuseIf("@@ROWCOUNT <> 1", `The version row ${change.version} is not there.`),
        ];
      case "insert":
        return [
          row(`INSERT INTO ${table} (version_num) VALUES (${literal(change.version)});`),
          refuseIf("@@ROWCOUNT <> 1", `The version row ${change.version} was not added.`),
        ];
      case "reopen":
        return [
          `IF NOT ${holdsOneOf(change.unless, this.model)}`,
          row(`  INSERT INTO ${table} (version_num) VALUES (${literal(change.version)});`),
        ];
    }
  }

  /** Whether a step still has to be done, and none of its parts is. */
  #isDue({ planned: { direction, revision } }: ScriptStep, markers: readonly string[]): string {
    if (direction === "upgrade")
      return `NOT ${holdsOneOf([...this.#applied.rowsOf(revision.revision), ...markers], this.model)}`;
    const isThere = holdsOneOf([revision.revision], this.model);
    return markers.length === 0 ? isThere : `${isThere} AND NOT ${holdsOneOf(markers, this.model)}`;
  }

  /**
   * Refuses a revision when one that it stands on has failed, and the client went on all the same. Revisions of the same
   * batch need no such check, since the first error ends the batch.
   */
  #standingLines({ planned: { direction, revision } }: ScriptStep): readonly string[] {
    if (direction !== "upgrade" || stepsOfBatches(this.model).length === 1) return [];
    return this.#applied
      .due(revision)
      .needs.map((rows) =>
        refuseIf(`NOT ${holdsOneOf(rows, this.model)}`, "Refused: what this revision stands on is not applied."),
      );
  }

  /** A revision in one condition, or in one for each of its parts. */
  #step(batch: Batch, step: ScriptStep): void {
    const { model } = this;
    const parts = partsOf(step);
    const markers = parts.flatMap(({ to }) => to ?? []);
    for (const [index, { isOutside, statements, title, from, to }] of parts.entries()) {
      if (from !== undefined) batch.commit();
      if (isOutside) batch.lines(this.#check);
      else if (!batch.isOpen) batch.begin(this.#check);
      const next = parts[index + 1];
      const changes = [
        ...(from === to ? [] : rowLines([markerChange(from, to, model)], step)),
        ...(to === undefined
          ? this.#applied.changes(step.planned).flatMap((change) => this.#rowLines(change, step))
          : []),
      ];
      batch.lines([
        titleText(title, step),
        `IF ${from === undefined ? this.#isDue(step, markers) : holdsOneOf([from], model)}`,
        "BEGIN",
        stepLine(step.revision),
        ...(from === undefined ? this.#standingLines(step) : []),
        "",
        ...statements.flatMap((statement) => [...statementLines(statement), ""]),
        ...endingLines(isOutside, next?.isOutside === true ? next.statements : []),
        ...changes,
        "END;",
      ]);
    }
  }

  batch(steps: readonly ScriptStep[]): readonly Fragment[] {
    const { model } = this;
    const batch = new Batch(model, { locksSession: steps.some((step) => partsOf(step).length > 1) });
    for (const step of steps) {
      if (!batch.isOpen) batch.begin(this.#check);
      this.#step(batch, step);
      if (model.transactionPerMigration) batch.commit();
    }
    const isLast = steps.at(-1) === model.steps.at(-1);
    return batch.end(
      isLast
        ? reached(model.plan.rowsAfter)
        : printed(`Applied: ${steps.at(-1)?.title.replace(/^Running /, "") ?? ""}`),
    );
  }
}

/**
 * A script that may be applied to any version of its range, and again: each revision stands behind a condition, and its
 * statements in EXEC, where the server does not look at what it does not run.
 */
export function idempotent(model: ScriptModel): readonly Fragment[] {
  const [first] = model.steps;
  if (first === undefined && !model.plan.purges) return [];
  if (first === undefined || first.planned.direction === "stamp") {
    throw new UnsupportedError("idempotent-stamp", "A stamp sets version rows and has nothing that could be skipped.", {
      hint: "Compile it without --idempotent; --purge takes whatever rows there are.",
    });
  }
  const script = new IdempotentScript(model);
  return stepsOfBatches(model).flatMap((steps) => script.batch(steps));
}
