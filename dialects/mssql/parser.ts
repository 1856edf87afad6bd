import type { SqlParser } from "../../src/compiler/sql-parser.js";
import { grammarOf } from "../shared/sql-text/syntax.js";
import { lexicalRules } from "./lexical-rules.js";
import { loadReader } from "./reader/reader.js";
import { requirePackage } from "../../src/on-demand.js";

/** https://learn.microsoft.com/sql/t-sql/statements/statements */
const commands = [
  "DBCC",
  "(?:CREATE|ALTER|DROP)\\s+(?:TYPE|FULLTEXT|PARTITION|XML|SECURITY|QUEUE|SERVICE|ASSEMBLY|STATISTICS|SYNONYM|LOGIN)",
  "UPDATE\\s+STATISTICS",
  "ENABLE\\s+TRIGGER",
  "DISABLE\\s+TRIGGER",
  "CHECKPOINT",
  "RECONFIGURE",
];

/** The grammar that node-sql-parser has for this dialect. */
export function loadParser(): SqlParser {
  const build = requirePackage(
    "node-sql-parser/build/transactsql.js",
  ) as typeof import("node-sql-parser/build/transactsql.js");
  return grammarOf(new build.Parser(), "TransactSQL", loadReader(), {
    grammar: "mssql",
    commands,
    rules: lexicalRules,
  });
}
