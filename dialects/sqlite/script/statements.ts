import type { ScriptStep } from "../../../src/compiler/script/model.js";
import { oneLine } from "../../../src/compiler/script/comments.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { UnsupportedError } from "../../../src/errors.js";
import { tokensOf, type Token } from "../../shared/sql-text/tokens.js";
import { lexicalRules } from "../lexical-rules.js";

/** The tokens with which the statements of a text begin. */
function beginnings(tokens: readonly Token[]): readonly number[] {
  return tokens.flatMap((token, index) =>
    token.text !== ";" && (index === 0 || tokens[index - 1]?.text === ";") ? [index] : [],
  );
}

/** BEGIN, COMMIT and their like; END behind the first statement is the end of a trigger's body. */
function controlsTransaction(tokens: readonly Token[], index: number): boolean {
  const { kind, value } = tokens[index] as Token;
  if (kind !== "word") return false;
  if (value === "ROLLBACK") return !tokens.slice(index + 1, index + 3).some((token) => token.value === "TO");
  return value === "BEGIN" || value === "COMMIT" || (value === "END" && index === 0);
}

interface Problem {
  readonly code: string;
  readonly what: string;
  readonly hint: string;
}

function problemOf(sql: string): Problem | undefined {
  const tokens = tokensOf(sql, lexicalRules);
  const starts = beginnings(tokens);
  if (starts.some((index) => tokens[index]?.text.startsWith("."))) {
    return {
      code: "shell-command",
      what: "begins with a dot, which the sqlite3 shell takes for a command of its own",
      hint: "Scripts hold SQL alone: give commands to the shell yourself.",
    };
  }
  if (starts.some((index) => controlsTransaction(tokens, index))) {
    return {
      code: "transaction-control",
      what: "begins or ends a transaction, and the script has one around it that guards it",
      hint: "Leave it out; with transactionPerMigration each revision has a transaction of its own.",
    };
  }
  return undefined;
}

/** @throws UnsupportedError for text that would leave its place in a script */
export function refuseStrayText({ sql, operation }: Statement, { revision }: ScriptStep): void {
  const problem = problemOf(sql);
  if (problem === undefined) return;
  const { code, what, hint } = problem;
  const excerpt = oneLine(sql).slice(0, 60);
  throw new UnsupportedError(code, `Revision ${revision}: this SQL ${what}: ${excerpt}`, {
    hint,
    origin: operation.origin,
    data: { revision, sql },
  });
}
