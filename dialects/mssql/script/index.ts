import type { ScriptRules } from "../../../src/compiler/dialect.js";
import { refuse } from "../refusal.js";
import { authored } from "./authored.js";
import { guarded } from "./guarded.js";
import { idempotent } from "./idempotent.js";
import { runsOutsideTransaction } from "./outside.js";
import { inComment } from "./text.js";

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
  runsOutsideTransaction,
  layouts: { guarded, idempotent },
};
