import type { AuthoredRefusal, AuthoredStatement, SessionSetting } from "../../../src/compiler/authored-sql.js";
import {
  authoredPieces,
  isOrdinary,
  transactionOf,
  type AuthoredPiece,
  type TransactionWords,
} from "../../shared/authored.js";
import { lexicalRules } from "../lexical-rules.js";
import { runsOutsideTransaction } from "./outside.js";

const worthLooking = /;\s*\S|^\s*(?:--|\/\*|\.)|^\s*(?:begin|commit|end|rollback|pragma)\b/i;

/** Savepoints stand inside the transaction: https://www.sqlite.org/lang_savepoint.html */
const transactionWords: TransactionWords = [
  [/^(?:COMMIT|END)\b/, "ends"],
  [/^BEGIN\b/, "begins"],
  [/^ROLLBACK(?! (?:TRANSACTION )?TO\b)/, "other"],
];

const shellCommand: AuthoredRefusal = {
  code: "shell-command",
  what: "begins with a dot, which the sqlite3 shell takes for a command of its own",
  hint: "Scripts hold SQL alone: give commands to the shell yourself.",
};

/** Pragmas of the connection that are off unless something turns them on: https://www.sqlite.org/pragma.html */
const offByThemselves =
  /^PRAGMA (?:\w+ \. )?(LEGACY_ALTER_TABLE|IGNORE_CHECK_CONSTRAINTS|RECURSIVE_TRIGGERS|CASE_SENSITIVE_LIKE|WRITABLE_SCHEMA|QUERY_ONLY|REVERSE_UNORDERED_SELECTS) (?:=|\() ['"]?(\w+)/;

function pragmaSetting(head: string): SessionSetting | undefined {
  const [, name = "", value = ""] = offByThemselves.exec(head) ?? [];
  if (name === "") return undefined;
  return {
    name,
    remember: [],
    restore: [`PRAGMA ${name.toLowerCase()} = OFF`],
    isBack: /^(?:0|off|no|false|reset)$/i.test(value),
  };
}

function judged({ sql, head, tokens }: AuthoredPiece): AuthoredStatement {
  if (tokens[0]?.text.startsWith(".") === true) return { sql, refusal: shellCommand };
  const transaction = transactionOf(head, transactionWords);
  if (transaction !== undefined) return { sql, transaction };
  const setting = pragmaSetting(head);
  return setting === undefined ? { sql } : { sql, settings: [setting] };
}

/** The statements of a text, when it has several of which one is no ordinary one, or is itself none. */
export function authored(sql: string): readonly AuthoredStatement[] | undefined {
  if (!worthLooking.test(sql)) return undefined;
  const pieces = authoredPieces(sql, { ...lexicalRules, client: {} });
  const statements = pieces.map(judged);
  if (
    statements.every(isOrdinary) &&
    (pieces.length < 2 || !pieces.some((piece) => runsOutsideTransaction(piece.sql)))
  ) {
    return undefined;
  }
  return pieces.length === 1 ? statements.map((statement) => ({ ...statement, sql })) : statements;
}
