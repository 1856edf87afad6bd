import { UnsupportedError } from "../../../src/errors.js";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine, oneLine } from "../../../src/compiler/script/comments.js";
import { terminated, withComments } from "../../../src/compiler/script/terminated.js";
import {
  commentText,
  fromStatement,
  guardText,
  joined,
  mapped,
  textOf,
  transactionText,
  versionRowText,
  versionTableText,
  type Fragment,
  type OwnedText,
  type ScriptText,
} from "../../../src/compiler/script/text.js";
import { doubledQuotes } from "../../shared/sql-text/quotes.js";
import {
  check,
  createGuard,
  dropGuard,
  foundRows,
  ownFolder,
  lineEndChecks,
  noViolations,
  nothingWanted,
  oneRowChanged,
  refusal,
  success,
  tableExists,
} from "./guard.js";
import { requireTransactions } from "./guarded.js";
import { Lineage } from "./lineage.js";
import { closing, opening, shellLines } from "./session.js";
import { partsOf, transactionsOf, type RevisionPart, type RevisionParts } from "./parts.js";
import { createWanted, dropWanted, dropWantedIfLeft, forgetRevisions } from "./wanted.js";

/** The settings of the shell that would change what it writes into a file. */
const plainOutput = [
  ".headers off",
  ".mode list",
  ".echo off",
  ".eqp off",
  ".stats off",
  ".timer off",
  ".changes off",
] as const;

function refuse(code: string, message: string, hint: string, data: Readonly<Record<string, unknown>> = {}): never {
  throw new UnsupportedError(code, message, { hint, data });
}

const guardedInstead = "compile without --idempotent for the version rows that the database has: --from reads them";

/**
 * A script that may be applied to any version of its range, and again. Neither SQLite nor its shell can leave out a
 * statement: the SQL of each revision is kept as text, and what the database lacks of it is written into a file that the
 * shell then reads. All of it happens in a transaction that holds the write lock.
 */
export function idempotent(model: ScriptModel): readonly Fragment[] {
  const { client, plan, steps } = model;
  const [first] = steps;
  if (first === undefined && !plan.purges) return [];
  requireTransactions(model);
  if (first === undefined || first.planned.direction === "stamp") {
    return refuse(
      "idempotent-stamp",
      "A stamp sets version rows and has nothing that could be skipped.",
      "Compile it without --idempotent; --purge takes whatever rows there are.",
    );
  }
  if (!client.skipsStatements) {
    return refuse(
      "needs-sqlite3",
      "SQL for SQLite cannot leave out a revision that is applied: the sqlite3 shell has to help.",
      `Compile with --client sqlite3, or ${guardedInstead}.`,
      { client: client.name },
    );
  }
  const revisions = partsOf(model);
  for (const { before, after, step } of revisions.parts) {
    const [statement] = [...before, ...after];
    if (statement === undefined) continue;
    const { sql } = statement;
    const { revision } = step;
    const excerpt = oneLine(sql).slice(0, 60);
    refuse(
      "not-conditional",
      `Revision ${revision} has a statement outside its transaction, which no script can leave out: ${excerpt}`,
      `Take it out of the revision, or ${guardedInstead}.`,
      { revision, sql },
    );
  }
  return new IdempotentScript(model, revisions).fragments();
}

/**
 * The shell writes control characters in other ways when it writes results, from 3.50 on:
 * https://www.sqlite.org/cli.html
 *
 * @throws UnsupportedError for text that would not be the same when it is read again
 */
function refuseChangedInOutput(text: string, { revision }: ScriptStep): void {
  const found = /[\x00-\x08\x0b-\x1f\x7f]/.exec(text)?.[0];
  if (found === undefined) return;
  const code = found.charCodeAt(0);
  refuse(
    "control-character",
    `Revision ${revision} has SQL with the control character ${code}, which the shell would change.`,
    `Write it as char(${code}), or ${guardedInstead}.`,
    { revision },
  );
}

function rowNames(rows: readonly string[]): string {
  return rows.length === 0 ? "base" : rows.join(", ");
}

class IdempotentScript {
  readonly #fragments: Fragment[] = [];
  readonly #lineage: Lineage;
  /** The folder of the file that the shell writes and reads, for the user of the run alone. */
  readonly #folder: string;

  constructor(
    readonly model: ScriptModel,
    readonly revisions: RevisionParts,
  ) {
    this.#lineage = new Lineage(model);
    const name = model.plan.rowsAfter.join("_") || "base";
    this.#folder = `sqlembic_${name.replace(/\W/g, "_").slice(0, 64)}.tmp`;
  }

  get #file(): string {
    return `${this.#folder}/wanted.sql`;
  }

  fragments(): readonly Fragment[] {
    const { model } = this;
    const { parts: revisionParts, withoutForeignKeys } = this.revisions;
    const { plan, transactionPerMigration, versionTable } = model;
    this.#comment(
      `What is wanted is run from ${this.#file} in the current folder; ${this.#folder} can be deleted afterwards.`,
    );
    this.#fragments.push(...opening(model, shellLines(model, plainOutput), withoutForeignKeys));
    const transactions = transactionsOf(revisionParts, transactionPerMigration);
    for (const [index, { parts }] of transactions.entries()) {
      const [isFirst, isLast] = [index === 0, index === transactions.length - 1];
      this.#push(transactionText("BEGIN IMMEDIATE;", "begins"));
      if (isFirst && plan.rowsBefore.length === 0) {
        for (const sql of versionTable.createIfMissing) {
          this.#push(versionTableText(terminated(sql, model.dialect.script)));
        }
      }
      this.#guard(isFirst);
      for (const [position, part] of parts.entries()) this.#revision(part, position + 1);
      this.#run();
      this.#comment("Rolls back the whole transaction unless every revision that had to run has run.");
      this.#lines(nothingWanted, ...(isLast ? dropWanted : [forgetRevisions]), dropGuard);
      this.#push(transactionText("COMMIT;", "ends"));
    }
    this.#fragments.push(...closing(withoutForeignKeys));
    this.#push(guardText(success(plan.rowsAfter, model)));
    return this.#fragments;
  }

  #push(text: OwnedText, tight = false): void {
    this.#fragments.push({ text, tight });
  }

  #comment(text: string, tight = false): void {
    this.#push(commentText(commentLine(text)), tight);
  }

  #lines(...statements: readonly string[]): void {
    for (const statement of statements) this.#push(guardText(statement), true);
  }

  #guard(isFirst: boolean): void {
    const { model } = this;
    const { plan, versionTable, literal, transactionPerMigration } = model;
    const { ground, others } = this.#lineage;
    const range = `from ${rowNames(plan.rowsBefore)} to ${rowNames(plan.rowsAfter)}`;
    const list = (rows: readonly string[]): string => rows.map((row) => literal(row)).join(", ");
    const strangers =
      `SELECT 1 FROM ${versionTable.qualified} WHERE version_num NOT IN (SELECT revision FROM temp.sqlembic_below)` +
      (others.length === 0 ? "" : ` AND version_num NOT IN (${list(others)})`);
    const grounded = `SELECT count(*) FROM temp.sqlembic_applied WHERE revision IN (${list(ground)})`;
    const condition = `NOT EXISTS (${strangers})${ground.length === 0 ? "" : ` AND (${grounded}) = ${ground.length}`}`;
    this.#comment(`Guard: refuses unless ${versionTable.name} is at a version ${range}.`);
    this.#lines(createGuard, ...lineEndChecks(model));
    if (isFirst) this.#lines(ownFolder(this.#folder, model));
    if (isFirst) {
      if (plan.rowsBefore.length > 0) this.#lines(tableExists(`goes ${range}`, model));
      // left behind by a run in the same session that failed in a later transaction
      if (transactionPerMigration) this.#lines(...dropWantedIfLeft);
      this.#lines(...createWanted(model, this.#lineage));
    }
    this.#lines(check(condition, refusal(`goes ${range}`, model), `(${foundRows(model)})`, model));
  }

  /** The SQL of a revision as text, which is run if the revision is wanted. */
  #revision({ step, statements }: RevisionPart, position: number): void {
    const { model } = this;
    const { script } = model.dialect;
    const text = joined([
      ...statements.map((statement) => fromStatement(terminated(withComments(statement), script), statement, step)),
      ...this.#rowChanges(step),
      ...(this.revisions.withoutForeignKeys ? [noViolations(model)] : []),
    ]);
    refuseChangedInOutput(textOf(text), step);
    const revision = model.literal(step.revision);
    this.#push(commentText(commentLine(step.title), step));
    const insertion = `INSERT INTO temp.sqlembic_revision VALUES (${position}, ${revision},\n'`;
    this.#push(guardText([insertion, mapped(text, doubledQuotes), "');"]), true);
  }

  /** Changes of the version rows that are right from whichever rows of the range they start. */
  #rowChanges(step: ScriptStep): readonly ScriptText[] {
    const { planned, revision } = step;
    const { versionTable, literal, follows } = this.model;
    const table = versionTable.qualified;
    const row = (sql: string): OwnedText => versionRowText(sql, step);
    if (this.#lineage.isUpgrade) {
      const below = follows(revision).map((row) => literal(row));
      return [
        ...(below.length === 0 ? [] : [row(`DELETE FROM ${table} WHERE version_num IN (${below.join(", ")});`)]),
        row(`INSERT INTO ${table} (version_num) VALUES (${literal(revision)});`),
        oneRowChanged,
      ];
    }
    return [
      row(`DELETE FROM ${table} WHERE version_num = ${literal(revision)};`),
      oneRowChanged,
      ...this.#lineage.opened(planned).map((below) => {
        const isOpen = `${literal(below)} NOT IN (SELECT revision FROM temp.sqlembic_applied)`;
        return row(`INSERT INTO ${table} (version_num) SELECT ${literal(below)} WHERE ${isOpen};`);
      }),
    ];
  }

  /**
   * Writes what is wanted into the file and runs it. Its first line fails in every run but the one that wrote it: runs on
   * two databases may share a folder.
   */
  #run(): void {
    const mark =
      "'INSERT INTO temp.sqlembic_guard SELECT sql = ''' || sql || ''' FROM temp.sqlembic_revision WHERE position = 0;'";
    this.#comment(
      "SQLite cannot skip statements: sqlite3 writes those of the revisions that have to run to a file, and reads it.",
    );
    this.#comment("The first line of that file fails in every run but this one.", true);
    this.#lines(
      "INSERT INTO temp.sqlembic_revision VALUES (0, NULL, hex(randomblob(16)));",
      `.once ${this.#file}`,
      `SELECT CASE position WHEN 0 THEN ${mark} ELSE sql END FROM temp.sqlembic_wanted ORDER BY position;`,
      `.read ${this.#file}`,
      `.once ${this.#file}`,
      "SELECT '-- This file can be deleted.';",
    );
  }
}
