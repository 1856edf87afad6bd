import type { ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/pieces.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { splitStatements, statementText } from "../../shared/reader/statements.js";
import { lexicalRules } from "../lexical-rules.js";
import { completeUnit, isUnit } from "../plsql.js";
import { clientSafe, plsqlString } from "./text.js";

/** A statement as PL/SQL runs it, with the comments before it. */
export interface Execution {
  readonly lines: readonly string[];
  /** It changes rows and nothing else, so that it can be rolled back. */
  readonly changesRows: boolean;
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

/** The statements of a step, one by one. */
export function executionsOf({ statements }: Pick<ScriptStep, "statements">): readonly Execution[] {
  return statements.flatMap(({ sql, comments = [], isAuthored, resumption }) => {
    const text = comments.length === 0 ? sql : sql.split("\n").slice(comments.length).join("\n");
    const texts = isAuthored ? textsOf(text) : [text];
    return texts.map((part, position) => ({
      lines: [
        ...(position === 0 ? comments : []).map((comment) => commentLine(clientSafe(comment))),
        `EXECUTE IMMEDIATE ${plsqlString(part)};`,
      ],
      changesRows: changesRows(part),
      resumption: texts.length === 1 ? resumption : undefined,
    }));
  });
}
