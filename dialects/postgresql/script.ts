import type { ScriptRules } from "../../src/compiler/dialect.js";
import { refuse } from "./refusal.js";

/**
 * What PostgreSQL refuses inside a transaction block, or what cannot be used before its transaction ends: a new enum
 * value. https://www.postgresql.org/docs/current/sql-altertype.html
 */
const outside = new RegExp(
  [
    "^(?:create|drop)\\s+(?:unique\\s+)?index\\s+concurrently\\b",
    "^reindex\\b.*\\bconcurrently\\b",
    "^alter\\s+table\\b.*\\bdetach\\s+partition\\b.*\\bconcurrently\\b",
    "^alter\\s+type\\b.*\\badd\\s+value\\b",
    "^vacuum\\b",
    "^alter\\s+system\\b",
    "^(?:create|drop)\\s+(?:database|tablespace)\\b",
  ].join("|"),
  "is",
);

const leadingComments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

export const script: ScriptRules = {
  transactionalDdl: true,
  plainTransactions: true,
  begin: "BEGIN",
  commit: "COMMIT",
  terminator: ";",
  client: "psql",
  refuse,
  runsOutsideTransaction: (sql) => outside.test(sql.replace(leadingComments, "")),
};
