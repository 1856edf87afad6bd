import { UnsupportedError } from "../../../src/errors.js";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import { terminated } from "../../../src/compiler/script/terminated.js";
import {
  commentText,
  guardText,
  joined,
  sessionText,
  textOf,
  transactionText,
  versionRowText,
  versionTableText,
  type Fragment,
  type OwnedText,
  type ScriptText,
} from "../../../src/compiler/script/text.js";
import { closingLines, guardLines, rowsLiteral, sameText } from "../../mysql/script/guard.js";
import { lockName, sqlString, tablesOf, type ScriptTables } from "../../mysql/script/names.js";
import { beginProgress, createProgress, endProgress, stepDone } from "../../mysql/script/progress.js";
import { mysqlWords } from "../../mysql/script/server.js";
import { sessionLines } from "../../mysql/script/session.js";
import {
  groupsOf,
  isOneTransaction,
  ownText,
  statementsOf,
  withoutOpening,
  type ScriptStatement,
} from "../../mysql/script/statements.js";
import { mariadbWords } from "./server.js";

const onError = `  DECLARE EXIT HANDLER FOR SQLEXCEPTION
  BEGIN
    ROLLBACK; SET @all_well = 0; DO RELEASE_LOCK(${lockName}); RESIGNAL;
  END;`;

const oneRow =
  "IF ROW_COUNT() <> 1 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a version row is not what it was'; END IF;";

/** What may not stand in a block as it is: https://mariadb.com/kb/en/stored-routine-limitations/ */
function isRunAsText({ sql, hasBody }: ScriptStatement): boolean {
  const text = withoutOpening(sql);
  return (
    hasBody || mysqlWords.cannotPrepare?.test(text) === true || /^(?:create|alter|drop)\b[^('"]*\bevent\b/i.test(text)
  );
}

/** The lines of a script that stand inside its block. */
class Block {
  readonly lines: ScriptText[] = [];
  readonly tables: ScriptTables;

  constructor(readonly model: ScriptModel) {
    this.tables = tablesOf(model);
  }

  /** A statement with its end; the whole block has the DELIMITER lines that it may need. */
  #terminated(sql: string): string {
    return terminated(sql, { ...this.model.dialect.script, enclose: () => undefined });
  }

  #bookkeeping(sql: string): void {
    this.lines.push(this.#terminated(sql));
  }

  #begin(): void {
    this.lines.push(transactionText(this.#terminated("START TRANSACTION"), "begins"));
  }

  #commit(): void {
    this.lines.push(transactionText(this.#terminated("COMMIT"), "ends"));
  }

  #authored(statement: ScriptStatement): void {
    const sql = isRunAsText(statement) ? `EXECUTE IMMEDIATE ${sqlString(statement.sql)}` : statement.sql;
    this.lines.push(...[...statement.comments, this.#terminated(sql)].map((line) => ownText(statement, line)));
  }

  #step(step: ScriptStep): void {
    const { model, tables } = this;
    const statements = statementsOf(step);
    const hasProgress = !isOneTransaction(statements);
    this.lines.push("", commentText(commentLine(step.title), step), "");
    if (hasProgress) this.#bookkeeping(beginProgress(step, tables, model));
    for (const group of groupsOf(statements)) {
      if (group.kind === "alone") this.#authored(group.statement);
      else {
        this.#begin();
        for (const statement of group.statements) this.#authored(statement);
        if (!hasProgress) continue;
      }
      if (group.step !== undefined) this.#bookkeeping(stepDone(group.step, tables));
      if (group.kind === "transaction") this.#commit();
    }
    if (hasProgress || statements.every(({ kind }) => kind !== "rows")) this.#begin();
    for (const { sql } of step.versionRows) {
      this.lines.push(versionRowText(this.#terminated(sql), step), oneRow);
    }
    if (hasProgress) this.#bookkeeping(endProgress(tables));
    this.#commit();
  }

  /** The whole block, from the guard to the end. */
  text(): OwnedText {
    const { model, tables } = this;
    const { plan, steps, versionTable } = model;
    const wanted = `], needed [${plan.rowsBefore.join(", ")}]`;
    const guard = guardLines(model, mariadbWords, tables, {
      versionRows: [
        {
          when: `NOT (${sameText("@found", rowsLiteral(plan.rowsBefore, model))})`,
          message: `CONCAT('refused: found [', @found, ${model.literal(wanted)})`,
        },
      ],
    });
    const hasProgress = steps.some((step) => !isOneTransaction(statementsOf(step)));
    if (plan.rowsBefore.length === 0) {
      this.lines.push(...versionTable.createIfMissing.map((sql) => versionTableText(this.#terminated(sql))));
    }
    if (hasProgress) this.#bookkeeping(createProgress(tables));
    for (const step of steps) this.#step(step);
    if (hasProgress) this.lines.push("", `DROP TABLE ${tables.progress};`);
    return guardText(joined(["BEGIN NOT ATOMIC", onError, ...guard, "", ...this.lines, "END"]));
  }
}

/**
 * A script that is one statement, a block: the server runs it to its end or its first error, whatever the client does,
 * and a file that was cut off is a syntax error. https://mariadb.com/kb/en/using-compound-statements-outside-of-stored-programs/
 */
export function blockLayout(model: ScriptModel): readonly Fragment[] {
  const { plan, steps, client, dialect } = model;
  if (plan.purges) {
    throw new UnsupportedError("purge-unconditional", "--purge removes all version rows, whatever they are.", {
      hint: "Leave --block out.",
    });
  }
  if (steps.length === 0) return [];
  const text = new Block(model).text();
  const delimiters = client.changesDelimiter ? dialect.script.enclose?.(textOf(text)) : undefined;
  const { before, after } = delimiters ?? { before: "", after: ";" };
  return [
    { text: sessionText([...sessionLines(model, mariadbWords), "SET SESSION TRANSACTION READ WRITE;"].join("\n")) },
    { text: guardText([before, text, after]) },
    { text: guardText(closingLines(model).join("\n")) },
  ];
}
