import type { AuthoredRefusal, AuthoredStatement, SessionSetting } from "../../../src/compiler/authored-sql.js";
import {
  authoredPieces,
  isOrdinary,
  refusalOf,
  transactionOf,
  type AuthoredPiece,
  type RefusedKind,
  type TransactionWords,
} from "../../shared/authored.js";
import type { ScriptRules } from "../../shared/reader/statements.js";
import { lexicalRules } from "../lexical-rules.js";
import { completeUnit, isUnit } from "../plsql.js";

const rules: ScriptRules = { ...lexicalRules, client: { batchLine: /^\/$/ } };

const worthLooking =
  /;\s*\S|^\s*(?:--|\/|@|!)|^\s*(?:commit|rollback|savepoint|set|alter\s+session|exec|execute|prompt|spool|whenever|show|host|def|define|undef|undefine|accept|col|column|conn|connect|disc|disconnect|start|exit|quit|rem|remark|print|var|variable|clear|timing|pause|desc|describe)\b|\n\s*\/\s*(?:\n|$)/i;

/** https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/COMMIT.html */
const transactionWords: TransactionWords = [
  [/^COMMIT(?: WORK)?$/, "ends"],
  [/^(?:COMMIT|ROLLBACK|SAVEPOINT|SET TRANSACTION)\b/, "other"],
];

/** https://docs.oracle.com/en/database/oracle/oracle-database/19/sqpug/SQL-Plus-command-reference.html */
const refusedKinds: readonly RefusedKind[] = [
  {
    head: /^SET ROLE\b/,
    code: "set-role",
    what: "changes the roles of the session, and nothing brings those of before back",
    hint: "Apply the script as a user who has the role by default.",
  },
  {
    head: /^(?:SET (?!CONSTRAINTS?\b)|@|! ?|(?:EXEC|EXECUTE|PROMPT|SPOOL|WHENEVER|SHOW|HOST|DEF|DEFINE|UNDEF|UNDEFINE|ACCEPT|COL|COLUMN|CONN|CONNECT|DISC|DISCONNECT|START|EXIT|QUIT|REM|REMARK|PRINT|VAR|VARIABLE|CLEAR|TIMING|PAUSE|DESC|DESCRIBE)\b)/,
    code: "client-command",
    what: "is a command of SQL*Plus, which the server does not know",
    hint: "Scripts hold SQL alone: write BEGIN procedure; END; for EXEC, and give other commands to SQL*Plus yourself.",
  },
];

/**
 * The schema that names without one are in. What keeps it is the client's free text about itself, of 64 bytes: PL/SQL has no
 * variables that outlive a block. https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/SYS_CONTEXT.html
 */
const currentSchema: SessionSetting = {
  name: "current_schema",
  remember: ["BEGIN DBMS_APPLICATION_INFO.SET_CLIENT_INFO(SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')); END;"],
  restore: [
    "BEGIN EXECUTE IMMEDIATE 'ALTER SESSION SET CURRENT_SCHEMA = \"' || SYS_CONTEXT('USERENV', 'CLIENT_INFO') || '\"'; END;",
  ],
};

function refusalFor(head: string): AuthoredRefusal | undefined {
  return refusalOf(head, refusedKinds);
}

function judged({ sql, head, tokens }: AuthoredPiece): AuthoredStatement {
  const text = completeUnit(sql);
  if (isUnit(text)) return { sql: text };
  const transaction = transactionOf(head, transactionWords);
  if (transaction !== undefined) return { sql: text, transaction };
  const refusal = refusalFor(head);
  if (refusal !== undefined) return { sql: text, refusal };
  const setsSchema = head.startsWith("ALTER SESSION SET ") && tokens.some(({ value }) => value === "CURRENT_SCHEMA");
  return setsSchema ? { sql: text, settings: [currentSchema] } : { sql: text };
}

/**
 * The statements of a text, when it has several of which one is no ordinary one, or is itself none. The slash that SQL*Plus
 * wants behind PL/SQL is left out.
 */
export function authored(sql: string): readonly AuthoredStatement[] | undefined {
  if (!worthLooking.test(sql)) return undefined;
  const statements = authoredPieces(sql, rules).map(judged);
  const hasSlash = /^\s*\/\s*$/m.test(sql);
  if (statements.every(isOrdinary) && !hasSlash) return undefined;
  return statements;
}
