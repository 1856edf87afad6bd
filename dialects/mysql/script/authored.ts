import type { AuthoredRefusal, AuthoredStatement, SessionSetting } from "../../../src/compiler/authored-sql.js";
import {
  isOrdinary,
  refusalOf,
  transactionOf,
  type RefusedKind,
  type TransactionWords,
} from "../../shared/authored.js";
import { splitStatements, statementText, type ScriptRules, type SqlStatement } from "../../shared/reader/statements.js";
import type { Token } from "../../shared/sql-text/tokens.js";

const worthLooking =
  /;\s*\S|^\s*(?:--|#|\/\*)|^\s*(?:delimiter|set|begin|start|commit|rollback|savepoint|release|xa|use|source|system|connect|tee|notee|pager|nopager|edit|ego|go|exit|quit|print|prompt|rehash|status|warnings|nowarning|charset|clear|help)\b/i;
/** The client's commands with a backslash; in strings it is as common as it is harmless. */
const mayBeCommand = /\\[!.gGhcdeprstuwWxRTPnq?C#]/;

/** A comment that may be SQL. */
const mayBeMark = /\/\*M?!/;

/** https://dev.mysql.com/doc/refman/8.4/en/commit.html */
const transactionWords: TransactionWords = [
  [/^COMMIT(?: WORK)?(?: AND NO CHAIN)?(?: NO RELEASE)?$/, "ends"],
  [/^(?:BEGIN(?: WORK)?$|START TRANSACTION\b)/, "begins"],
  [/^(?:COMMIT|ROLLBACK|SAVEPOINT|RELEASE SAVEPOINT|XA)\b/, "other"],
  [/^SET (?:(?:GLOBAL|SESSION|LOCAL) )?TRANSACTION\b/, "other"],
];

const refusedKinds: readonly RefusedKind[] = [
  {
    head: /^USE\b/,
    code: "use-database",
    what: "changes the database behind the guard's back: the version table is in another one",
    hint: "Write names with their database: database.table.",
  },
  {
    head: /^(?:SOURCE|SYSTEM|CONNECT|TEE|NOTEE|PAGER|NOPAGER|EDIT|EGO|GO|EXIT|QUIT|PRINT|PROMPT|REHASH|STATUS|WARNINGS|NOWARNING|CHARSET|CLEAR|HELP)\b/,
    code: "client-command",
    what: "begins with a word that the mysql client takes for a command of its own",
    hint: "Scripts hold SQL alone: give commands to the client yourself.",
  },
];

const backslashCommand: AuthoredRefusal = {
  code: "client-command",
  what: "has a backslash outside of strings, which the mysql client takes for a command of its own",
  hint: "Scripts hold SQL alone: give commands to the client yourself.",
};

/** Variables that scripts rely on. */
const ownVariables: ReadonlySet<string> = new Set([
  "autocommit",
  "completion_type",
  "tx_read_only",
  "transaction_read_only",
  "tx_isolation",
  "transaction_isolation",
]);
/** Variables of which nobody can bring back what they were. */
const passing: ReadonlySet<string> = new Set([
  ...["insert_id", "last_insert_id", "identity", "timestamp", "rand_seed1", "rand_seed2", "pseudo_thread_id"],
  ...["gtid_next", "pseudo_replica_mode", "pseudo_slave_mode"],
]);
const characterSets = [
  "character_set_client",
  "character_set_results",
  "character_set_connection",
  "collation_connection",
];

/** The assignments of SET, cut at the commas outside parentheses. */
function assignmentsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(1)) {
    if (token.text === "(") depth += 1;
    if (token.text === ")") depth -= 1;
    if (depth === 0 && token.text === ",") parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** The variables of the session that one assignment sets. */
function variablesOf(assignment: readonly Token[]): readonly string[] {
  const words = assignment.map(({ value, kind }) => (kind === "word" || kind === "name" ? value.toLowerCase() : value));
  const [first = ""] = words;
  if (first === "names" || first === "charset" || (first === "character" && words[1] === "set")) return characterSets;
  if (/^(?:@@)?(?:global|persist|persist_only)$/.test(first) || /^@[^@]/.test(first)) return [];
  const scoped = /^(?:@@)?(?:session|local)$/.test(first);
  const rest = scoped ? words.slice(words[1] === "." ? 2 : 1) : words;
  const name = (rest[0] ?? "").replace(/^@@/, "");
  const isAssigned = rest[1] === "=" || (rest[1] === ":" && rest[2] === "=");
  return isAssigned && /^[a-z_]\w*$/.test(name) && !passing.has(name) ? [name] : [];
}

function sessionSetting(name: string): SessionSetting {
  return {
    name,
    remember: [`SET @sqlembic_${name} = @@SESSION.${name}`],
    restore: [`SET SESSION ${name} = @sqlembic_${name}`],
  };
}

/**
 * The roles of the session. MySQL names them in quotes of its own, MariaDB without any; no expression can stand behind SET
 * ROLE. https://dev.mysql.com/doc/refman/8.4/en/set-role.html https://mariadb.com/kb/en/current_role/
 */
const roles: SessionSetting = {
  name: "role",
  remember: [
    "SET @sqlembic_role = COALESCE(CURRENT_ROLE(), 'NONE')",
    "SET @sqlembic_role = CONCAT('SET ROLE ', IF(@sqlembic_role = 'NONE' OR @sqlembic_role LIKE '`%', @sqlembic_role, QUOTE(@sqlembic_role)))",
  ],
  restore: ["PREPARE sqlembic_role FROM @sqlembic_role", "EXECUTE sqlembic_role", "DEALLOCATE PREPARE sqlembic_role"],
};

/** Strings are written with backslashes, and blocks in MySQL's own language. */
const otherLanguage = /\b(?:NO_BACKSLASH_ESCAPES|ORACLE)\b/i;

function ownVariable(name: string, assignment: readonly Token[]): AuthoredRefusal | undefined {
  if (ownVariables.has(name)) {
    const what = `changes ${name}, which the guard of the script relies on`;
    return { code: "own-setting", what, hint: "Leave it out: each transaction of a script begins with what it needs." };
  }
  if (name !== "sql_mode" || !assignment.some(({ kind, value }) => kind === "string" && otherLanguage.test(value))) {
    return undefined;
  }
  const what = "makes the server read the strings of the script in another way";
  return { code: "own-setting", what, hint: "Leave NO_BACKSLASH_ESCAPES and ORACLE out of sql_mode." };
}

function judged(statement: SqlStatement): AuthoredStatement {
  const { tokens } = statement;
  const sql = statementText(statement);
  const head = tokens
    .slice(0, 8)
    .map(({ kind, value, text }) => (kind === "word" ? value : text))
    .join(" ");
  if (tokens.some(({ kind, text }) => kind === "symbol" && text === "\\")) return { sql, refusal: backslashCommand };
  const transaction = transactionOf(head, transactionWords);
  if (transaction !== undefined) return { sql, transaction };
  const refusal = refusalOf(head, refusedKinds);
  if (refusal !== undefined) return { sql, refusal };
  if (/^SET ROLE\b/.test(head)) return { sql, settings: [roles] };
  if (!/^SET\b(?! (?:PASSWORD|RESOURCE|STATEMENT|DEFAULT ROLE)\b)/.test(head)) return { sql };
  return settingsOf(sql, assignmentsOf(tokens));
}

function settingsOf(sql: string, assignments: readonly (readonly Token[])[]): AuthoredStatement {
  const settings: SessionSetting[] = [];
  for (const assignment of assignments) {
    for (const name of variablesOf(assignment)) {
      const refusal = ownVariable(name, assignment);
      if (refusal !== undefined) return { sql, refusal };
      settings.push(sessionSetting(name));
    }
  }
  return settings.length === 0 ? { sql } : { sql, settings };
}

/**
 * The statements of a text, when it has several of which one is no ordinary one, or is itself none. DELIMITER lines, which
 * are for the client, are left out of them.
 */
export function authored(sql: string, rules: ScriptRules): readonly AuthoredStatement[] | undefined {
  if (!worthLooking.test(sql) && !mayBeCommand.test(sql)) return undefined;
  // texts come without the semicolon at their end, which the last of these lines may be about
  const text = /(?:^|\n)[ \t]*delimiter\s*$/i.test(sql) ? `${sql} ;` : sql;
  const statements = splitStatements(text, rules).map(judged);
  const hasDelimiters = /^[ \t]*delimiter[ \t]/im.test(sql);
  // each server has its own rules of what is SQL in a comment, which nothing looks at again
  const hasMarks = statements.length > 1 && mayBeMark.test(sql);
  if (statements.every(isOrdinary) && !hasDelimiters && !hasMarks) return undefined;
  return statements.length === 1 && !hasDelimiters ? statements.map((one) => ({ ...one, sql })) : statements;
}
