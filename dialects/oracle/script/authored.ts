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

/** The parameters that ALTER SESSION SET sets: several may stand behind one another. */
function parametersIn(tokens: readonly Token[]): readonly string[] {
  return tokens.slice(3).flatMap(({ value }, index) => (tokens[index + 4]?.text === "=" ? [value] : []));
}

/** A statement that sets these parameters of the session. */
function sessionOf(sql: string, names: readonly string[]): AuthoredStatement {
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

/** The strings that a block runs, as far as they stand in it. */
function textsRunBy(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(({ kind, value }, place) => {
    const isRun = tokens[place - 1]?.value === "IMMEDIATE" && tokens[place - 2]?.value === "EXECUTE";
    return isRun && kind === "string" ? [value] : [];
  });
}

/**
 * The first texts in parentheses behind a procedure of DBMS_SESSION, which do what SET ROLE and ALTER SESSION do.
 * https://docs.oracle.com/en/database/oracle/oracle-database/19/arpls/DBMS_SESSION.html
 */
function sessionCalls(tokens: readonly Token[], procedure: "SET_ROLE" | "SET_NLS"): readonly string[] {
  return tokens.flatMap(({ value }, place) => {
    const isCalled = tokens[place - 2]?.value === "DBMS_SESSION" && tokens[place - 1]?.text === ".";
    return isCalled && value === procedure ? [tokens[place + 2]?.value.toUpperCase() ?? ""] : [];
  });
}

/** A block, which changes the session by the strings that it runs as statements do. A routine does so only when it is called. */
function judgedBlock(sql: string, tokens: readonly Token[]): AuthoredStatement {
  const run = textsRunBy(tokens).flatMap((text) => authoredPieces(text, rules));
  const setsRole = run.some(({ head }) => /^SET ROLE\b/.test(head)) || sessionCalls(tokens, "SET_ROLE").length > 0;
  const refusal = setsRole ? refusalFor("SET ROLE") : undefined;
  if (refusal !== undefined) return { sql, refusal };
  const altering = run.filter(({ head }) => head.startsWith("ALTER SESSION SET "));
  return sessionOf(sql, [
    ...altering.flatMap(({ tokens: inner }) => parametersIn(inner)),
    ...sessionCalls(tokens, "SET_NLS"),
  ]);
}

function judged({ sql, head, tokens }: AuthoredPiece): AuthoredStatement {
  const text = completeUnit(sql);
  if (isUnit(text)) return head.startsWith("CREATE ") ? { sql: text } : judgedBlock(text, tokens);
  const transaction = transactionOf(head, transactionWords);
  if (transaction !== undefined) return { sql: text, transaction };
  const refusal = refusalFor(head);
  if (refusal !== undefined) return { sql: text, refusal };
  return head.startsWith("ALTER SESSION SET ") ? sessionOf(text, parametersIn(tokens)) : { sql: text };
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
