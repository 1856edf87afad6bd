import type { SqlParser } from "../../src/compiler/sql-parser.js";
import { grammarOf } from "../shared/sql-text/syntax.js";
import { lexicalRules } from "./lexical-rules.js";
import { loadReader } from "./reader/reader.js";
import { requirePackage } from "../../src/on-demand.js";

/**
 * What MySQL and MariaDB take besides SQL.
 * https://dev.mysql.com/doc/refman/8.4/en/sql-server-administration-statements.html
 * https://mariadb.com/kb/en/administrative-sql-statements/
 */
export const commands = [
  "DO",
  "TABLE",
  "HANDLER",
  "(?:CREATE|ALTER|DROP)\\s+(?:EVENT|SERVER|TABLESPACE|INSTANCE)",
  "ANALYZE",
  "CHECK",
  "CHECKSUM",
  "OPTIMIZE",
  "REPAIR",
  "FLUSH",
  "INSTALL",
  "UNINSTALL",
  "RESET",
];

/** The grammar that node-sql-parser has for this dialect. */
export function loadParser(): SqlParser {
  const build = requirePackage("node-sql-parser/build/mysql.js") as typeof import("node-sql-parser/build/mysql.js");
  return grammarOf(new build.Parser(), "MySQL", loadReader(), { grammar: "mysql", commands, rules: lexicalRules });
}
