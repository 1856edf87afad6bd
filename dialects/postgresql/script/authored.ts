import type { AuthoredRefusal, AuthoredStatement, SessionSetting } from "../../../src/compiler/authored-sql.js";
import type { OperationNode } from "../../../src/operations/index.js";
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
import { tokensOf, type Token } from "../../shared/sql-text/tokens.js";
import { lexicalRules } from "../lexical-rules.js";
import { runsOutsideTransaction } from "./outside.js";
import { ownSettingHint } from "./own-settings.js";
import { parametersInCode, sessionSetting, setParameter } from "./session-settings.js";

/** The same cuts as psql's: https://github.com/postgres/postgres/blob/master/src/fe_utils/psqlscan.l */
const rules: ScriptRules = { ...lexicalRules, client: {}, parenthesesHold: true, blocksAreAtomic: true };

/** A text in which nothing of this stands is one statement, and an ordinary one, as most are. */
const worthLooking =
  /;\s*\S|\\|^\s*(?:--|\/\*)|^\s*(?:set|reset|begin|start|commit|end|rollback|abort|savepoint|release|prepare|discard|copy|do)\b|set_config/i;

const transactionWords: TransactionWords = [
  [/^(?:COMMIT|END)(?: (?:WORK|TRANSACTION))?(?: AND NO CHAIN)?$/, "ends"],
  [/^(?:BEGIN|START TRANSACTION)\b/, "begins"],
  [/^(?:COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|PREPARE TRANSACTION)\b/, "other"],
  [/^SET (?:LOCAL |SESSION )?(?:TRANSACTION|CHARACTERISTICS)\b/, "other"],
];

const refusedKinds: readonly RefusedKind[] = [
  {
    head: /^(?:RESET|DISCARD) ALL\b/,
    code: "own-setting",
    what: "takes back what the script itself has set, and its lock",
    hint: "Name the settings: RESET search_path; each lasts to the end of its revision anyway.",
  },
];

const copyFromClient: AuthoredRefusal = {
  code: "copy-from-stdin",
  what: "makes the client read the rest of the script as rows",
  hint: "Write INSERT or op.bulkInsert, or apply the rows by another file.",
};

const clientCommand: AuthoredRefusal = {
  code: "client-command",
  what: "has a backslash outside of strings, which psql takes for a command of its own",
  hint: "Scripts hold SQL alone: give commands to psql yourself.",
};

function copiesFromClient(tokens: readonly Token[]): boolean {
  if (tokens[0]?.value !== "COPY") return false;
  return tokens.some(({ value, kind }, index) => {
    const isFrom = kind === "word" && value === "FROM";
    return isFrom && /^(?:stdin|pstdin)$/i.test(tokens[index + 1]?.value ?? "");
  });
}

/** What the script sets by itself may be said again, as dumps do, and not be changed. */
function ownSetting(name: string, value: string): AuthoredRefusal | undefined {
  const hint = ownSettingHint(name);
  if (hint === undefined || /timeout/.test(name)) return undefined;
  if (name === "client_encoding" && /^utf-?8$/i.test(value)) return undefined;
  if (name === "standard_conforming_strings" && /^(?:on|true)$/i.test(value)) return undefined;
  return { code: "own-setting", what: `changes ${name}, which the script sets by itself`, hint };
}

function judged({ sql, head, tokens }: AuthoredPiece): AuthoredStatement {
  if (tokens.some(({ kind, text }) => kind === "symbol" && text === "\\")) return { sql, refusal: clientCommand };
  if (copiesFromClient(tokens)) return { sql, refusal: copyFromClient };
  const transaction = transactionOf(head, transactionWords);
  if (transaction !== undefined) return { sql, transaction };
  const refusal = refusalOf(head, refusedKinds);
  if (refusal !== undefined) return { sql, refusal };
  return { sql, ...settingsOf(sql, head, tokens) };
}

function settingsOf(
  sql: string,
  head: string,
  tokens: readonly Token[],
): { readonly settings?: readonly SessionSetting[]; readonly refusal?: AuthoredRefusal } {
  const set = setParameter(head, tokens);
  if (set !== undefined) {
    const refusal = ownSetting(set.name, set.value);
    return refusal === undefined ? { settings: [sessionSetting(set.name, set.isLocal)] } : { refusal };
  }
  const names = /^(?:SELECT|WITH|DO|CALL|VALUES)\b/.test(head) ? parametersInCode(sql) : [];
  return names.length === 0 ? {} : { settings: names.map((name) => sessionSetting(name)) };
}

/** The statements of an author's text, one by one. */
export function statementsIn(sql: string): readonly AuthoredPiece[] {
  return authoredPieces(sql, rules);
}

/** The statements of a text, when it has several of which one is no ordinary one, or is itself none. */
export function authored(sql: string): readonly AuthoredStatement[] | undefined {
  if (!worthLooking.test(sql)) return undefined;
  const pieces = statementsIn(sql);
  const statements = pieces.map(judged);
  if (statements.every(isOrdinary) && (pieces.length < 2 || !pieces.some(isOutside))) return undefined;
  return pieces.length === 1 ? statements.map((statement) => ({ ...statement, sql })) : statements;
}

function isOutside({ sql }: AuthoredPiece): boolean {
  return runsOutsideTransaction(sql);
}

/** A colon behind which psql would put the value of a variable, unless it is a cast's. */
const mayBeVariable = /(?<!:):[\p{L}_'"{]/u;

/**
 * A statement with a blank behind each colon that psql would take for a variable of its own, such as `:USER`, which it
 * always has: in `[1:USER]` a blank means nothing. Rows are literals, and literals are left alone.
 * https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-INTERPOLATION
 */
export function inClient(sql: string, { kind }: OperationNode): string {
  if (kind === "bulkInsert" || !mayBeVariable.test(sql)) return sql;
  let text = "";
  let end = 0;
  let before: Token | undefined;
  for (const token of tokensOf(sql, rules)) {
    const isCast = before?.text === ":" && before.end === token.start;
    const follows = mayBeVariable.test(sql.slice(token.start, token.start + 3));
    if (token.kind === "symbol" && token.text === ":" && !isCast && follows) {
      text += `${sql.slice(end, token.end)} `;
      end = token.end;
    }
    before = token;
  }
  return text + sql.slice(end);
}
