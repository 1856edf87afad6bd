import type { ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import { fromStatement, joined, type OwnedText } from "../../../src/compiler/script/text.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { splitStatements } from "../../shared/reader/statements.js";
import type { Token } from "../../shared/sql-text/tokens.js";
import { lexicalRules } from "../lexical-rules.js";
import { batchesOf } from "./batch-lines.js";
import { canBeAlone, runsOutsideTransaction } from "./outside.js";
import { clientSafe, isForClient, sqlString } from "./text.js";

/** What a script runs at once, with the comments before it. */
export interface ScriptStatement {
  readonly comments: readonly OwnedText[];
  /** The line that runs it. */
  readonly line: OwnedText;
  readonly sql: string;
  /** With others of its revision in a transaction, in one of its own, or between two. */
  readonly place: "transaction" | "alone" | "outside";
}

function makesLocalTable(tokens: readonly Token[]): boolean {
  return tokens.some(({ value, kind }, position) => {
    const before = tokens[position - 1]?.value;
    const isName = kind === "word" || kind === "name";
    return isName && /^#(?!#)/.test(value) && (before === "TABLE" || before === "INTO") && tokens[0]?.value !== "DROP";
  });
}

/**
 * Whether a statement has to stand in the batch itself: what SET says, and a temporary table, end together with EXEC.
 * https://learn.microsoft.com/sql/t-sql/language-elements/execute-transact-sql
 */
function holdsForSession(sql: string): boolean {
  if (!/^\s*set\b|#/i.test(sql) || isForClient(sql)) return false;
  const statements = splitStatements(sql, lexicalRules);
  const [tokens = []] = statements.map((statement) => statement.tokens);
  if (statements.length !== 1 || tokens.at(-1)?.kind === "unfinished") return false;
  if (tokens[0]?.value === "SET") return tokens[1]?.value.startsWith("@") === false;
  return (tokens[0]?.value === "CREATE" || tokens.some(({ value }) => value === "INTO")) && makesLocalTable(tokens);
}

/** Whether a statement sets an option of the session, in the batch itself. */
export function setsOption(sql: string): boolean {
  return /^\s*set\b/i.test(sql) && holdsForSession(sql);
}

function lineOf(sql: string): string {
  return holdsForSession(sql) ? `${sql};` : `EXEC(${sqlString(sql)});`;
}

type Together = readonly [Statement, ...Statement[]];

/** Rows that are written together; a value for an identity is taken only between two SET of the same EXEC. */
function joinRows(statements: readonly Statement[]): readonly Together[] {
  const all: [Statement, ...Statement[]][] = [];
  for (const statement of statements) {
    const last = all.at(-1);
    const { operation, autocommit } = statement;
    const isSame = last?.[0].operation === operation && last[0].autocommit === autocommit;
    if (isSame && operation.kind === "bulkInsert") last.push(statement);
    else all.push([statement]);
  }
  return all;
}

const separator = ";\n";

/** One EXEC for statements of rows. Each begins its line with a word that is no command of sqlcmd. */
function lineOfRows(together: Together, step: ScriptStep): OwnedText {
  const texts = together.map((statement) => fromStatement(sqlString(statement.sql).slice(2, -1), statement, step));
  return fromStatement(["EXEC(N'", joined(texts, separator), "');"], together[0], step);
}

function placeOf(sql: string, autocommit: boolean): ScriptStatement["place"] {
  if (runsOutsideTransaction(sql)) return "outside";
  if (!autocommit) return "transaction";
  return canBeAlone(sql) ? "alone" : "outside";
}

/** The statements of a step, each as text for EXEC, so that the server looks at it only when it runs. */
export function statementsOf(step: ScriptStep): readonly ScriptStatement[] {
  return joinRows(step.statements).flatMap((together): readonly ScriptStatement[] => {
    const [statement] = together;
    const { autocommit, isAuthored } = statement;
    const comments = (statement.comments ?? []).map((comment) =>
      fromStatement(commentLine(clientSafe(comment)), statement, step),
    );
    if (together.length > 1) {
      const sql = together.map((part) => part.sql).join(separator);
      return [{ comments, line: lineOfRows(together, step), sql, place: placeOf(sql, autocommit) }];
    }
    const batches = isAuthored ? batchesOf(statement.sql) : [statement.sql];
    return batches.map((sql, position) => ({
      comments: position === 0 ? comments : [],
      line: fromStatement(lineOf(sql), statement, step),
      sql,
      place: placeOf(sql, autocommit),
    }));
  });
}
