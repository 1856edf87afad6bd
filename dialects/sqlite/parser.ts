import type { SqlParser } from "../../src/compiler/sql-parser.js";
import { grammarOf } from "../shared/sql-text/syntax.js";
import type { StatementWords } from "../shared/sql-text/statement-words.js";
import { lexicalRules } from "./lexical-rules.js";
import { loadReader } from "./reader/reader.js";
import { requirePackage } from "../../src/on-demand.js";

/** https://www.sqlite.org/lang.html */
const words: StatementWords = {
  parsed: ["SELECT", "WITH", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP"],
  others: [
    ...["ANALYZE", "ATTACH", "BEGIN", "COMMIT", "DETACH", "END", "EXPLAIN", "PRAGMA", "REINDEX", "RELEASE", "ROLLBACK"],
    ...["SAVEPOINT", "VACUUM"],
  ],
  kinds: ["VIRTUAL TABLE"],
  clauses: [
    // https://www.sqlite.org/lang_indexedby.html
    "INDEXED BY",
    "NOT INDEXED",
    // https://www.sqlite.org/lang_with.html
    "AS (?:NOT )?MATERIALIZED \\(",
    // https://www.sqlite.org/lang_expr.html
    "MATCH",
    "FILTER \\(",
    // https://www.sqlite.org/lang_upsert.html
    "ON CONFLICT",
  ],
};

/** The grammar that node-sql-parser has for this dialect. */
export function loadParser(): SqlParser {
  const build = requirePackage("node-sql-parser/build/sqlite.js") as typeof import("node-sql-parser/build/sqlite.js");
  return grammarOf(new build.Parser(), "SQLite", loadReader(), { grammar: "sqlite", words, rules: lexicalRules });
}
