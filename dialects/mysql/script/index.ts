import { statementCount, unitCount } from "../../shared/statement-count.js";
import { lexicalRules } from "../lexical-rules.js";
import type { ScriptRules } from "../../../src/compiler/dialect.js";
import { enclose } from "../delimiter.js";
import { refuse } from "../refusal.js";
import { authored } from "./authored.js";
import { guardedLayout } from "./guarded.js";
import { idempotentLayout, resumableLayout } from "./idempotent.js";
import { resumption } from "./resumption.js";
import { mysqlWords, type ServerWords } from "./server.js";
import { headerNotes } from "./session.js";

const routine =
  /^\s*(?:create|alter)\s+(?:or\s+replace\s+)?(?:definer\s*=\s*\S+\s+)?(?:aggregate\s+)?(?:procedure|function|trigger|event)\b/i;

/** A body may be a statement with others inside it and no BEGIN around it: https://dev.mysql.com/doc/refman/8.4/en/if.html */
function countStatements(sql: string): number {
  const [first] = /\b(?:begin|if(?!\s+(?:not\s+)?exists)|case|loop|while|repeat)\b/i.exec(sql) ?? [];
  const isOther = routine.test(sql) && first !== undefined && first.toLowerCase() !== "begin";
  return isOther ? unitCount(sql, lexicalRules) : statementCount(sql, lexicalRules);
}

/** The scripts of a server of the MySQL family. */
export function scriptFor(words: ServerWords): ScriptRules & Required<Pick<ScriptRules, "layouts">> {
  return {
    transactionalDdl: false,
    client: "mysql",
    plainTransactions: false,
    begin: "START TRANSACTION",
    commit: "COMMIT",
    terminator: ";",
    refuse,
    enclose,
    authored: (sql) => authored(sql, words.rules),
    countStatements,
    headerNotes,
    resumption,
    layouts: {
      guarded: guardedLayout(words),
      idempotent: idempotentLayout(words),
      resumable: resumableLayout(words),
    },
  };
}

export const script = scriptFor(mysqlWords);
