import { UnsupportedError } from "../../../src/errors.js";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine, terminated, type ScriptPiece } from "../../../src/compiler/script/pieces.js";
import { closingLines, guardLines, rowsLiteral, sameText } from "../../mysql/script/guard.js";
import { lockName, sqlString, tablesOf, type ScriptTables } from "../../mysql/script/names.js";
import { beginProgress, createProgress, endProgress, stepDone } from "../../mysql/script/progress.js";
import { mysqlWords } from "../../mysql/script/server.js";
import { sessionLines } from "../../mysql/script/session.js";
import {
  groupsOf,
  isOneTransaction,
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
  readonly lines: string[] = [];
  readonly tables: ScriptTables;

  constructor(readonly model: ScriptModel) {
    this.tables = tablesOf(model);
  }

  #write(...statements: readonly string[]): void {
    const rules = { ...this.model.dialect.script, enclose: () => undefined };
    this.lines.push(...statements.map((sql) => terminated(sql, rules)));
  }

  #authored(statement: ScriptStatement): void {
    this.lines.push(...statement.comments);
    this.#write(isRunAsText(statement) ? `EXECUTE IMMEDIATE ${sqlString(statement.sql)}` : statement.sql);
  }

  #step(step: ScriptStep): void {
    const { model, tables } = this;
    const statements = statementsOf(step);
    const hasProgress = !isOneTransaction(statements);
    this.lines.push("", commentLine(step.title), "");
    if (hasProgress) this.#write(beginProgress(step, tables, model));
    for (const group of groupsOf(statements)) {
      if (group.kind === "alone") this.#authored(group.statement);
      else {
        this.#write("START TRANSACTION");
        for (const statement of group.statements) this.#authored(statement);
        if (!hasProgress) continue;
      }
      if (group.step !== undefined) this.#write(stepDone(group.step, tables));
      if (group.kind === "transaction") this.#write("COMMIT");
    }
    if (hasProgress || statements.every(({ kind }) => kind !== "rows")) this.#write("START TRANSACTION");
    for (const { sql } of step.versionRows) {
      this.#write(sql);
      this.lines.push(oneRow);
    }
    this.#write(...(hasProgress ? [endProgress(tables)] : []), "COMMIT");
  }

  /** The whole block, from the guard to the end. */
  text(): string {
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
    if (plan.rowsBefore.length === 0) this.#write(...versionTable.createIfMissing);
    if (hasProgress) this.#write(createProgress(tables));
    for (const step of steps) this.#step(step);
    if (hasProgress) this.lines.push("", `DROP TABLE ${tables.progress};`);
    return ["BEGIN NOT ATOMIC", onError, ...guard, "", ...this.lines, "END"].join("\n");
  }
}

/**
 * A script that is one statement, a block: the server runs it to its end or its first error, whatever the client does,
 * and a file that was cut off is a syntax error. https://mariadb.com/kb/en/using-compound-statements-outside-of-stored-programs/
 */
export function blockLayout(model: ScriptModel): readonly ScriptPiece[] {
  const { plan, steps, client, dialect } = model;
  if (plan.purges) {
    throw new UnsupportedError("purge-unconditional", "--purge removes all version rows, whatever they are.", {
      hint: "Leave --block out.",
    });
  }
  if (steps.length === 0) return [];
  const text = new Block(model).text();
  return [
    { statement: [...sessionLines(model, mariadbWords), "SET SESSION TRANSACTION READ WRITE;"].join("\n") },
    { statement: client === "mysql" ? terminated(text, dialect.script) : `${text};` },
    { statement: closingLines(model).join("\n") },
  ];
}
