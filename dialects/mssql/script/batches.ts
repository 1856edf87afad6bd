import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import type { ScriptPiece } from "../../../src/compiler/script/pieces.js";
import { guardVariables, lockLines, sessionLock } from "./guard.js";
import { batchEnding, batchOpening, commentPiece, refuseIf, stepLine } from "./session.js";
import { executionsOf } from "./statements.js";

/** Refuses to go on when a statement has committed or rolled back. */
export const stillInTransaction = refuseIf(
  "@@TRANCOUNT <> 1",
  "A statement of the revision has ended the transaction of the script.",
);

/**
 * A batch: one TRY over all that it does, so that the first error ends it, whatever the client does then. Nothing of a
 * batch that is not there to its last line is run at all, since TRY and CATCH need each other.
 */
export class Batch {
  readonly pieces: ScriptPiece[] = [];
  readonly #locksSession: boolean;
  #isOpen = false;
  #transactions = 0;

  constructor(
    readonly model: ScriptModel,
    steps: readonly ScriptStep[],
  ) {
    this.#locksSession = steps.some(({ statements }) => statements.some(({ autocommit }) => autocommit));
    this.pieces.push(batchOpening(guardVariables(model), model));
    if (this.#locksSession) this.#take(lockLines("Session", model));
  }

  #take(lines: readonly string[]): void {
    this.pieces.push({ statement: lines.join("\n"), tight: true });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Opens a transaction, with its lock and the check of the version rows. */
  begin(check: readonly string[]): void {
    const { model } = this;
    this.#isOpen = true;
    const lines = ["BEGIN TRANSACTION;", ...(this.#locksSession ? [] : lockLines("Transaction", model)), ...check];
    const isFirst = this.pieces.every(({ tight }, position) => position === 0 || tight === true);
    this.pieces.push({ statement: lines.join("\n"), tight: isFirst });
    this.#transactions += 1;
  }

  commit(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.pieces.push({ statement: "COMMIT TRANSACTION;" });
  }

  /** What belongs to the guards and not to a revision. */
  lines(lines: readonly string[]): void {
    if (lines.length > 0) this.pieces.push({ statement: lines.join("\n") });
  }

  title({ title, step }: ScriptStep): void {
    this.pieces.push(commentPiece(title), { statement: stepLine(step.revision.revision), tight: true });
  }

  /** The statements of a step, those outside a transaction behind a check of their own. */
  body(step: ScriptStep, check: readonly string[]): void {
    let isOutsideNow = false;
    for (const { lines, isOutside } of executionsOf(step)) {
      if (isOutside && !isOutsideNow) {
        this.commit();
        this.lines(check);
      } else if (!isOutside && !this.#isOpen) this.begin(check);
      isOutsideNow = isOutside;
      this.lines(lines);
    }
    if (!this.#isOpen) this.begin(check);
  }

  /** The changes of the version rows, behind the statements of a revision. */
  rows(lines: readonly string[]): void {
    this.lines([stillInTransaction, ...lines]);
  }

  end(success: string): readonly ScriptPiece[] {
    this.commit();
    if (this.#locksSession) this.lines([sessionLock.release]);
    const isWhole = this.#transactions === 1 && !this.#locksSession;
    const failure = isWhole
      ? ": everything was rolled back."
      : ": its open transaction was rolled back, what was committed before stays.";
    const release = this.#locksSession ? [sessionLock.releaseIfHeld] : [];
    return [...this.pieces, batchEnding(this.model, { success, failure, release })];
  }
}

/** The steps of each batch: all of them, or for a client that knows GO one for each where each has its transaction. */
export function stepsOfBatches({
  steps,
  transactionPerMigration,
  client,
}: ScriptModel): readonly (readonly ScriptStep[])[] {
  const isSplit = transactionPerMigration && client === "sqlcmd" && steps.length > 0;
  return isSplit ? steps.map((step) => [step]) : [steps];
}
