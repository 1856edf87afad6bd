import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import {
  commentText,
  guardText,
  joined,
  sessionText,
  versionRowText,
  versionTableText,
  type Fragment,
  type OwnedText,
  type ScriptText,
} from "../../../src/compiler/script/text.js";
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

/** What stands before the blocks. */
export function opening(model: ScriptModel): readonly Fragment[] {
  return model.client.obeysSettings ? [{ text: sessionText(clientLines.join("\n")) }] : [];
}

/** The steps of each block: one each, or all of them where there is no client that knows where a block ends. */
export function stepsOfBlocks(model: ScriptModel): readonly (readonly ScriptStep[])[] {
  const { steps } = model;
  return model.client.endsBatches && steps.length > 0 ? steps.map((step) => [step]) : [steps];
}

/**
 * A block of PL/SQL: its first error ends it, whatever the client does then. A block without its last line is not run at
 * all.
 */
export class Block {
  readonly #fragments: Fragment[] = [];

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
    this.#fragments.push({ text: guardText(lines.join("\n")) });
  }

  /** Lines of a guard, behind the ones before. */
  guard(lines: readonly ScriptText[]): void {
    this.#fragments.push({ text: guardText(joined(lines)), tight: this.#fragments.length === 1 });
  }

  lines(lines: readonly ScriptText[]): void {
    if (lines.length > 0) this.#fragments.push({ text: guardText(joined(lines)) });
  }

  title(step: ScriptStep): void {
    const { title, revision } = step;
    this.lines([commentText(commentLine(clientSafe(title)), step), `at_revision := ${messageString(revision)};`]);
  }

  end(success: string): readonly Fragment[] {
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
      ...(this.model.client.endsBatches ? ["/"] : []),
    ];
    return [...this.#fragments, { text: guardText(lines.join("\n")) }];
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

/** A change of version rows. */
export function rowChange(sql: string, step: ScriptStep, more: readonly string[] = []): OwnedText {
  return versionRowText([`EXECUTE IMMEDIATE ${plsqlString(sql)};`, ...more].join("\n"), step, "joins");
}

/** The same, which has to hit one row. */
export function oneRowChange(sql: string, step: ScriptStep, problem: string): OwnedText {
  return rowChange(sql, step, [
    "IF SQL%ROWCOUNT != 1 THEN",
    `  RAISE_APPLICATION_ERROR(-20001, ${messageString(problem)});`,
    "END IF;",
  ]);
}

/** Makes the version table where it is missing. */
export function createVersionTable({ versionTable }: ScriptModel): readonly ScriptText[] {
  const creates = versionTable.create.map((sql) =>
    versionTableText(`  EXECUTE IMMEDIATE ${plsqlString(sql)};`, "commits"),
  );
  return ["IF has_versions = 0 THEN", ...creates, "  has_versions := 1;", "END IF;"];
}
