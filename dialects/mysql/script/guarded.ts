import type { ScriptModel, ScriptStep, VersionRowStatement } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import { terminated } from "../../../src/compiler/script/terminated.js";
import {
  commentText,
  guardText,
  transactionText,
  versionRowText,
  versionTableText,
  type Fragment,
  type OwnedText,
} from "../../../src/compiler/script/text.js";
import type { OperationKind } from "../../../src/operations/index.js";
import { bodyText } from "./text.js";
import { closingLines, guardLines, rowsLiteral, sameText } from "./guard.js";
import type { Refusal } from "./refusal.js";
import { sqlString, tablesOf, type ScriptTables } from "./names.js";
import { beginProgress, createProgress, endProgress, isProgressOf, stepDone } from "./progress.js";
import type { ServerWords } from "./server.js";
import { sessionLines } from "./session.js";
import { groupsOf, isOneTransaction, ownText, statementsOf, type ScriptStatement } from "./statements.js";
import { wholeOnly } from "./text.js";

/**
 * The lines behind a statement. The session is closed to changes, and opened again by `go_on` while all is well: a
 * client that goes on after errors changes nothing more, nor does one that connects again and so loses `go_on`.
 */
const noteErrors = "SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY;";
const noteOneRow =
  "SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY;";
const noteErrorsToo = "SET @all_well = @all_well AND @@error_count = 0;";
const goOn = "EXECUTE go_on;";
const finish =
  "SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;";

/** Operations whose first statement fails when it has run before, or does the same again. */
const repeatable: ReadonlySet<OperationKind> = new Set<OperationKind>([
  ...(["createTable", "dropTable", "renameTable", "addColumn", "alterColumn", "dropColumn"] as const),
  ...(["createIndex", "dropIndex", "dropConstraint", "tableComment"] as const),
]);

/** A revision whose first statement fails when it has run already may be begun again while no step of it is marked as done. */
function mayBeginAgain(step: ScriptStep): boolean {
  const statements = statementsOf(step);
  if (isOneTransaction(statements)) return false;
  const [first] = groupsOf(statements);
  if (first?.kind !== "alone") return true;
  return (
    first.statement.statement.operation.kind !== "execute" && repeatable.has(first.statement.statement.operation.kind)
  );
}

class GuardedScript {
  readonly fragments: Fragment[] = [];
  readonly tables: ScriptTables;
  /** Statements that go into the next transaction of version rows. */
  #purge: readonly string[] = [];

  constructor(
    readonly model: ScriptModel,
    readonly words: ServerWords,
  ) {
    this.tables = tablesOf(model);
  }

  lay(): readonly Fragment[] {
    const { plan, steps, versionTable, makesTableAlone } = this.model;
    if (steps.length === 0 && !plan.purges && !makesTableAlone) return [];
    const stepsWithProgress = steps.filter((step) => !isOneTransaction(statementsOf(step)));
    this.#guard();
    if (plan.rowsBefore.length === 0) {
      for (const sql of versionTable.createIfMissing) this.#alone(versionTableText(this.#whole(sql)));
    }
    if (stepsWithProgress.length > 0) this.#alone(guardText(this.#whole(createProgress(this.tables))));
    if (plan.purges) this.#purge = [versionTable.purge];
    for (const step of steps) this.#step(step, stepsWithProgress.includes(step));
    if (this.#purge.length > 0) this.#versionRows(undefined, false, false);
    if (stepsWithProgress.length > 0) this.#dropProgress();
    this.#push(guardText(closingLines(this.model).join("\n")));
    return this.fragments;
  }

  #guard(): void {
    const { model, words, tables } = this;
    const { plan, steps, versionTable, makesTableAlone } = model;
    const takesAllRows = plan.purges || makesTableAlone;
    const [first] = steps;
    const wanted = plan.rowsBefore.join(", ");
    const wrongRows: Refusal = {
      when: `NOT (${sameText("@found", rowsLiteral(plan.rowsBefore, model))})`,
      message: `CONCAT('refused: found [', @found, ${model.literal(`], needed [${wanted}]`)})`,
    };
    const begun = first !== undefined && mayBeginAgain(first) ? isProgressOf([first], model) : undefined;
    const rows = plan.rowsBefore.length === 0 ? "is empty or missing" : `holds exactly ${wanted}`;
    this.#explain(
      takesAllRows
        ? "Guard: refuses while another run is at work."
        : `Guard: refuses unless ${versionTable.qualified} ${rows}, no other run is at work and no revision is half-applied.`,
      "A client may go on after an error. So each statement is followed by a line that looks for errors: after the first one the session can change nothing more.",
      "Statements stand in comments that the server runs: where a file was cut off, the last comment has no end, and nothing of it runs.",
    );
    const lines = [
      ...sessionLines(model, words),
      "SET SESSION TRANSACTION READ ONLY;",
      ...guardLines(model, words, tables, {
        versionRows: takesAllRows ? [] : [wrongRows],
        tolerated: takesAllRows ? "TRUE" : begun && `${begun} AND step = 0`,
      }),
      `SET @guard = ${words.goingOn}; PREPARE go_on FROM @guard; EXECUTE go_on;`,
    ];
    this.#push(guardText(lines.join("\n")), true);
    if (!plan.purges) return;
    const forget = `SET @guard = IF(${tables.hasProgress}, ${sqlString(endProgress(tables))}, 'DO 0'); PREPARE guard FROM @guard; EXECUTE guard;`;
    this.#push(guardText(forget));
    this.#behind(noteErrors, goOn);
  }

  #explain(...texts: readonly string[]): void {
    for (const [position, text] of texts.entries()) this.#push(commentText(commentLine(text)), position > 0);
  }

  /** As a prepared text: it must not run in another session, and a name that was cut short would be that of another table. */
  #dropProgress(): void {
    const drop = sqlString(`DROP TABLE ${this.tables.progress}`);
    const line = `SET @finish = IF(@all_well, ${drop}, 'DO 0'); PREPARE finish FROM @finish; EXECUTE finish;`;
    this.#push(guardText(line));
    this.#behind(noteErrors, goOn);
  }

  #push(text: OwnedText, tight = false): void {
    this.fragments.push({ text, tight });
  }

  #terminated(sql: string): string {
    return terminated(sql, this.model.dialect.script);
  }

  #whole(sql: string): string {
    return this.#terminated(wholeOnly(sql));
  }

  #behind(...lines: readonly string[]): void {
    this.#push(guardText(lines.join(" ")), true);
  }

  /** Ends a transaction. */
  #finish(): void {
    this.#push(transactionText(finish, "ends"), true);
  }

  /** A statement that commits by itself. */
  #alone(text: OwnedText): void {
    this.#push(text);
    this.#behind(noteErrors, goOn);
  }

  #comments(statement: ScriptStatement): void {
    for (const [position, comment] of statement.comments.entries()) {
      this.#push(ownText(statement, comment), position > 0);
    }
  }

  #textOf({ hasBody, kind, sql }: ScriptStatement, isInTransaction: boolean): string {
    if (hasBody) return bodyText(sql, this.model, this.words);
    return isInTransaction || kind === "session" ? this.#terminated(sql) : this.#whole(sql);
  }

  #authored(statement: ScriptStatement, tight: boolean, isInTransaction: boolean): void {
    this.#comments(statement);
    const text = this.#textOf(statement, isInTransaction);
    this.#push(ownText(statement, text), tight || statement.comments.length > 0);
  }

  /** Opens a transaction; all that stands in it until its end is tight. */
  #begin(): void {
    this.#push(transactionText(this.#terminated("START TRANSACTION"), "begins"));
  }

  #inTransaction(statements: readonly ScriptStatement[], ...lines: readonly string[]): void {
    for (const [position, statement] of statements.entries()) {
      this.#authored(statement, true, true);
      const isLast = position === statements.length - 1 && lines.length > 0;
      this.#behind(noteErrors, ...(isLast ? [...lines, noteErrorsToo] : []));
    }
  }

  #step(step: ScriptStep, hasProgress: boolean): void {
    const { tables, model } = this;
    this.#push(commentText(commentLine(step.title), step));
    if (hasProgress) this.#alone(guardText(this.#whole(beginProgress(step, tables, model))));
    const groups = groupsOf(statementsOf(step));
    let transactionIsOpen = false;
    for (const [position, group] of groups.entries()) {
      const done = group.step === undefined ? [] : [`${stepDone(group.step, tables)};`];
      if (group.kind === "alone") {
        this.#authored(group.statement, false, false);
        // the step is marked first: a client that connects again here goes on with the next statement, which is of the next step
        this.#behind(...(done.length > 0 ? [noteErrorsToo, ...done] : []), noteErrors, goOn);
        continue;
      }
      transactionIsOpen = position === groups.length - 1;
      this.#begin();
      this.#inTransaction(group.statements, ...(transactionIsOpen ? [] : done));
      if (!transactionIsOpen) this.#finish();
    }
    this.#versionRows(step, hasProgress, transactionIsOpen);
  }

  /** A change of a version row that another session than the script's own does not make. */
  #ifAllWell({ change, sql }: VersionRowStatement): string {
    if (change.change !== "insert") return `${sql} AND @all_well`;
    const version = this.model.literal(change.version);
    return `INSERT INTO ${this.tables.version} (version_num) SELECT ${version} FROM DUAL WHERE @all_well`;
  }

  /** The version rows of a step, with the end of its progress, in one transaction with the rows that it changed last. */
  #versionRows(step: ScriptStep | undefined, hasProgress: boolean, transactionIsOpen: boolean): void {
    if (!transactionIsOpen) this.#begin();
    for (const sql of this.#purge) {
      this.#push(versionTableText(this.#terminated(`${sql} WHERE @all_well`)), true);
      this.#behind(noteErrors);
    }
    this.#purge = [];
    const rows = step?.versionRows ?? [];
    for (const [position, row] of rows.entries()) {
      const isLast = position === rows.length - 1;
      this.#push(versionRowText(this.#terminated(this.#ifAllWell(row)), step), true);
      const end = hasProgress && isLast ? [`${endProgress(this.tables)};`, noteErrorsToo] : [];
      this.#behind(noteOneRow, ...end);
    }
    this.#finish();
  }
}

/**
 * A script that refuses other version rows than its own, and beside another run; that changes nothing after its first
 * error, whatever its client does; and that leaves a revision which it could not end marked as half applied.
 */
export function guardedLayout(words: ServerWords): (model: ScriptModel) => readonly Fragment[] {
  return (model) => new GuardedScript(model, words).lay();
}
