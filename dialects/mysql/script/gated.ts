import { UnsupportedError } from "../../../src/errors.js";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine, type ScriptPiece } from "../../../src/compiler/script/pieces.js";
import { closingLines, guardLines, rowsLiteral } from "./guard.js";
import { sqlString, tablesOf, type ScriptTables } from "./names.js";
import { beginProgress, createProgress, isProgressOf } from "./progress.js";
import { refuseUnpreparable, refuseUnresumable } from "./refusals.js";
import type { ServerWords } from "./server.js";
import { sessionLines } from "./session.js";
import { groupsOf, isOneTransaction, statementsOf, type ScriptStatement, type StatementGroup } from "./statements.js";
import { pendingActions, tasksOf, type Task } from "./tasks.js";

const execute = "PREPARE step FROM @sql; EXECUTE step;";
const noteErrors = "SET @all_well = @all_well AND @@error_count = 0;";
const finish = `${noteErrors} SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish;`;

/** One revision of a script, at its place in it. */
interface StepPlace {
  readonly step: ScriptStep;
  /** A condition that holds while the revision is not applied. */
  readonly isWanted: string;
  readonly hasProgress: boolean;
}

/**
 * A script every statement of which is a text that is prepared when it is wanted, and else replaced by nothing: what is
 * skipped may mention objects that are gone, and a session that lost its variables runs nothing.
 */
class GatedScript {
  readonly pieces: ScriptPiece[] = [];
  readonly tables: ScriptTables;

  constructor(
    readonly model: ScriptModel,
    readonly words: ServerWords,
    /** Goes on with a revision that is half applied. */
    readonly resumes: boolean,
  ) {
    this.tables = tablesOf(model);
  }

  lay(): readonly ScriptPiece[] {
    const { plan, steps, versionTable } = this.model;
    if (plan.purges) {
      throw new UnsupportedError("purge-unconditional", "--purge removes all version rows, whatever they are.", {
        hint: "Leave --idempotent and --resumable out.",
      });
    }
    if (steps.length === 0) return [];
    const places = steps.map((step, position): StepPlace => ({
      step,
      isWanted: `@all_well AND @applied < ${position + 1}`,
      hasProgress: !isOneTransaction(statementsOf(step)),
    }));
    this.#guard(places);
    if (plan.rowsBefore.length === 0) {
      for (const sql of versionTable.createIfMissing) this.#run(sql, "@all_well");
    }
    const needsProgress = places.some(({ hasProgress }) => hasProgress);
    if (needsProgress) this.#run(createProgress(this.tables), "@all_well");
    for (const place of places) this.#step(place);
    if (needsProgress) this.#run(`DROP TABLE ${this.tables.progress}`, "@all_well");
    this.pieces.push({ statement: closingLines(plan.rowsAfter, this.model).join("\n") });
    return this.pieces;
  }

  #guard(places: readonly StepPlace[]): void {
    const { model, words, tables } = this;
    const { plan, steps } = model;
    const states = [plan.rowsBefore, ...steps.map(({ step }) => step.rowsAfter)];
    const list = states.map((rows) => `HEX(${rowsLiteral(rows, model)})`);
    const [first, last] = [plan.rowsBefore, plan.rowsAfter].map((rows) => rowsLiteral(rows, model));
    const begun = isProgressOf(
      places.filter(({ hasProgress }) => hasProgress).map(({ step }) => step),
      model,
    );
    const lines = [
      ...sessionLines(model, words),
      "SET SESSION TRANSACTION READ WRITE;",
      ...guardLines(model, words, tables, {
        tolerated: this.resumes ? begun : undefined,
        readings: [`SET @applied = FIELD(HEX(@found), ${list.join(", ")}) - 1;`],
        versionRows: [
          {
            when: "IFNULL(@applied, -1) < 0",
            message: `CONCAT('refused: found [', @found, '], needed a state between [', ${first}, '] and [', ${last}, ']')`,
          },
        ],
      }),
    ];
    this.pieces.push({ statement: lines.join("\n") });
  }

  #lines(...lines: readonly string[]): void {
    this.pieces.push({ statement: lines.join("\n"), tight: true });
  }

  /** Runs a text when a condition holds. */
  #run(sql: string, condition: string, { tight = false, note = noteErrors, then = "" } = {}): void {
    const lines = [
      `SET @sql = IF(${condition},`,
      `${sqlString(sql)}, 'DO 0');`,
      `${execute} ${note} ${then}`.trimEnd(),
    ];
    this.pieces.push({ statement: lines.join("\n"), tight });
  }

  #step(place: StepPlace): void {
    const { step, hasProgress, isWanted } = place;
    this.pieces.push({ comment: commentLine(step.title) });
    const statements = statementsOf(step);
    for (const statement of statements) refuseUnpreparable(statement, step, this.words);
    if (hasProgress) this.#beginProgress(place);
    const groups = groupsOf(statements);
    const last = groups.at(-1);
    const rest = last?.kind === "transaction" ? last : undefined;
    for (const task of tasksOf(rest === undefined ? groups : groups.slice(0, -1), this.resumes))
      this.#task(task, place);
    this.#begin();
    if (rest !== undefined) this.#rows(rest.statements, this.#pending(rest.step, place), true);
    this.#versionRows(place, isWanted);
    this.#lines(finish);
  }

  /** The row that marks a revision as begun; a run that goes on finds it there, with the number of steps that are done. */
  #beginProgress({ step, isWanted }: StepPlace): void {
    const { model, tables } = this;
    if (!this.resumes) return this.#run(beginProgress(step, tables, model), isWanted);
    const revision = model.literal(step.step.revision.revision);
    this.pieces.push({
      statement: `SET @step = IFNULL((SELECT step FROM ${tables.progress} WHERE revision = ${revision}), -1);`,
    });
    this.#run(beginProgress(step, tables, model), `${isWanted} AND @step = -1`, { tight: true });
  }

  /** The number of steps that are done, said in a way that a skipped revision does not say of another one. */
  #stepDone(number: number, { step }: StepPlace): string {
    const revision = this.model.literal(step.step.revision.revision);
    return `UPDATE ${this.tables.progress} SET step = ${number} WHERE @all_well AND revision = ${revision} AND step < ${number};`;
  }

  /** A condition that holds while a step of the revision is still to be done. */
  #pending(number: number | undefined, { isWanted, hasProgress }: StepPlace): string {
    return this.resumes && hasProgress && number !== undefined ? `${isWanted} AND @step < ${number}` : isWanted;
  }

  #begin(): void {
    this.pieces.push({ statement: "START TRANSACTION;" });
  }

  #comments({ comments }: ScriptStatement): void {
    for (const comment of comments) this.pieces.push({ comment, tight: comment !== comments[0] });
  }

  #rows(statements: readonly ScriptStatement[], condition: string, tight: boolean): void {
    for (const statement of statements) {
      this.#comments(statement);
      this.#run(statement.sql, condition, { tight });
    }
  }

  #task(task: Task, place: StepPlace): void {
    if (task.kind === "transaction") {
      this.#begin();
      this.#rows(task.statements, this.#pending(task.step, place), true);
      this.#lines(this.#stepDone(task.step, place), finish);
      return;
    }
    if (task.kind === "alterations") return this.#alterations(task, place);
    this.#alone(task, place);
  }

  #alone({ statement, step }: Extract<StatementGroup, { kind: "alone" }>, place: StepPlace): void {
    const { sql, statement: origin } = statement;
    const done = step === undefined ? "" : this.#stepDone(step, place);
    this.#comments(statement);
    const tight = statement.comments.length > 0;
    if (!this.resumes || statement.kind === "session") {
      return this.#run(sql, place.isWanted, { tight, then: done });
    }
    if (origin.resumption === undefined || step === undefined) throw refuseUnresumable(statement, place.step);
    const { isDone } = origin.resumption;
    // only the step behind the last that is marked as done may have run without being marked
    const probe = isDone === undefined ? "" : `\n  AND NOT (@step = ${step - 1} AND ${isDone})`;
    this.#run(sql, this.#pending(step, place) + probe, { tight, then: done });
  }

  /** Changes of one table in one statement: those of them that are still to be done. */
  #alterations(task: Extract<Task, { kind: "alterations" }>, place: StepPlace): void {
    const { groups, table } = task;
    const [first, last] = [groups[0]?.step ?? 0, groups.at(-1)?.step ?? 0];
    for (const { statement } of groups) this.#comments(statement);
    const tight = groups.some(({ statement }) => statement.comments.length > 0);
    const actions = pendingActions(task, first);
    const lines = [
      `SET @sql = IF(${this.#pending(last, place)}, CONCAT(${sqlString(`ALTER TABLE ${table} `)}, CONCAT_WS(', ',`,
      `${actions.join(",\n")})), 'DO 0');`,
      `${execute} ${noteErrors} ${this.#stepDone(last, place)}`,
    ];
    this.pieces.push({ statement: lines.join("\n"), tight });
  }

  #versionRows({ step, hasProgress }: StepPlace, isWanted: string): void {
    const revision = this.model.literal(step.step.revision.revision);
    const one = `SET @all_well = @all_well AND @@error_count = 0 AND (ROW_COUNT() = 1 OR NOT (${isWanted.replace("@all_well AND ", "")}));`;
    for (const { sql } of step.versionRows) this.#run(sql, isWanted, { tight: true, note: one });
    if (hasProgress) this.#lines(`DELETE FROM ${this.tables.progress} WHERE @all_well AND revision = ${revision};`);
  }
}

/** A script for any state between the start and the end of its range: what is applied is skipped. */
export function idempotentLayout(words: ServerWords): (model: ScriptModel) => readonly ScriptPiece[] {
  return (model) => new GatedScript(model, words, false).lay();
}

/** The same, which also goes on with a revision that was cut off at any moment. */
export function resumableLayout(words: ServerWords): (model: ScriptModel) => readonly ScriptPiece[] {
  return (model) => new GatedScript(model, words, true).lay();
}
