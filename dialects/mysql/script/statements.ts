import { commentLine } from "../../../src/compiler/script/comments.js";
import type { ScriptStep } from "../../../src/compiler/script/model.js";
import { fromStatement, type OwnedText, type ScriptText } from "../../../src/compiler/script/text.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { splitStatements, statementText } from "../../shared/reader/statements.js";
import { enclose } from "../delimiter.js";
import { lexicalRules } from "../lexical-rules.js";

/**
 * What a statement needs around it:
 *
 * - `rows`: a transaction, which it neither ends nor begins;
 * - `session`: nothing; it holds for this session alone, and has to be said again in another;
 * - `locksTables`, `unlocksTables`: no access to another table in between;
 * - `other`: it commits by itself, as all DDL does.
 */
type StatementKind = "rows" | "session" | "locksTables" | "unlocksTables" | "other";

/** A statement as a script writes it: one alone, with the comments before it. */
export interface ScriptStatement {
  readonly sql: string;
  /** Lines of comment, with their marks. */
  readonly comments: readonly string[];
  readonly kind: StatementKind;
  /** A body with semicolons of its own, which a client must not take for the end. */
  readonly hasBody: boolean;
  readonly statement: Statement;
  readonly step: ScriptStep;
}

const opening = /^(?:\s+|(?:--(?=\s)|#)[^\n]*(?:\n|$)|\/\*(?!M?!)[^]*?\*\/|\()*/;
const rowWords = new Set(["INSERT", "UPDATE", "DELETE", "REPLACE", "SELECT", "WITH", "VALUES", "TABLE", "DO"]);

/** The ends of comments that are SQL. */
const marks = /\/\*M?!(?:\d{5,6})?|\*\//g;

/** What a statement is, by its text without the comments and parentheses at its beginning and without marks in it. */
export function withoutOpening(sql: string): string {
  const text = sql.replace(opening, "");
  return /\/\*M?!/.test(text) ? text.replace(marks, "").replace(opening, "") : text;
}

/** https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html */
function kindOf(sql: string): StatementKind {
  const text = withoutOpening(sql).slice(0, 200);
  const [word = ""] = /^\w*/.exec(text) ?? [];
  const first = word.toUpperCase();
  if (rowWords.has(first) || /^load\s+(?:data|xml)\b/i.test(text)) return "rows";
  if (
    first === "SET" &&
    !/^set\s+(?:password|global|persist|default\s+role|resource|@@(?:global|persist))/i.test(text)
  ) {
    return "session";
  }
  if (/^lock\s+tables?\b/i.test(text)) return "locksTables";
  return /^unlock\s+tables?\b/i.test(text) ? "unlocksTables" : "other";
}

/** An author may write several statements into one text; each is checked by itself. */
function textsOf(sql: string, isAuthored: boolean): readonly string[] {
  if (!isAuthored || !sql.includes(";")) return [sql];
  const parts = splitStatements(sql, lexicalRules);
  return parts.length < 2 ? [sql] : parts.map(statementText);
}

/** The statements of a step, one by one. */
export function statementsOf(step: ScriptStep): readonly ScriptStatement[] {
  return step.statements.flatMap((statement) =>
    textsOf(statement.sql, statement.isAuthored).map((text, position) => ({
      sql: text,
      comments: position === 0 ? (statement.comments ?? []).map(commentLine) : [],
      kind: kindOf(text),
      hasBody: text.includes(";") && enclose(text) !== undefined,
      statement,
      step,
    })),
  );
}

/** Text that was made of a statement. */
export function ownText({ statement, step }: ScriptStatement, text: ScriptText): OwnedText {
  return fromStatement(text, statement, step);
}

/** Nothing of the step commits before its end: all of it can be one transaction with its version rows. */
export function isOneTransaction(statements: readonly ScriptStatement[]): boolean {
  return statements.every(({ kind }) => kind === "rows" || kind === "session");
}

/**
 * Statements that stand or fall together: one of its own, or several that change rows. A group is a step, with a number
 * that counts from 1; statements for the session and between locks are none.
 */
export type StatementGroup =
  | { readonly kind: "transaction"; readonly step: number; readonly statements: readonly ScriptStatement[] }
  | { readonly kind: "alone"; readonly step: number | undefined; readonly statement: ScriptStatement };

/** Cuts the statements of a step where one commits by itself. */
export function groupsOf(statements: readonly ScriptStatement[]): readonly StatementGroup[] {
  const groups: StatementGroup[] = [];
  let rows: ScriptStatement[] = [];
  let step = 0;
  let tablesAreLocked = false;
  const flush = (): void => {
    if (rows.length > 0) groups.push({ kind: "transaction", step: (step += 1), statements: rows });
    rows = [];
  };
  for (const statement of statements) {
    const { kind } = statement;
    if (kind === "locksTables") tablesAreLocked = true;
    if (kind === "unlocksTables") tablesAreLocked = false;
    if ((kind === "rows" && !tablesAreLocked) || (kind === "session" && rows.length > 0)) {
      rows.push(statement);
      continue;
    }
    flush();
    const isStep = kind !== "session" && !tablesAreLocked;
    groups.push({ kind: "alone", step: isStep ? (step += 1) : undefined, statement });
  }
  flush();
  return groups;
}
