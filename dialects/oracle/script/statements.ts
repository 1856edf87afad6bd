import type { ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import { fromStatement, type OwnedText, type TransactionEffect } from "../../../src/compiler/script/text.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { splitStatements, statementText } from "../../shared/reader/statements.js";
import { lexicalRules } from "../lexical-rules.js";
import { completeUnit, isUnit } from "../plsql.js";
import { clientSafe, plsqlString } from "./text.js";

/** A statement as PL/SQL runs it, with the comments before it. */
export interface ScriptStatement {
  readonly lines: readonly OwnedText[];
  /** It changes rows and nothing else, so that it can be rolled back. */
  readonly changesRows: boolean;
  /** It holds for the session or its transaction alone, and has to be said again in another. */
  readonly ofSession: boolean;
  readonly resumption: Statement["resumption"];
}

const scriptRules = { ...lexicalRules, client: { batchLine: /^\/$/ } };

/** An author may write several statements into one text; PL/SQL runs them one by one. */
function textsOf(sql: string): readonly string[] {
  const hasSlash = /^\s*\/\s*$/m.test(sql);
  if (!hasSlash && (isUnit(sql) || !sql.includes(";"))) return [completeUnit(sql)];
  return splitStatements(sql, scriptRules).map((statement) => completeUnit(statementText(statement)));
}

const leadingComments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

function changesRows(sql: string): boolean {
  return /^\(*(?:insert|update|delete|merge|select|with|lock)\b/i.test(sql.replace(leadingComments, ""));
}

const anonymousBlock = /^(?:<<\s*\w+\s*>>\s*)?(?:begin|declare)\b/i;
const forSession = /^(?:alter\s+session|set)\b/i;
/** Packages that change the session and nothing that is stored. */
const sessionCall = /^(?:call\s+)?(?:sys\s*\.\s*)?(?:dbms_session|dbms_application_info)\s*\./i;
const sessionText = /^execute\s+immediate\s+n?(?:'|q'.)\s*alter\s+session\b[^;]*$/i;

/** Whether a statement, or each one in a block, sets what ends with the session or its transaction. */
function isOfSession(sql: string): boolean {
  const text = sql.replace(leadingComments, "");
  if (forSession.test(text) || sessionCall.test(text)) return true;
  const [, body] = /^begin\b([^]*)\bend\s*;\s*$/i.exec(text) ?? [];
  if (body === undefined) return false;
  const calls = splitStatements(body, scriptRules).map((statement) => statementText(statement));
  return calls.length > 0 && calls.every((call) => sessionCall.test(call) || sessionText.test(call));
}

/** DDL commits, also in a block; a block of other statements changes rows, as far as anybody can tell. */
function effectOf(sql: string): TransactionEffect | undefined {
  const text = sql.replace(leadingComments, "");
  if (isOfSession(sql)) return undefined;
  const isBlockOfRows = anonymousBlock.test(text) && !/\bexecute\s+immediate\b/i.test(text);
  return isBlockOfRows || changesRows(sql) ? "joins" : "commits";
}

/** The statements of a step, one by one. */
export function statementsOf(step: ScriptStep): readonly ScriptStatement[] {
  return step.statements.flatMap((statement) => {
    const { sql, comments = [], isAuthored, resumption } = statement;
    const texts = isAuthored ? textsOf(sql) : [sql];
    return texts.map((part, position) => ({
      lines: [
        ...(position === 0 ? comments : []).map((comment) =>
          fromStatement(commentLine(clientSafe(comment)), statement, step),
        ),
        fromStatement(`EXECUTE IMMEDIATE ${plsqlString(part)};`, statement, step, effectOf(part)),
      ],
      changesRows: changesRows(part),
      ofSession: statement.setting !== undefined || isOfSession(part),
      resumption: texts.length === 1 ? resumption : undefined,
    }));
  });
}
