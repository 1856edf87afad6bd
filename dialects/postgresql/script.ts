import type { ScriptRules } from "../../src/compiler/dialect.js";
import { refuse } from "./refusal.js";
import { guarded } from "./script/guarded.js";
import { idempotent } from "./script/idempotent.js";
import { runsOutsideTransaction } from "./script/outside.js";

export const script: ScriptRules = {
  transactionalDdl: true,
  plainTransactions: true,
  begin: "BEGIN",
  commit: "COMMIT",
  terminator: ";",
  client: "psql",
  refuse,
  runsOutsideTransaction,
  layouts: { guarded, idempotent },
};
