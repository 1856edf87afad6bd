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
  // https://www.sqlite.org/lang_indexedby.html
  clauses: ["INDEXED BY", "NOT INDEXED"],
};

/** The grammar that node-sql-parser has for this dialect. */
export function loadParser(): SqlParser {
  const build = requirePackage("node-sql-parser/build/sqlite.js") as typeof import("node-sql-parser/build/sqlite.js");
  return grammarOf(new build.Parser(), "SQLite", loadReader(), { grammar: "sqlite", words, rules: lexicalRules });
}
