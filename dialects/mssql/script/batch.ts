import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import {
  guardText,
  joined,
  transactionText,
  type Fragment,
  type ScriptText,
} from "../../../src/compiler/script/text.js";
import { guardVariables, lockLines, sessionLock } from "./guard.js";
import { batchEnding, batchOpening, refuseIf, stepLine, titleText } from "./session.js";

/** Refuses to go on when a statement has committed or rolled back. */
export const stillInTransaction = refuseIf(
  "@@TRANCOUNT <> 1",
  "A statement of the revision has ended the transaction of the script.",
);

/** Refuses to go on when a statement outside a transaction has begun one. */
export const stillOutside = refuseIf("@@TRANCOUNT <> 0", "A statement of the revision has left a transaction open.");

interface BatchOptions {
  /** It has parts of a revision. The session holds the lock then, so that no other run gets in between two of them. */
  readonly locksSession: boolean;
  /** Variables besides those of the guard, each with a comma behind it. */
  readonly variables?: string;
}

/**
 * A batch: one TRY around all of it, so that the first error ends it, whatever the client does then. A batch without its
 * last lines is a syntax error, since TRY needs its CATCH: where a file was cut off, nothing of the batch runs.
 */
export class Batch {
  readonly fragments: Fragment[] = [];
  readonly #locksSession: boolean;
  #isOpen = false;
  #transactions = 0;
  #isTight = true;
  /** What stands before the next lines. */
  #condition: readonly string[] = [];

  constructor(
    readonly model: ScriptModel,
    { locksSession, variables }: BatchOptions,
  ) {
    this.#locksSession = locksSession;
    this.fragments.push(batchOpening(guardVariables(model, variables), model));
    if (locksSession) this.#take(lockLines("Session", model));
  }

  /** The first lines follow the opening without a gap. */
  #take(lines: readonly ScriptText[]): void {
    if (lines.length === 0) return;
    this.fragments.push({ text: guardText(joined([...this.#condition, ...lines])), tight: this.#isTight });
    this.#condition = [];
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** What belongs to the guard that the batch opens with. */
  opening(lines: readonly string[]): void {
    this.#take(lines);
  }

  /** All that follows runs under a condition, until its end. */
  beginIf(condition: string): void {
    this.#condition = [`IF ${condition}`, "BEGIN"];
  }

  endIf(): void {
    this.fragments.push({ text: guardText("END;"), tight: true });
  }

  /** Opens a transaction, with its lock and the check of the version rows. */
  begin(check: readonly ScriptText[]): void {
    const { model } = this;
    this.#isOpen = true;
    const lock = this.#locksSession ? [] : lockLines("Transaction", model);
    this.#take([transactionText("BEGIN TRANSACTION;", "begins"), ...lock, ...check]);
    this.#isTight = false;
    this.#transactions += 1;
  }

  commit(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.fragments.push({ text: transactionText("COMMIT TRANSACTION;", "ends") });
  }

  /** What belongs to the guards and not to a revision. */
  lines(lines: readonly ScriptText[]): void {
    this.#isTight = false;
    this.#take(lines);
  }

  title(title: string, step: ScriptStep): void {
    this.fragments.push({ text: titleText(title, step) }, { text: guardText(stepLine(step.revision)), tight: true });
  }

  end(success: string): readonly Fragment[] {
    this.commit();
    if (this.#locksSession) this.lines([sessionLock.release]);
    const isWhole = this.#transactions === 1 && !this.#locksSession;
    const failure = isWhole
      ? ": everything was rolled back."
      : ": its open transaction was rolled back, what was committed before stays.";
    const goesOn = this.#locksSession ? " This file, run again, ends a revision that is half-applied." : "";
    const release = this.#locksSession ? [sessionLock.releaseIfHeld] : [];
    return [...this.fragments, batchEnding(this.model, { success, failure: failure + goesOn, release })];
  }
}

/** The steps of each batch: all of them, or for a client that knows GO one for each where each has its transaction. */
export function stepsOfBatches({
  steps,
  transactionPerMigration,
  client,
}: ScriptModel): readonly (readonly ScriptStep[])[] {
  const isSplit = transactionPerMigration && client.endsBatches && steps.length > 0;
  return isSplit ? steps.map((step) => [step]) : [steps];
}
