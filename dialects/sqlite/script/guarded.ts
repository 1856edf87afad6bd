import { UnsupportedError } from "../../../src/errors.js";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import { terminated, withComments } from "../../../src/compiler/script/terminated.js";
import {
  commentText,
  fromStatement,
  guardText,
  transactionText,
  versionRowText,
  versionTableText,
  type Fragment,
  type OwnedText,
} from "../../../src/compiler/script/text.js";
import type { Statement } from "../../../src/compiler/statement.js";
import {
  allPassed,
  createGuard,
  createGuardOfRuns,
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
  allChecked,
  createRan,
  dropRan,
  guardExists,
  inTransaction,
  noteStart,
  oneRowMoved,
  checked,
  unchecked,
} from "./run-checks.js";
import { closing, opening, shellLines } from "./session.js";
import { partsOf, transactionsOf, type RevisionParts, type Transaction } from "./parts.js";

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
export function guarded(model: ScriptModel): readonly Fragment[] {
  if (model.steps.length === 0 && !model.plan.purges && !model.makesTableAlone) return [];
  requireTransactions(model);
  return new GuardedScript(model, partsOf(model)).fragments();
}

class GuardedScript {
  readonly #fragments: Fragment[] = [];
  /** The checks of the transaction that is open. */
  #checks = 0;

  constructor(
    readonly model: ScriptModel,
    readonly revisions: RevisionParts,
  ) {}

  get #isShell(): boolean {
    return this.model.client.obeysSettings;
  }

  fragments(): readonly Fragment[] {
    const { model } = this;
    const { parts, withoutForeignKeys } = this.revisions;
    const { plan, transactionPerMigration, makesTableAlone } = model;
    this.#fragments.push(...opening(model, this.#isShell ? shellLines(model) : undefined, withoutForeignKeys));
    const transactions = transactionsOf(parts, transactionPerMigration && !plan.purges);
    // a stamp that leaves no row behind has no steps, but it needs a transaction, too
    const [start = { parts: [] }, ...rest] = transactions;
    this.#transaction(start, true);
    for (const transaction of rest) this.#transaction(transaction, false);
    const end = makesTableAlone ? tableIsThere(model) : success(plan.rowsAfter, model);
    this.#fragments.push(...closing(withoutForeignKeys));
    this.#push(guardText(end));
    return this.#fragments;
  }

  #push(text: OwnedText, tight = false): void {
    this.#fragments.push({ text, tight });
  }

  #terminated(sql: string): string {
    return terminated(sql, this.model.dialect.script);
  }

  #check(statement: string): void {
    this.#checks += 1;
    this.#push(guardText(statement), true);
  }

  /** Statements of the transaction; without the shell, that they have run is noted, since the client may go on after errors. */
  #run(statements: readonly Statement[], step: ScriptStep): void {
    const all = this.#isShell ? statements.map(unchecked) : allChecked(statements);
    for (const { statement, sql, note } of all) {
      this.#push(fromStatement(this.#terminated(sql), statement, step));
      if (note !== undefined) this.#check(note);
    }
  }

  #outside(statements: readonly Statement[], step: ScriptStep): void {
    for (const statement of statements) {
      this.#push(fromStatement(this.#terminated(withComments(statement)), statement, step));
    }
  }

  #purge(): void {
    const { purge } = this.model.versionTable;
    for (const { sql, note } of this.#isShell ? [{ sql: purge, note: undefined }] : checked(purge)) {
      this.#push(versionTableText(this.#terminated(sql)));
      if (note !== undefined) this.#check(note);
    }
  }

  #transaction({ parts }: Transaction, isFirst: boolean): void {
    const { plan } = this.model;
    const [first] = parts;
    const last = parts.at(-1);
    const rows = first?.step.planned.rowsBefore ?? plan.rowsBefore;
    const standsBehind = first !== undefined && first.before.length > 0;
    if (standsBehind) {
      this.#begin(rows, isFirst);
      this.#end();
      this.#outside(first.before, first.step);
    }
    this.#begin(rows, isFirst && !standsBehind);
    if (plan.purges) this.#purge();
    for (const { step, statements } of parts) {
      this.#push(commentText(commentLine(step.title), step));
      this.#run(statements, step);
      for (const { sql } of step.versionRows) {
        this.#push(versionRowText(this.#terminated(sql), step));
        this.#check(this.#isShell ? oneRowChanged : oneRowMoved);
      }
    }
    this.#end();
    if (last !== undefined) this.#outside(last.after, last.step);
  }

  #begin(rows: readonly string[], isFirst: boolean): void {
    const { model } = this;
    const { plan, versionTable } = model;
    this.#checks = 0;
    this.#push(transactionText("BEGIN IMMEDIATE;", "begins"));
    if (!this.#isShell) this.#push(guardText(inTransaction), true);
    if (isFirst && plan.rowsBefore.length === 0) {
      for (const sql of versionTable.createIfMissing) this.#push(versionTableText(this.#terminated(sql)));
    }
    this.#push(commentText(commentLine(this.#wanted(rows))));
    this.#push(guardText(this.#isShell ? createGuard : createGuardOfRuns), true);
    if (!this.#isShell) this.#push(guardText(createRan), true);
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
    if (makesTableAlone) return `Guard: refuses unless ${versionTable.name} has its column. Its rows do not matter.`;
    if (plan.purges) return `No guard: all rows of ${versionTable.name} are removed, whatever they are.`;
    return `Guard: refuses unless ${versionTable.name} ${rows.length === 0 ? "is empty" : `holds exactly ${rows.join(", ")}`}.`;
  }

  #end(): void {
    this.#push(commentText(commentLine("Rolls back the whole transaction unless all checks were passed.")));
    if (this.revisions.withoutForeignKeys) this.#check(noViolations(this.model));
    if (!this.#isShell) this.#push(guardText(guardExists(this.model)), true);
    this.#push(guardText(allPassed(this.#checks, this.model)), true);
    if (!this.#isShell) this.#push(guardText(dropRan), true);
    this.#push(guardText(dropGuard), true);
    this.#push(transactionText("COMMIT;", "ends"));
  }
}
