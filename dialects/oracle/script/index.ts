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
  resumption,
  layouts: { guarded, idempotent, resumable },
};
