import type { SqlParser } from "../../src/compiler/sql-parser.js";
import { grammarOf } from "../shared/sql-text/syntax.js";
import { lexicalRules } from "./lexical-rules.js";
import { loadReader } from "./reader/reader.js";
import { requirePackage } from "../../src/on-demand.js";

/** https://www.sqlite.org/lang_indexedby.html */
const indexHint = "(?:SELECT|UPDATE|DELETE|WITH)\\b[^]*\\b(?:INDEXED\\s+BY|NOT\\s+INDEXED)";

/** https://www.sqlite.org/lang.html */
const commands = [
  "PRAGMA",
  "ANALYZE",
  "ATTACH",
  "DETACH",
  "REINDEX",
  "VACUUM",
  "CREATE\\s+VIRTUAL\\s+TABLE",
  indexHint,
];

/** The grammar that node-sql-parser has for this dialect. */
export function loadParser(): SqlParser {
  const build = requirePackage("node-sql-parser/build/sqlite.js") as typeof import("node-sql-parser/build/sqlite.js");
  return grammarOf(new build.Parser(), "SQLite", loadReader(), { grammar: "sqlite", commands, rules: lexicalRules });
}
