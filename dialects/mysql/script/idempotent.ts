import { UnsupportedError } from "../../../src/errors.js";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import {
  commentText,
  guardText,
  joined,
  transactionText,
  versionRowText,
  versionTableText,
  type Fragment,
  type OwnedText,
  type ScriptText,
} from "../../../src/compiler/script/text.js";
import { closingLines, guardLines } from "./guard.js";
import { sqlString, tablesOf, type ScriptTables } from "./names.js";
import { positionsOf, type Positions } from "./positions.js";
import { beginProgress, createProgress, isProgressOf, stepDone } from "./progress.js";
import { refuseUnpreparable, refuseUnresumable } from "./unskippable.js";
import type { ServerWords } from "./server.js";
import { sessionLines } from "./session.js";
import {
  groupsOf,
  isOneTransaction,
  ownText,
  statementsOf,
  type ScriptStatement,
  type StatementGroup,
} from "./statements.js";
import { joinAlterations, pendingActions, type JoinedGroup } from "./alterations.js";

const execute = "PREPARE step FROM @sql; EXECUTE step;";
const noteErrors = "SET @all_well = @all_well AND @@error_count = 0;";
const finish = `SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; ${noteErrors}`;

/** One revision of a script, and when it runs. */
interface ConditionalStep {
  readonly step: ScriptStep;
  /** A condition that holds while the revision is not applied. */
  readonly isWanted: string;
  readonly hasProgress: boolean;
}

/**
 * A script in which every statement is a text that is prepared only where it has to run. So what is left out may mention
 * objects that are gone, and a session that has lost its variables runs nothing.
 */
class ConditionalScript {
  readonly fragments: Fragment[] = [];
  readonly tables: ScriptTables;
  readonly positions: Positions;

  constructor(
    readonly model: ScriptModel,
    readonly words: ServerWords,
    /** Goes on with a revision that is half applied. */
    readonly resumes: boolean,
  ) {
    this.tables = tablesOf(model);
    this.positions = positionsOf(model, this.tables, resumes);
  }

  lay(): readonly Fragment[] {
    const { plan, steps, versionTable } = this.model;
    if (plan.purges) {
      throw new UnsupportedError("purge-unconditional", "--purge removes all version rows, whatever they are.", {
        hint: "Leave --idempotent and --resumable out.",
      });
    }
    if (steps.length === 0) return [];
    const conditionals = steps.map((step): ConditionalStep => ({
      step,
      isWanted: `@all_well AND ${this.positions.isWanted(step)}`,
      hasProgress: !isOneTransaction(statementsOf(step)),
    }));
    this.#guard(conditionals);
    if (plan.rowsBefore.length === 0) {
      for (const sql of versionTable.createIfMissing) this.#run(versionTableText(sqlString(sql)), "@all_well");
    }
    const needsProgress = conditionals.some(({ hasProgress }) => hasProgress);
    if (needsProgress) this.#run(sqlString(createProgress(this.tables)), "@all_well");
    for (const conditional of conditionals) this.#step(conditional);
    if (needsProgress) this.#run(sqlString(`DROP TABLE ${this.tables.progress}`), "@all_well");
    this.#push(guardText(closingLines(this.model).join("\n")));
    return this.fragments;
  }

  #guard(conditionals: readonly ConditionalStep[]): void {
    const { model, words, tables, positions } = this;
    const withProgress = conditionals.filter(({ hasProgress }) => hasProgress).map(({ step }) => step);
    const lines = [
      ...sessionLines(model, words),
      "SET SESSION TRANSACTION READ WRITE;",
      ...guardLines(model, words, tables, {
        tolerated: this.resumes ? isProgressOf(withProgress, model) : undefined,
        readings: positions.readings,
        versionRows: positions.refusals,
      }),
    ];
    this.#push(guardText(lines.join("\n")));
  }

  #push(text: OwnedText, tight = false): void {
    this.fragments.push({ text, tight });
  }

  /** Ends a transaction. */
  #finish(): void {
    this.#push(transactionText(finish, "ends"), true);
  }

  /** Runs a text, which is given as a string of SQL, when a condition holds. */
  #run(text: ScriptText, condition: string, { tight = false, note = noteErrors, then = "" } = {}): void {
    const lines = [`SET @sql = IF(${condition},`, [text, ", 'DO 0');"], `${execute} ${note} ${then}`.trimEnd()];
    this.#push(guardText(joined(lines)), tight);
  }

  #step(conditional: ConditionalStep): void {
    const { step, hasProgress } = conditional;
    this.#push(commentText(commentLine(step.title), step));
    const before = this.positions.before(step);
    if (before.length > 0) this.#push(guardText(before.join("\n")));
    const statements = statementsOf(step);
    for (const statement of statements) refuseUnpreparable(statement, step, this.words);
    if (hasProgress) this.#beginProgress(conditional);
    const groups = groupsOf(statements);
    const last = groups.at(-1);
    const rest = last?.kind === "transaction" ? last : undefined;
    for (const group of joinAlterations(rest === undefined ? groups : groups.slice(0, -1), this.resumes))
      this.#group(group, conditional);
    this.#begin();
    if (rest !== undefined) this.#rows(rest.statements, rest.step, conditional);
    this.#versionRows(conditional);
    this.#finish();
  }

  /** The row that marks a revision as begun; a run that goes on finds it there, with the number of steps that are done. */
  #beginProgress({ step, isWanted }: ConditionalStep): void {
    const { model, tables } = this;
    if (!this.resumes) return this.#run(sqlString(beginProgress(step, tables, model)), isWanted);
    const revision = model.literal(step.revision);
    this.#push(
      guardText(`SET @step = IFNULL((SELECT step FROM ${tables.progress} WHERE revision = ${revision}), -1);`),
    );
    this.#run(sqlString(beginProgress(step, tables, model)), `${isWanted} AND @step = -1`, { tight: true });
  }

  /** Notes the number of steps that are done, unless the revision is left out. */
  #stepDone(number: number, { step }: ConditionalStep): string {
    const revision = this.model.literal(step.revision);
    return `${stepDone(number, this.tables, `@all_well AND revision = ${revision} AND step < ${number}`)};`;
  }

  /** A condition that holds while a step of the revision is still to be done. */
  #pending(number: number | undefined, { isWanted, hasProgress }: ConditionalStep): string {
    return this.resumes && hasProgress && number !== undefined ? `${isWanted} AND @step < ${number}` : isWanted;
  }

  #begin(): void {
    this.#push(transactionText("START TRANSACTION;", "begins"));
  }

  #comments(statement: ScriptStatement): void {
    for (const [position, comment] of statement.comments.entries()) {
      this.#push(ownText(statement, comment), position > 0);
    }
  }

  /** Statements of one transaction. What is for the session is said in each run, also where the rows are written. */
  #rows(statements: readonly ScriptStatement[], step: number | undefined, conditional: ConditionalStep): void {
    for (const statement of statements) {
      const condition = statement.kind === "session" ? conditional.isWanted : this.#pending(step, conditional);
      this.#comments(statement);
      this.#run(ownText(statement, sqlString(statement.sql)), condition, { tight: true });
    }
  }

  #group(group: JoinedGroup, conditional: ConditionalStep): void {
    if (group.kind === "transaction") {
      this.#begin();
      this.#rows(group.statements, group.step, conditional);
      this.#push(guardText(`${this.#stepDone(group.step, conditional)} ${noteErrors}`), true);
      return this.#finish();
    }
    if (group.kind === "alterations") return this.#alterations(group, conditional);
    this.#alone(group, conditional);
  }

  #alone({ statement, step }: Extract<StatementGroup, { kind: "alone" }>, conditional: ConditionalStep): void {
    const text = ownText(statement, sqlString(statement.sql));
    const { resumption } = statement.statement;
    const done = step === undefined ? "" : this.#stepDone(step, conditional);
    this.#comments(statement);
    const tight = statement.comments.length > 0;
    if (!this.resumes || statement.kind === "session") {
      return this.#run(text, conditional.isWanted, { tight, then: done });
    }
    if (resumption === undefined || step === undefined) throw refuseUnresumable(statement, conditional.step);
    const { isDone } = resumption;
    // only the step behind the last that is marked as done may have run without being marked
    const probe = isDone === undefined ? "" : `\n  AND NOT (@step = ${step - 1} AND ${isDone})`;
    this.#run(text, this.#pending(step, conditional) + probe, { tight, then: done });
  }

  /** Changes of one table in one statement: those of them that are still to be done. */
  #alterations(group: Extract<JoinedGroup, { kind: "alterations" }>, conditional: ConditionalStep): void {
    const { groups, table } = group;
    const [first, last] = [groups[0]?.step ?? 0, groups.at(-1)?.step ?? 0];
    for (const { statement } of groups) this.#comments(statement);
    const tight = groups.some(({ statement }) => statement.comments.length > 0);
    const actions = pendingActions(group, first);
    const lines = [
      `SET @sql = IF(${this.#pending(last, conditional)}, CONCAT(${sqlString(`ALTER TABLE ${table} `)}, CONCAT_WS(', ',`,
      [joined(actions, ",\n"), ")), 'DO 0');"],
      `${execute} ${noteErrors} ${this.#stepDone(last, conditional)}`,
    ];
    this.#push(guardText(joined(lines)), tight);
  }

  #versionRows({ step, hasProgress, isWanted }: ConditionalStep): void {
    const revision = this.model.literal(step.revision);
    const isSkipped = `NOT ${this.positions.isWanted(step)}`;
    const noteOneRow = `SET @all_well = @all_well AND @@error_count = 0 AND (ROW_COUNT() = 1 OR ${isSkipped});`;
    for (const { sql, hitsOne } of this.positions.rowChanges(step)) {
      const text = versionRowText(sqlString(sql), step);
      this.#run(text, isWanted, { tight: true, note: hitsOne ? noteOneRow : noteErrors });
    }
    if (!hasProgress) return;
    const forget = `DELETE FROM ${this.tables.progress} WHERE @all_well AND revision = ${revision}; ${noteErrors}`;
    this.#push(guardText(forget), true);
  }
}

/** A script for any state between the start and the end of its range: what is applied is skipped. */
export function idempotentLayout(words: ServerWords): (model: ScriptModel) => readonly Fragment[] {
  return (model) => new ConditionalScript(model, words, false).lay();
}

/** The same, which also goes on with a revision that was cut off at any moment. */
export function resumableLayout(words: ServerWords): (model: ScriptModel) => readonly Fragment[] {
  return (model) => new ConditionalScript(model, words, true).lay();
}
