import { statementCount } from "../../shared/statement-count.js";
import { lexicalRules } from "../lexical-rules.js";
import type { ScriptRules } from "../../../src/compiler/dialect.js";
import { refuse } from "../refusal.js";
import { authored } from "./authored.js";
import { goesOn, guarded } from "./guarded.js";
import { idempotent } from "./idempotent.js";
import { runsOutsideTransaction } from "./outside.js";
import { inComment } from "./text.js";

/** Objects whose body goes to the end of the batch, so that each needs a batch of its own. */
const isModule = /^\s*(?:create|alter)\s+(?:or\s+alter\s+)?(?:procedure|proc|function|trigger)\b/i;

export const script: ScriptRules = {
  transactionalDdl: true,
  client: "sqlcmd",
  plainTransactions: true,
  begin: "BEGIN TRANSACTION",
  commit: "COMMIT",
  terminator: ";",
  batchSeparator: "GO",
  refuse,
  inComment,
  authored,
  goesOn,
  countStatements: (sql) => (isModule.test(sql) ? 1 : statementCount(sql, lexicalRules)),
  runsOutsideTransaction,
  layouts: { guarded, idempotent },
};
