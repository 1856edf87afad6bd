import type { SqlParser } from "../../src/compiler/sql-parser.js";
import { problemOfFirstWord } from "../shared/sql-text/statement-words.js";
import { lexicalRules } from "./lexical-rules.js";

/**
 * Commands of SQL*Plus are refused elsewhere.
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/SQL-Statements.html
 */
const firstWords = [
  ...[
    "ADMINISTER",
    "ALTER",
    "ANALYZE",
    "ASSOCIATE",
    "AUDIT",
    "BEGIN",
    "CALL",
    "COMMENT",
    "COMMIT",
    "CREATE",
    "DECLARE",
  ],
  ...["DELETE", "DISASSOCIATE", "DROP", "EXPLAIN", "FLASHBACK", "GRANT", "INSERT", "LOCK", "MERGE", "NOAUDIT", "PURGE"],
  ...["RENAME", "REVOKE", "ROLLBACK", "SAVEPOINT", "SELECT", "SET", "TRUNCATE", "UPDATE", "WITH"],
];

/** No grammar of Oracle's language is at hand that could be asked: the first word of a statement is all that is read. */
export function loadParser(): SqlParser {
  return {
    isServerGrammar: false,
    problemOf: problemOfFirstWord({ parsed: firstWords, others: [] }, lexicalRules),
  };
}
