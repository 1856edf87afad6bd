import { statementCount, unitCount } from "../../shared/statement-count.js";
import { lexicalRules } from "../lexical-rules.js";
import { isUnit } from "../plsql.js";
import type { ScriptRules } from "../../../src/compiler/dialect.js";
import { refuse } from "../refusal.js";
import { authored } from "./authored.js";
import { guarded } from "./guarded.js";
import { idempotent, resumable } from "./idempotent.js";
import { resumption } from "./resumption.js";
import { inComment } from "./text.js";

export const script: ScriptRules = {
  transactionalDdl: false,
  client: "sqlplus",
  plainTransactions: false,
  begin: "SET TRANSACTION READ WRITE",
  commit: "COMMIT",
  terminator: "",
  batchSeparator: "/",
  refuse,
  inComment,
  authored,
  countStatements: (sql) =>
    isUnit(sql)
      ? unitCount(sql, { ...lexicalRules, client: {} })
      : statementCount(sql, { ...lexicalRules, client: {} }),
  resumption,
  layouts: { guarded, idempotent, resumable },
};
