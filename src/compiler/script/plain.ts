import type { Statement } from "../statement.js";
import { commentLine, stepLine } from "./comments.js";
import type { ScriptModel, ScriptStep } from "./model.js";
import { terminated, withComments } from "./terminated.js";
import {
  commentText,
  fromStatement,
  transactionText,
  versionRowText,
  versionTableText,
  type Fragment,
  type OwnedText,
} from "./text.js";

/** Writes statements one behind the other, opening and closing transactions around them. */
class PlainScript {
  readonly fragments: Fragment[] = [];
  #isOpen = false;

  constructor(readonly model: ScriptModel) {}

  write(text: OwnedText): void {
    this.fragments.push({ text });
  }

  #terminated(sql: string): string {
    return terminated(sql, this.model.dialect.script, "\n\n");
  }

  begin(): void {
    const { begin, terminator, plainTransactions } = this.model.dialect.script;
    if (!plainTransactions || this.#isOpen) return;
    this.#isOpen = true;
    this.write(transactionText(begin + terminator, "begins"));
  }

  commit(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.write(transactionText(this.#terminated(this.model.dialect.script.commit), "ends"));
  }

  createVersionTable(): void {
    for (const sql of this.model.versionTable.create) this.write(versionTableText(this.#terminated(sql)));
  }

  purge(): void {
    this.write(versionTableText(this.#terminated(this.model.versionTable.purge)));
  }

  #statement(statement: Statement, step: ScriptStep): void {
    this.write(fromStatement(this.#terminated(withComments(statement)), statement, step));
  }

  /** The statements of a step; neighbours outside the transaction have one COMMIT and one BEGIN around all of them. */
  #statements(step: ScriptStep): void {
    let reopens = false;
    for (const statement of step.statements) {
      if (statement.autocommit && this.#isOpen) {
        this.commit();
        reopens = true;
      } else if (!statement.autocommit && reopens) {
        this.begin();
        reopens = false;
      }
      this.#statement(statement, step);
    }
    if (reopens) this.begin();
  }

  step(step: ScriptStep): void {
    this.write(commentText(commentLine(stepLine(step.planned)), step));
    this.#statements(step);
    for (const { sql } of step.versionRows) this.write(versionRowText(this.#terminated(sql), step));
  }
}

/** Alembic's own layout: the steps between transaction lines, and nothing else. */
export function plain(model: ScriptModel): readonly Fragment[] {
  const script = new PlainScript(model);
  const { plan, steps, transactionPerMigration: perMigration } = model;
  if (!perMigration || model.makesTableAlone) script.begin();
  if (model.makesTableAlone) script.createVersionTable();
  if (plan.purges) {
    if (perMigration) script.begin();
    if (steps.length === 0 || plan.createsVersionTable) script.createVersionTable();
    script.purge();
    if (perMigration) script.commit();
  }
  for (const step of steps) {
    if (perMigration) script.begin();
    if (step.planned.rowsBefore.length === 0 && !plan.purges) script.createVersionTable();
    script.step(step);
    if (perMigration) script.commit();
  }
  script.commit();
  return script.fragments;
}
