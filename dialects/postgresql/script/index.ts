import type { ScriptRules } from "../../../src/compiler/dialect.js";
import { refuse } from "../refusal.js";
import { authored, inClient } from "./authored.js";
import { guarded } from "./guarded.js";
import { idempotent } from "./idempotent.js";
import { runsOutsideTransaction } from "./outside.js";

export const script: ScriptRules = {
  transactionalDdl: true,
  plainTransactions: true,
  begin: "BEGIN",
  commit: "COMMIT",
  terminator: ";",
  client: "psql",
  refuse,
  authored,
  inClient,
  runsOutsideTransaction,
  layouts: { guarded, idempotent },
};
