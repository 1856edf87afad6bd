import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import {
  commentText,
  guardText,
  type Fragment,
  type OwnedText,
  type ScriptText,
} from "../../../src/compiler/script/text.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { UnsupportedError } from "../../../src/errors.js";
import { AppliedRevisions, type AnyRowChange } from "../../shared/applied-revisions.js";
import { markerChange } from "../../shared/half-applied.js";
import {
  checkLines,
  holds,
  keepLockLine,
  lockGuard,
  makeTableIfNone,
  rangeGuard,
  releaseLockLine,
  rowChangeLines,
  rowLinesOf,
} from "./guard.js";
import { openingLines, outsideFragments } from "./outside-layout.js";
import type { OutsideStatement } from "./outside.js";
import { markersOf, partsOf, sortedRows, titleOf, type Part } from "./parts.js";
import { doBlock, executed } from "./text.js";
import { begin, closing, commit, opening } from "./session.js";

/**
 * A script that may be applied to any version of its range, and again: each revision is one block, which looks whether
 * it is applied and then does nothing. EXECUTE keeps the server from looking at statements that are not run, which may
 * speak of what later revisions have removed.
 */
export function idempotent(model: ScriptModel): readonly Fragment[] {
  const [first] = model.steps;
  if (first === undefined && !model.plan.purges) return [];
  if (first === undefined || first.planned.direction === "stamp") {
    throw new UnsupportedError("idempotent-stamp", "A stamp sets version rows and has nothing that could be skipped.", {
      hint: "Compile it without --idempotent; --purge takes whatever rows there are.",
    });
  }
  return [...opening(model), ...new IdempotentScript(model).fragments(), ...closing(model)];
}

/** The transactions of an idempotent script, opened when something is to be written into them. */
class IdempotentScript {
  readonly #fragments: Fragment[] = [];
  readonly #applied: AppliedRevisions;
  readonly #markers: readonly string[];
  #isOpen = false;
  #hasTable = false;

  constructor(readonly model: ScriptModel) {
    this.#applied = new AppliedRevisions(model);
    this.#markers = model.steps.flatMap((step) => {
      const parts = partsOf(step, model);
      return parts.length === 1 ? [] : markersOf(step, parts);
    });
  }

  fragments(): readonly Fragment[] {
    const { model } = this;
    for (const step of model.steps) {
      const parts = partsOf(step, model);
      if (parts.length === 1) this.#revision(step, step.title, parts[0]?.statements as readonly Statement[]);
      else this.#split(step, parts);
      if (model.transactionPerMigration) this.#commit();
    }
    this.#commit();
    return this.#fragments;
  }

  #begin(step: ScriptStep): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    const { plan, versionTable } = this.model;
    this.#fragments.push(begin(this.model));
    if (this.#looksForItself(step)) {
      const lock = `LOCK TABLE ${versionTable.qualified} IN SHARE ROW EXCLUSIVE MODE;`;
      this.#fragments.push({ text: lockGuard(this.model) }, { text: guardText(lock) });
      return;
    }
    this.#fragments.push({ text: this.#guard([]) });
    if (plan.rowsBefore.length === 0 && !this.#hasTable) {
      this.#fragments.push(...makeTableIfNone(this.model).map((text) => ({ text })));
    }
    this.#hasTable = true;
  }

  /**
   * Whether a later transaction needs no guard that knows all revisions, which would make the script grow with the square of
   * their number: its one revision runs only on the row that it replaces, whatever became of the others since the first guard.
   */
  #looksForItself({ planned }: ScriptStep): boolean {
    if (!this.#hasTable || !this.model.transactionPerMigration || planned.direction !== "upgrade") return false;
    return this.#applied.due(planned.revision).unless.length === 0;
  }

  #commit(): void {
    if (this.#isOpen) this.#fragments.push(commit);
    this.#isOpen = false;
  }

  #guard(then: readonly string[]): OwnedText {
    const { model } = this;
    return rangeGuard(model, {
      known: sortedRows([...this.#applied.known, ...this.#markers]),
      start: this.#applied.below,
      then,
      hasTable: this.#hasTable,
    });
  }

  /** A block that ends at once when the version rows say that there is nothing to do for it. */
  #block(step: ScriptStep, title: string, unless: string, lines: readonly ScriptText[]): void {
    const text = doBlock("revision", [`IF ${unless} THEN`, "  RETURN;", "END IF;", ...lines]);
    this.#fragments.push({ text: commentText(commentLine(title), step) }, { text: guardText(text), tight: true });
  }

  /** Whether a step has been done already, or was never to be done: what it would take down, or stands on, is not there. */
  #isDone({ planned, revision }: ScriptStep, markers: readonly string[]): string {
    const { model } = this;
    const isUpgrade = planned.direction === "upgrade";
    const { needs, unless } = isUpgrade ? this.#applied.due(planned.revision) : { needs: [[revision]], unless: [] };
    const done = [...unless, ...markers];
    const reasons = [
      ...needs.map((rows) => `NOT ${holds(rows, model)}`),
      ...(done.length === 0 ? [] : [holds(sortedRows(done), model)]),
    ];
    return reasons.join(" OR ");
  }

  /** PL/pgSQL that changes the version rows after a step. */
  #rowLines(step: ScriptStep): readonly ScriptText[] {
    return rowLinesOf(
      step,
      this.#applied.changes(step.planned).flatMap((change) => this.#rowChange(change)),
    );
  }

  #rowChange(change: AnyRowChange): readonly string[] {
    const { versionTable, literal } = this.model;
    const table = versionTable.qualified;
    switch (change.change) {
      case "remove":
        return [
          `DELETE FROM ${table} WHERE version_num IN (${change.versions.map((version) => literal(version)).join(", ")});`,
        ];
      case "delete":
        return rowChangeLines([markerChange(change.version, undefined, this.model)], this.model);
      case "insert":
        return rowChangeLines([markerChange(undefined, change.version, this.model)], this.model);
      case "reopen": {
        const row = literal(change.version);
        return [`INSERT INTO ${table} (version_num) SELECT ${row} WHERE NOT ${holds(change.unless, this.model)};`];
      }
    }
  }

  #revision(step: ScriptStep, title: string, statements: readonly Statement[]): void {
    this.#begin(step);
    this.#block(step, title, this.#isDone(step, []), [
      ...statements.map((statement) => executed(statement, step)),
      ...this.#rowLines(step),
    ]);
  }

  #split(step: ScriptStep, parts: readonly Part[]): void {
    const { model } = this;
    const { revision } = step;
    if (!model.client.skipsStatements) {
      throw new UnsupportedError(
        "needs-psql",
        `Revision ${revision} has statements outside a transaction, which only psql can leave out where they are applied.`,
        {
          hint: "Compile with --client psql, or without --idempotent for the version rows that the database has.",
          data: { revision },
        },
      );
    }
    const markers = [...markersOf(step, parts)];
    let reached: string | undefined;
    for (const [index, part] of parts.entries()) {
      const title = titleOf(step, parts, index);
      if (part.kind === "outside") {
        this.#commit();
        this.#outside(step, title, part.statements, reached as string);
        continue;
      }
      const checks = outsideStatements(parts[index - 1]);
      const obstacles = outsideStatements(parts[index + 1]);
      const next = markers.shift();
      this.#begin(step);
      this.#block(
        step,
        title,
        reached === undefined ? this.#isDone(step, markersOf(step, parts)) : `NOT ${holds([reached], this.model)}`,
        [
          ...checks.flatMap(({ undone }) => (undone === undefined ? [] : checkLines(undone, model))),
          next === undefined ? releaseLockLine : keepLockLine(model),
          ...part.statements.map((statement) => executed(statement, step)),
          ...obstacles.flatMap(({ obstacle }) => (obstacle === undefined ? [] : checkLines(obstacle, model))),
          ...rowLinesOf(step, rowChangeLines([markerChange(reached, next, model)], model)),
          ...(next === undefined ? this.#rowLines(step) : []),
        ],
      );
      if (next !== undefined) this.#commit();
      reached = next;
    }
  }

  #outside(step: ScriptStep, title: string, statements: readonly OutsideStatement[], reached: string): void {
    const { model } = this;
    const guard = this.#guard([
      `IF NOT ${holds([reached], this.model)} THEN`,
      "  RETURN;",
      "END IF;",
      ...openingLines(statements, model),
    ]);
    this.#fragments.push(
      ...outsideFragments(model, {
        step,
        title,
        guard,
        statements,
        condition: holds([reached], model),
      }),
    );
  }
}

function outsideStatements(part: Part | undefined): readonly OutsideStatement[] {
  return part?.kind === "outside" ? part.statements : [];
}
