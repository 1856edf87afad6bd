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
import type { Token } from "../../shared/sql-text/tokens.js";
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

/**
 * A format of the session. What keeps it is what the session says of itself, which nobody but monitors reads.
 * https://docs.oracle.com/en/database/oracle/oracle-database/19/arpls/DBMS_APPLICATION_INFO.html
 */
function keptFormat(name: string, keeper: "MODULE" | "ACTION", length: number): SessionSetting {
  const [module, action] = (["MODULE", "ACTION"] as const).map((one) =>
    one === keeper ? "kept" : `SYS_CONTEXT('USERENV', '${one}')`,
  );
  const lines = [
    "DECLARE kept VARCHAR2(255); BEGIN",
    `SELECT value INTO kept FROM nls_session_parameters WHERE parameter = '${name}';`,
    `IF LENGTHB(kept) > ${length} THEN RAISE_APPLICATION_ERROR(-20001, '${name} of the session cannot be kept: ' || kept); END IF;`,
    `DBMS_APPLICATION_INFO.SET_MODULE(${module}, ${action}); END;`,
  ];
  const value = `REPLACE(SYS_CONTEXT('USERENV', '${keeper}'), '''', '''''')`;
  return {
    name,
    remember: [lines.join(" ")],
    restore: [`BEGIN EXECUTE IMMEDIATE 'ALTER SESSION SET ${name} = ''' || ${value} || ''''; END;`],
  };
}

/** What of the language of a session can be brought back. */
const formats: Readonly<Record<string, SessionSetting>> = {
  NLS_DATE_FORMAT: keptFormat("NLS_DATE_FORMAT", "MODULE", 48),
  NLS_TIMESTAMP_FORMAT: keptFormat("NLS_TIMESTAMP_FORMAT", "ACTION", 32),
};

const otherLanguage: AuthoredRefusal = {
  code: "own-setting",
  what: "changes the language of the session, and nothing brings that of before back",
  hint: "Say what a text means where it stands: TO_DATE('2026-01-31', 'YYYY-MM-DD'), TO_NUMBER('1,5', '9D9', 'NLS_NUMERIC_CHARACTERS=,.'), NLSSORT(name, 'NLS_SORT=GERMAN').",
};

/** What ALTER SESSION SET sets: several parameters may stand behind one another. */
function sessionOf(sql: string, tokens: readonly Token[]): AuthoredStatement {
  const names = tokens.slice(3).flatMap(({ value }, index) => (tokens[index + 4]?.text === "=" ? [value] : []));
  const language = names.filter((name) => name.startsWith("NLS_"));
  if (language.some((name) => formats[name] === undefined)) return { sql, refusal: otherLanguage };
  const settings = [
    ...language.flatMap((name) => formats[name] ?? []),
    ...(names.includes("CURRENT_SCHEMA") ? [currentSchema] : []),
  ];
  return settings.length === 0 ? { sql } : { sql, settings };
}

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
  return head.startsWith("ALTER SESSION SET ") ? sessionOf(text, tokens) : { sql: text };
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
