import type { ScriptModel, ScriptStep } from "./model.js";
import { commentLine, stepLine, terminated, type ScriptPiece } from "./pieces.js";

/** Writes statements one behind the other, opening and closing transactions around them. */
export class TransactionWriter {
  readonly pieces: ScriptPiece[] = [];
  readonly #transactions: boolean;
  readonly #gap: string;
  #open = false;

  constructor(
    readonly model: ScriptModel,
    readonly isPlain: boolean,
  ) {
    this.#transactions = isPlain ? model.dialect.script.plainTransactions : model.transactionalDdl;
    this.#gap = isPlain ? "\n\n" : "\n";
  }

  #write(sql: string): void {
    this.pieces.push({ statement: terminated(sql, this.model.dialect.script, this.#gap) });
  }

  comment(text: string): void {
    this.pieces.push({ comment: commentLine(text) });
  }

  begin(): void {
    if (!this.#transactions || this.#open) return;
    this.#open = true;
    const { begin, terminator } = this.model.dialect.script;
    this.pieces.push({ statement: begin + terminator });
  }

  commit(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#write(this.model.dialect.script.commit);
  }

  statement(sql: string): void {
    this.#write(sql);
  }

  /** Several statements outside the transaction, with one COMMIT and one BEGIN around all of them. */
  outside(statements: readonly string[]): void {
    const reopen = this.#open;
    this.commit();
    for (const sql of statements) this.#write(sql);
    if (reopen) this.begin();
  }

  endOfRevision(): void {
    const { commitAfterRevision } = this.model.dialect.script;
    if (commitAfterRevision !== undefined && !this.isPlain && !this.#open) this.#write(commitAfterRevision);
  }

  /** The statements of a step, those outside the transaction in groups. */
  body({ statements }: ScriptStep): void {
    let outside: string[] = [];
    const flush = (): void => {
      if (outside.length > 0) this.outside(outside);
      outside = [];
    };
    for (const { sql, autocommit } of statements) {
      if (autocommit) {
        outside.push(sql);
        continue;
      }
      flush();
      this.statement(sql);
    }
    flush();
  }
}

/**
 * The steps between transaction lines: Alembic's own layout when it is plain, else the same with messages, with a
 * version table that may exist, and with what makes all statements mean the same in every session.
 */
export function transactionLayout(model: ScriptModel, isPlain: boolean): readonly ScriptPiece[] {
  const writer = new TransactionWriter(model, isPlain);
  const { plan, steps, versionTable, transactionPerMigration: perMigration } = model;
  const { opening = [], terminator } = model.dialect.script;
  if (!isPlain && opening.length > 0 && (steps.length > 0 || model.makesTableAlone)) {
    writer.pieces.push({ statement: opening.map((sql) => sql + terminator).join("\n") });
  }
  const createVersionTable = (): void => {
    for (const sql of isPlain ? versionTable.create : versionTable.createIfMissing) writer.statement(sql);
  };
  if (!perMigration || model.makesTableAlone) writer.begin();
  if (model.makesTableAlone) {
    createVersionTable();
    writer.endOfRevision();
  }
  if (plan.purges) {
    if (perMigration) writer.begin();
    if (steps.length === 0 || plan.createsVersionTable || !isPlain) createVersionTable();
    writer.statement(versionTable.purge);
    if (perMigration) writer.commit();
  }
  for (const step of steps) {
    if (perMigration) writer.begin();
    if (step.step.rowsBefore.length === 0 && !plan.purges) createVersionTable();
    writer.comment(isPlain ? stepLine(step.step) : step.title);
    writer.body(step);
    for (const { sql } of step.versionRows) writer.statement(sql);
    writer.endOfRevision();
    if (perMigration) writer.commit();
  }
  writer.commit();
  return writer.pieces;
}
