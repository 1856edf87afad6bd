import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine, type ScriptPiece } from "../../../src/compiler/script/pieces.js";
import { singleQuotes } from "../../shared/sql-text/quotes.js";
import { declarations, lockLines } from "./guard.js";
import { clientSafe, messageString, plsqlString } from "./text.js";

/**
 * What makes SQL*Plus end at the first error and leave the text as it is. Errors of SQL*Plus itself do not count for
 * WHENEVER: nothing in a script gives cause for one.
 * https://docs.oracle.com/en/database/oracle/oracle-database/19/sqpug/WHENEVER-SQLERROR.html
 */
const clientLines = [
  "WHENEVER SQLERROR EXIT FAILURE ROLLBACK",
  "WHENEVER OSERROR EXIT FAILURE ROLLBACK",
  "SET DEFINE OFF",
  "SET SQLBLANKLINES ON",
  "SET ECHO OFF",
  "SET FEEDBACK OFF",
  "SET SERVEROUTPUT ON",
];

function isForSqlPlus({ client }: ScriptModel): boolean {
  return client === "sqlplus";
}

/** What stands before the blocks. */
export function opening(model: ScriptModel): readonly ScriptPiece[] {
  return isForSqlPlus(model) ? [{ statement: clientLines.join("\n") }] : [];
}

/** The steps of each block: one each, or all of them where there is no client that knows where a block ends. */
export function stepsOfBlocks(model: ScriptModel): readonly (readonly ScriptStep[])[] {
  const { steps } = model;
  return isForSqlPlus(model) && steps.length > 0 ? steps.map((step) => [step]) : [steps];
}

/**
 * A block of PL/SQL: its first error ends it, whatever the client does then. A block without its last line is not run at
 * all.
 */
export class Block {
  readonly #pieces: ScriptPiece[] = [];

  constructor(
    readonly model: ScriptModel,
    more: readonly string[] = [],
    readonly afterError: readonly string[] = [],
  ) {
    const lines = [
      "DECLARE",
      ...[...declarations(model), ...more].map((line) => `  ${line}`),
      "BEGIN",
      ...lockLines(model),
    ];
    this.#pieces.push({ statement: lines.join("\n") });
  }

  /** Lines of a guard, behind the ones before. */
  guard(lines: readonly string[]): void {
    this.#pieces.push({ statement: lines.join("\n"), tight: this.#pieces.length === 1 });
  }

  lines(lines: readonly string[]): void {
    if (lines.length > 0) this.#pieces.push({ statement: lines.join("\n") });
  }

  title({ title, step }: ScriptStep): void {
    this.lines([commentLine(clientSafe(title)), `at_revision := ${messageString(step.revision.revision)};`]);
  }

  end(success: string): readonly ScriptPiece[] {
    const failure = "Oracle commits with each DDL: what the statements before the failing one did stays.";
    const lines = [
      "answer := DBMS_LOCK.RELEASE(lock_id);",
      `DBMS_OUTPUT.PUT_LINE(${messageString(success)});`,
      "EXCEPTION",
      "WHEN OTHERS THEN",
      "  answer := DBMS_LOCK.RELEASE(lock_id);",
      "  IF at_revision IS NULL THEN RAISE; END IF;",
      "  ROLLBACK;",
      ...this.afterError.map((line) => `  ${line}`),
      `  RAISE_APPLICATION_ERROR(-20002, 'Stopped in revision ' || at_revision || ${singleQuotes(`. ${failure}`)}, TRUE);`,
      "END;",
      ...(isForSqlPlus(this.model) ? ["/"] : []),
    ];
    return [...this.#pieces, { statement: lines.join("\n") }];
  }
}

/** What a script says at its end. */
export function reached(rows: readonly string[]): string {
  return `OK: the database is at ${rows.length === 0 ? "base" : rows.join(", ")}.`;
}

/** What a block says that is not the last. */
export function applied(steps: readonly ScriptStep[]): string {
  return `Applied: ${steps.at(-1)?.title.replace(/^Running /, "") ?? ""}`;
}

/** A statement that has to change one row. */
export function oneRow(sql: string, problem: string): readonly string[] {
  return [
    `EXECUTE IMMEDIATE ${plsqlString(sql)};`,
    "IF SQL%ROWCOUNT != 1 THEN",
    `  RAISE_APPLICATION_ERROR(-20001, ${messageString(problem)});`,
    "END IF;",
  ];
}

/** Makes the version table where it is missing. */
export function createVersionTable({ versionTable }: ScriptModel): readonly string[] {
  const creates = versionTable.create.map((sql) => `  EXECUTE IMMEDIATE ${plsqlString(sql)};`);
  return ["IF has_versions = 0 THEN", ...creates, "  has_versions := 1;", "END IF;"];
}
