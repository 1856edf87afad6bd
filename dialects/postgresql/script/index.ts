import { lexicalRules } from "../lexical-rules.js";
import { statementCount } from "../../shared/statement-count.js";
import type { ScriptRules } from "../../../src/compiler/dialect.js";
import { refuse } from "../refusal.js";
import { authored, inClient } from "./authored.js";
import { goesOn, guarded } from "./guarded.js";
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
  goesOn,
  countStatements: (sql) => statementCount(sql, { ...lexicalRules, client: {}, blocksAreAtomic: true }),
  inClient,
  runsOutsideTransaction,
  layouts: { guarded, idempotent },
};
