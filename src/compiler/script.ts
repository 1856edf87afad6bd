import type { Plan } from "../revision/steps.js";
import type { Step } from "../revision/revision.js";
import type { CompiledStep } from "./compile-plan.js";
import { compileNodes, type CompileSettings } from "./compile.js";
import { createVersionTable, purgeStatement, versionRowStatements, type VersionTable } from "./version-table.js";

/** One piece of a script, in order: a line of comment, or a statement with all that ends it. */
export type ScriptPiece = { readonly comment: string } | { readonly statement: string };

/** How a script is laid out. */
export interface ScriptSettings extends CompileSettings {
  readonly versionTable: VersionTable;
  /** Alembic's own layout and nothing else. */
  readonly plain: boolean;
  /** When the server rolls DDL back; undefined: as the dialect does. */
  readonly transactionalDdl?: boolean | undefined;
  readonly transactionPerMigration?: boolean | undefined;
}

// What ends a `--` comment differs by server and client; NEL and the Unicode separators end it for some editors.

const lineEnds = /[\x00-\x1f\x7f\x85\u2028\u2029]+/g;

/** Text as one line of comment: nothing in it can end the comment and become a statement. */
export function commentLine(text: string): string {
  return `-- ${text.replace(lineEnds, " ").trimEnd()}`;
}

const verbs = { upgrade: "upgrade", downgrade: "downgrade", stamp: "stamp_revision" } as const;

/** Alembic's line about a step: `Running upgrade a -> b`. */
export function stepLine({ direction, from, to }: Step): string {
  return `Running ${verbs[direction]} ${from.join(", ")} -> ${to.join(", ")}`;
}

/** The same line with the revision's message. */
export function stepTitle(step: Step): string {
  const message = step.revision.message.replace(lineEnds, " ").trim();
  return message === "" ? stepLine(step) : `${stepLine(step)}, ${message}`;
}

/** Writes statements one behind the other, opening and closing transactions around them. */
class ScriptWriter {
  readonly pieces: ScriptPiece[] = [];
  readonly #transactions: boolean;
  #open = false;

  constructor(readonly settings: ScriptSettings) {
    const { script } = settings.dialect;
    this.#transactions =
      settings.transactionalDdl ?? (settings.plain ? script.plainTransactions : script.transactionalDdl);
  }

  /** Adds a piece; before the first one goes what makes all of them mean the same in every session. */
  #push(piece: ScriptPiece): void {
    const { opening = [], terminator } = this.settings.dialect.script;
    if (this.pieces.length === 0 && !this.settings.plain && opening.length > 0) {
      this.pieces.push({ statement: opening.map((sql) => sql + terminator).join("\n") });
    }
    this.pieces.push(piece);
  }

  /** A statement with its terminator; one that ends in a comment gets it on a line of its own. */
  #write(sql: string): void {
    const { terminator, batchSeparator } = this.settings.dialect.script;
    const lastLine = sql.slice(sql.lastIndexOf("\n") + 1);
    const gap = terminator !== "" && (lastLine.includes("--") || lastLine.includes("#")) ? "\n" : "";
    const separator =
      batchSeparator === undefined ? "" : this.settings.plain ? `\n\n${batchSeparator}` : `\n${batchSeparator}`;
    this.#push({ statement: sql + gap + terminator + separator });
  }

  comment(text: string): void {
    this.#push({ comment: commentLine(text) });
  }

  begin(): void {
    if (!this.#transactions || this.#open) return;
    this.#open = true;
    const { begin, terminator } = this.settings.dialect.script;
    this.#push({ statement: begin + terminator });
  }

  commit(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#write(this.settings.dialect.script.commit);
  }

  statement(sql: string, autocommit = false): void {
    if (!autocommit || !this.#open) {
      this.#write(sql);
      return;
    }
    this.commit();
    this.#write(sql);
    this.begin();
  }

  /** Several statements outside the transaction, with one COMMIT and one BEGIN around all of them. */
  autocommit(statements: readonly string[]): void {
    const reopen = this.#open;
    this.commit();
    for (const sql of statements) this.#write(sql);
    if (reopen) this.begin();
  }

  endOfRevision(): void {
    const { commitAfterRevision } = this.settings.dialect.script;
    if (commitAfterRevision !== undefined && !this.settings.plain && !this.#open) this.#write(commitAfterRevision);
  }
}

function writeStatements(writer: ScriptWriter, { statements }: CompiledStep): void {
  let outside: string[] = [];
  const flush = (): void => {
    if (outside.length > 0) writer.autocommit(outside);
    outside = [];
  };
  for (const { sql, autocommit } of statements) {
    if (autocommit) {
      outside.push(sql);
      continue;
    }
    flush();
    writer.statement(sql);
  }
  flush();
}

function writeVersionTable(writer: ScriptWriter): void {
  const { settings } = writer;
  const operation = createVersionTable(settings.versionTable, !settings.plain);
  for (const { sql } of compileNodes([operation], settings).statements) writer.statement(sql);
}

/** The script that makes the version table and changes nothing else. */
export function versionTableScript(settings: ScriptSettings): readonly ScriptPiece[] {
  const writer = new ScriptWriter(settings);
  writer.begin();
  writeVersionTable(writer);
  writer.endOfRevision();
  writer.commit();
  return writer.pieces;
}

/** The script of a plan, piece by piece: transactions, version table, and each step with its version rows. */
export function scriptOf(plan: Plan, steps: readonly CompiledStep[], settings: ScriptSettings): readonly ScriptPiece[] {
  const writer = new ScriptWriter(settings);
  const perMigration = settings.transactionPerMigration === true;
  const { versionTable, plain } = settings;
  if (!perMigration) writer.begin();
  if (plan.purges) {
    if (perMigration) writer.begin();
    if (steps.length === 0 || plan.createsVersionTable || !plain) writeVersionTable(writer);
    writer.statement(purgeStatement(versionTable, settings));
    if (perMigration) writer.commit();
  }
  for (const compiled of steps) {
    const { step } = compiled;
    if (perMigration) writer.begin();
    if (step.rowsBefore.length === 0 && !plan.purges) writeVersionTable(writer);
    writer.comment(plain ? stepLine(step) : stepTitle(step));
    writeStatements(writer, compiled);
    for (const sql of versionRowStatements(step.versionRowChanges, versionTable, settings)) writer.statement(sql);
    writer.endOfRevision();
    if (perMigration) writer.commit();
  }
  writer.commit();
  return writer.pieces;
}
