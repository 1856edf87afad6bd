import { singleQuotes } from "../shared/sql-text/quotes.js";
import { tokensOf } from "../shared/sql-text/tokens.js";
import { lexicalRules } from "./lexical-rules.js";

/** What the server answers to statements about things that are, or are not, there. */
export const serverErrors = {
  noTable: -942,
  nameTaken: -955,
  noColumn: -904,
  noIndex: -1418,
  noConstraint: -2443,
  noSequence: -2289,
  noRoutine: -4043,
  noTrigger: -4080,
  noMaterializedView: -12003,
  materializedViewExists: -12006,
} as const;

/** A statement as PL/SQL runs it; a block can hold DDL only as text. */
function executeImmediate(statement: string): string {
  return `EXECUTE IMMEDIATE ${singleQuotes(statement)};`;
}

/**
 * A statement that does nothing when the server answers with this one error: what IF EXISTS means, in a form that
 * every version takes (the words themselves exist from 23 on, and not for constraints and columns).
 */
export function unless(error: number, statement: string): string {
  return [
    "BEGIN",
    `  ${executeImmediate(statement)}`,
    "EXCEPTION",
    "  WHEN OTHERS THEN",
    `    IF SQLCODE != ${error} THEN RAISE; END IF;`,
    "END;",
  ].join("\n");
}

/** Statements of which the others run only when the first did not meet this error. */
export function allUnless(error: number, first: string, others: readonly string[]): string {
  if (others.length === 0) return unless(error, first);
  return [
    "BEGIN",
    "  BEGIN",
    `    ${executeImmediate(first)}`,
    "  EXCEPTION",
    "    WHEN OTHERS THEN",
    `      IF SQLCODE = ${error} THEN RETURN; END IF;`,
    "      RAISE;",
    "  END;",
    ...others.map((statement) => `  ${executeImmediate(statement)}`),
    "END;",
  ].join("\n");
}

const leadingComments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;
const unitStart =
  /^(?:<<\s*\w+\s*>>\s*)?(?:begin|declare)\b|^create\s+(?:or\s+replace\s+)?(?:(?:non)?editionable\s+)?(?:procedure|function|package|trigger|type)\b/i;

/** Whether a text is PL/SQL: a block, or the making of what holds one. */
export function isUnit(sql: string): boolean {
  return unitStart.test(sql.replace(leadingComments, ""));
}

/** PL/SQL with the semicolon that belongs to it, which ends no statement, and without the slash that is for SQL*Plus. */
export function completeUnit(sql: string): string {
  if (!isUnit(sql)) return sql;
  const unit = sql.replace(/\n\s*\/\s*$/, "");
  return /;\s*$/.test(unit) ? unit : `${unit};`;
}

const callOfAnotherLanguage = /^(?:language|external|mle|call)\b/i;

/**
 * The body of a routine or trigger, with the semicolon that belongs to it. It is a block: statements that stand in none
 * are put into one, since the server would keep the routine with a warning, and without anything that can be run.
 * https://docs.oracle.com/en/database/oracle/oracle-database/19/lnpls/CREATE-FUNCTION-statement.html
 */
export function bodyText(text: string): string {
  const isBlock = tokensOf(text, lexicalRules).some((token) => token.kind === "word" && /^begin$/i.test(token.text));
  return isBlock || callOfAnotherLanguage.test(text) ? `${text};` : `BEGIN\n${text};\nEND;`;
}
