import type { ScriptRules } from "../../src/compiler/dialect.js";
import { doubleQuotes } from "../shared/sql-text/quotes.js";

/**
 * RAISE() works in triggers alone, but a check that fails is told by its name. A shell that goes on after errors finds
 * the database closed to changes: https://sqlite.org/pragma.html#pragma_query_only
 */
export const refuse: ScriptRules["refuse"] = (message) => [
  `CREATE TEMP TABLE refusal (ok INTEGER NOT NULL, CONSTRAINT ${doubleQuotes(message)} CHECK (ok = 1))`,
  "INSERT INTO temp.refusal (ok) VALUES (0)",
  "PRAGMA query_only = ON",
];
