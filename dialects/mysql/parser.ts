import type { SqlParser } from "../../src/compiler/sql-parser.js";
import { grammarOf } from "../shared/sql-text/syntax.js";
import type { StatementWords } from "../shared/sql-text/statement-words.js";
import { lexicalRules } from "./lexical-rules.js";
import { loadReader } from "./reader/reader.js";
import { requirePackage } from "../../src/on-demand.js";

/** A name of one or two parts, the quotes of which are all that is left of it. */
const name = '(?:\\w+|"")(?: \\. (?:\\w+|""))?';

const partitionVerbs = "ANALYZE|CHECK|COALESCE|DISCARD|EXCHANGE|IMPORT|OPTIMIZE|REBUILD|REORGANIZE|REPAIR|TRUNCATE";

/**
 * https://dev.mysql.com/doc/refman/8.4/en/sql-statements.html
 * https://mariadb.com/kb/en/sql-statements/
 */
export const words: StatementWords = {
  parsed: ["SELECT", "WITH", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP"],
  others: [
    ...["ANALYZE", "BEGIN", "BINLOG", "CACHE", "CALL", "CHANGE", "CHECK", "CHECKSUM", "CLONE", "COMMIT", "DEALLOCATE"],
    ...["DESC", "DESCRIBE", "DO", "EXECUTE", "EXPLAIN", "FLUSH", "GET", "GRANT", "HANDLER", "HELP", "IMPORT"],
    ...["INSTALL", "KILL", "LOAD", "LOCK", "OPTIMIZE", "PREPARE", "PURGE", "RELEASE", "RENAME", "REPAIR", "RESET"],
    ...["RESIGNAL", "RESTART", "REVOKE", "ROLLBACK", "SAVEPOINT", "SET", "SHOW", "SHUTDOWN", "SIGNAL", "START", "STOP"],
    ...["TABLE", "TRUNCATE", "UNINSTALL", "UNLOCK", "USE", "XA"],
  ],
  kinds: [
    ...["DATABASE", "EVENT", "INSTANCE", "LOGFILE", "RESOURCE GROUP", "ROLE", "SCHEMA", "SERVER", "SPATIAL REFERENCE"],
    ...["TABLESPACE", "UNDO", "USER"],
  ],
  forms: [
    "UPDATE (?:LOW_PRIORITY|IGNORE)",
    // https://dev.mysql.com/doc/refman/8.4/en/alter-table-partition-operations.html
    `ALTER TABLE ${name} (?:ORDER BY|(?:${partitionVerbs}) PARTITION)`,
  ],
  clauses: ["LOCK IN SHARE MODE", "SUBSTR(?:ING)? \\( [^()]* FROM"],
};

/** The grammar that node-sql-parser has for this dialect. */
export function loadParser(): SqlParser {
  const build = requirePackage("node-sql-parser/build/mysql.js") as typeof import("node-sql-parser/build/mysql.js");
  return grammarOf(new build.Parser(), "MySQL", loadReader(), { grammar: "mysql", words, rules: lexicalRules });
}
