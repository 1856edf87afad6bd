import type { SqlParser } from "../../src/compiler/sql-parser.js";
import { grammarOf } from "../shared/sql-text/syntax.js";
import type { StatementWords } from "../shared/sql-text/statement-words.js";
import { lexicalRules } from "./lexical-rules.js";
import { loadReader } from "./reader/reader.js";
import { requirePackage } from "../../src/on-demand.js";

/** https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-table */
const tableHints = [
  ...["FORCESCAN", "FORCESEEK", "HOLDLOCK", "IGNORE_CONSTRAINTS", "IGNORE_TRIGGERS", "INDEX", "KEEPDEFAULTS"],
  ...["KEEPIDENTITY", "NOEXPAND", "NOLOCK", "NOWAIT", "PAGLOCK", "READCOMMITTED", "READCOMMITTEDLOCK", "READPAST"],
  ...["READUNCOMMITTED", "REPEATABLEREAD", "ROWLOCK", "SERIALIZABLE", "SNAPSHOT", "TABLOCK", "TABLOCKX", "UPDLOCK"],
  ...["XLOCK"],
];

/** A name of several parts, the quotes of which are all that is left of it. */
const name = '(?:\\w+|"")(?: \\. (?:\\w+|""))*';

/**
 * https://learn.microsoft.com/sql/t-sql/statements/statements
 * https://learn.microsoft.com/sql/t-sql/language-elements/control-of-flow
 */
const words: StatementWords = {
  parsed: ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "CREATE", "ALTER", "DROP"],
  others: [
    ...["ADD", "BACKUP", "BEGIN", "BREAK", "BULK", "CHECKPOINT", "CLOSE", "COMMIT", "CONTINUE", "DBCC", "DEALLOCATE"],
    ...[
      "DECLARE",
      "DENY",
      "DISABLE",
      "ENABLE",
      "END",
      "EXEC",
      "EXECUTE",
      "FETCH",
      "GET",
      "GOTO",
      "GRANT",
      "IF",
      "KILL",
    ],
    ...["MOVE", "OPEN", "PRINT", "RAISERROR", "READTEXT", "RECEIVE", "RECONFIGURE", "RESTORE", "RETURN", "REVERT"],
    ...["REVOKE", "ROLLBACK", "SAVE", "SEND", "SET", "SETUSER", "SHUTDOWN", "THROW", "TRUNCATE", "UPDATETEXT", "USE"],
    ...["WAITFOR", "WHILE", "WRITETEXT"],
  ],
  kinds: [
    ...["AGGREGATE", "APPLICATION ROLE", "ASSEMBLY", "ASYMMETRIC KEY", "AUTHORIZATION", "AVAILABILITY GROUP", "BROKER"],
    ...["CERTIFICATE", "COLUMN", "CONTRACT", "CREDENTIAL", "CRYPTOGRAPHIC", "DATABASE", "DEFAULT", "ENDPOINT", "EVENT"],
    ...["EXTERNAL", "FULLTEXT", "LOGIN", "MASTER KEY", "MESSAGE TYPE", "PARTITION", "PRIMARY XML", "QUEUE", "REMOTE"],
    ...["RESOURCE", "ROLE", "ROUTE", "RULE", "SCHEMA", "SEARCH", "SECURITY POLICY", "SELECTIVE XML", "SENSITIVITY"],
    ...["SEQUENCE", "SERVER", "SERVICE", "SIGNATURE", "SPATIAL", "STATISTICS", "SYMMETRIC KEY", "SYNONYM", "TYPE"],
    ...["USER", "WORKLOAD", "XML", "(?:CLUSTERED |NONCLUSTERED )?COLUMNSTORE"],
  ],
  forms: [
    "UPDATE STATISTICS",
    "MERGE TOP",
    // the first FROM may be left out: https://learn.microsoft.com/sql/t-sql/statements/delete-transact-sql
    `DELETE (?!FROM )${name}(?: (?:WHERE|FROM)|$)`,
    `DELETE FROM ${name} FROM`,
    // an index or a table as a whole: https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql
    `ALTER TABLE ${name} (?:REBUILD|SWITCH|SET|(?:ENABLE|DISABLE) CHANGE_TRACKING|ALTER COLUMN ${name} (?:ADD|DROP))`,
    `ALTER INDEX (?:ALL|${name}) ON`,
  ],
  clauses: [
    `WITH \\( (?:${tableHints.join("|")})`,
    // https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-join
    "(?:LOOP|HASH|MERGE|REMOTE) JOIN",
    // https://learn.microsoft.com/sql/t-sql/queries/option-clause-transact-sql
    "OPTION \\(",
    // https://learn.microsoft.com/sql/t-sql/queries/output-clause-transact-sql
    "OUTPUT",
    // https://learn.microsoft.com/sql/t-sql/language-elements/compound-operators-transact-sql
    "[-+*/%&^|] =",
    // https://learn.microsoft.com/sql/t-sql/functions/next-value-for-transact-sql
    "NEXT VALUE FOR",
    // https://learn.microsoft.com/sql/relational-databases/tables/temporal-tables
    "FOR SYSTEM_TIME",
    "GENERATED ALWAYS AS (?:ROW|TRANSACTION_ID|SEQUENCE_NUMBER)",
    "WHERE CURRENT OF",
    "GROUPING SETS",
    // https://learn.microsoft.com/sql/t-sql/functions/openrowset-transact-sql
    "OPENROWSET \\(",
    "XMLNAMESPACES \\(",
    // methods of types: https://learn.microsoft.com/sql/t-sql/queries/update-transact-sql
    "\\. WRITE \\(",
    ": : \\w+",
    // https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#with-values
    "WITH VALUES",
  ],
  // the first statement of a batch may be a procedure without EXEC
  mayBegin: (word, following) => /^[SX]P_/.test(word) || following === "." || following === ":",
};

/** The grammar that node-sql-parser has for this dialect. */
export function loadParser(): SqlParser {
  const build = requirePackage(
    "node-sql-parser/build/transactsql.js",
  ) as typeof import("node-sql-parser/build/transactsql.js");
  return grammarOf(new build.Parser(), "TransactSQL", loadReader(), {
    grammar: "mssql",
    words,
    rules: lexicalRules,
  });
}
