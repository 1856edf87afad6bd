import { statementCount } from "../../shared/statement-count.js";
import { lexicalRules } from "../lexical-rules.js";
import type { ScriptRules } from "../../../src/compiler/dialect.js";
import { refuse } from "../refusal.js";
import { authored } from "./authored.js";
import { guarded } from "./guarded.js";
import { idempotent } from "./idempotent.js";
import { runsOutsideTransaction } from "./outside.js";

export const script: ScriptRules = {
  transactionalDdl: true,
  plainTransactions: false,
  begin: "BEGIN",
  commit: "COMMIT",
  terminator: ";",
  client: "sqlite3",
  authored,
  countStatements: (sql) => statementCount(sql, { ...lexicalRules, client: {} }),
  runsOutsideTransaction,
  refuse,
  layouts: { guarded, idempotent },
};
