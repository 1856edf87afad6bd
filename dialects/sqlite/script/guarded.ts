import { UnsupportedError } from "../../../src/errors.js";
import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { commentLine, terminated, type ScriptPiece } from "../../../src/compiler/script/pieces.js";
import {
  allPassed,
  createGuard,
  createGuardWithEvidence,
  dropGuard,
  exactRows,
  hasVersionColumn,
  lineEndChecks,
  notInShell,
  noViolations,
  oneRowChanged,
  startsFrom,
  success,
  tableExists,
  tableIsThere,
} from "./guard.js";
import {
  allWithEvidence,
  createRan,
  dropRan,
  guardExists,
  inTransaction,
  noteStart,
  oneRowMoved,
  withoutNote,
} from "./evidence.js";
import { closing, opening, shellLines } from "./session.js";
import { passagesOf, transactionsOf, type Passages, type Transaction } from "./transactions.js";

/** @throws UnsupportedError where the configuration takes transactions away */
export function requireTransactions({ transactionalDdl }: ScriptModel): void {
  if (transactionalDdl) return;
  throw new UnsupportedError("guard-without-transactions", "A guard needs transactions that DDL can be part of.", {
    hint: "SQLite has them: take transactionalDdl: false out of the configuration, or compile with --plain.",
  });
}

/**
 * A script that refuses other version rows than its own, and beside another run: each transaction takes the write lock,
 * notes each check that was passed, and is rolled back unless all were.
 */
export function guarded(model: ScriptModel): readonly ScriptPiece[] {
  if (model.steps.length === 0 && !model.plan.purges && !model.makesTableAlone) return [];
  requireTransactions(model);
  return new GuardedScript(model, passagesOf(model)).pieces();
}

class GuardedScript {
  readonly #pieces: ScriptPiece[] = [];
  /** The checks of the transaction that is open. */
  #checks = 0;

  constructor(
    readonly model: ScriptModel,
    readonly parts: Passages,
  ) {}

  get #isShell(): boolean {
    return this.model.client === "sqlite3";
  }

  pieces(): readonly ScriptPiece[] {
    const { model, parts } = this;
    const { plan, transactionPerMigration, makesTableAlone } = model;
    this.#pieces.push(...opening(model, this.#isShell ? shellLines(model) : undefined, parts.withoutForeignKeys));
    const transactions = transactionsOf(parts.passages, transactionPerMigration && !plan.purges);
    // a stamp that leaves no row behind has no steps, and a transaction all the same
    const [start = { passages: [], before: [], after: [] }, ...rest] = transactions;
    this.#transaction(start, true);
    for (const transaction of rest) this.#transaction(transaction, false);
    const end = makesTableAlone ? tableIsThere(model) : success(plan.rowsAfter, model);
    this.#pieces.push(...closing(parts.withoutForeignKeys), { statement: end });
    return this.#pieces;
  }

  #write(sql: string, tight = false): void {
    this.#pieces.push({ statement: terminated(sql, this.model.dialect.script), tight });
  }

  #check(statement: string): void {
    this.#checks += 1;
    this.#pieces.push({ statement, tight: true });
  }

  /** A statement of the transaction; without the shell, that it has run is noted, since the client may go on after errors. */
  #run(statements: readonly string[]): void {
    for (const { sql, note } of this.#isShell ? statements.map(withoutNote) : allWithEvidence(statements)) {
      this.#write(sql);
      if (note !== undefined) this.#check(note);
    }
  }

  #transaction({ passages, before, after }: Transaction, isFirst: boolean): void {
    const { model } = this;
    const { plan, versionTable } = model;
    const rows = passages[0]?.step.step.rowsBefore ?? plan.rowsBefore;
    if (before.length > 0) {
      this.#begin(rows, isFirst);
      this.#end();
      for (const sql of before) this.#write(sql);
    }
    this.#begin(rows, isFirst && before.length === 0);
    if (plan.purges) this.#run([versionTable.purge]);
    for (const { step, statements } of passages) {
      this.#pieces.push({ comment: commentLine(step.title) });
      this.#run(statements);
      for (const { sql } of step.versionRows) {
        this.#write(sql);
        this.#check(this.#isShell ? oneRowChanged : oneRowMoved);
      }
    }
    this.#end();
    for (const sql of after) this.#write(sql);
  }

  #begin(rows: readonly string[], isFirst: boolean): void {
    const { model } = this;
    const { plan, versionTable } = model;
    this.#checks = 0;
    this.#pieces.push({ statement: "BEGIN IMMEDIATE;" });
    if (!this.#isShell) this.#pieces.push({ statement: inTransaction, tight: true });
    if (isFirst && plan.rowsBefore.length === 0) for (const sql of versionTable.createIfMissing) this.#write(sql);
    this.#pieces.push(
      { comment: commentLine(this.#wanted(rows)) },
      {
        statement: this.#isShell ? createGuard : createGuardWithEvidence,
        tight: true,
      },
    );
    if (!this.#isShell) this.#pieces.push({ statement: createRan, tight: true });
    if (isFirst && !this.#isShell) this.#check(notInShell(model));
    for (const check of lineEndChecks(model)) this.#check(check);
    if (model.makesTableAlone) this.#check(hasVersionColumn(model));
    else if (!plan.purges) {
      if (isFirst && plan.rowsBefore.length > 0) this.#check(tableExists(startsFrom(rows), model));
      this.#check(exactRows(rows, model));
    }
    if (!this.#isShell) this.#check(noteStart);
  }

  #wanted(rows: readonly string[]): string {
    const { plan, versionTable, makesTableAlone } = this.model;
    if (makesTableAlone) return `Guard: ${versionTable.name} has to have its column, whatever rows it holds.`;
    if (plan.purges) return `Guard: whatever rows ${versionTable.name} has, they go.`;
    return `Guard: ${versionTable.name} has to hold ${rows.length === 0 ? "nothing" : `exactly ${rows.join(", ")}`}.`;
  }

  #end(): void {
    this.#pieces.push({ comment: commentLine("All checks were passed, or all is rolled back.") });
    if (this.parts.withoutForeignKeys) this.#check(noViolations(this.model));
    if (!this.#isShell) this.#pieces.push({ statement: guardExists(this.model), tight: true });
    this.#pieces.push(
      { statement: allPassed(this.#checks, this.model), tight: true },
      ...(this.#isShell ? [] : [{ statement: dropRan, tight: true }]),
      { statement: dropGuard, tight: true },
      { statement: "COMMIT;" },
    );
  }
}
