import type { SqlParser } from "../../src/compiler/sql-parser.js";
import { words } from "../mysql/parser.js";
import { grammarOf } from "../shared/sql-text/syntax.js";
import { lexicalRules } from "./lexical-rules.js";
import { loadReader } from "./reader/reader.js";
import { requirePackage } from "../../src/on-demand.js";

/** https://mariadb.com/kb/en/using-compound-statements-outside-of-stored-programs/ */
const compound = ["IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR", "BACKUP"];

/** The grammar that node-sql-parser has for this dialect. */
export function loadParser(): SqlParser {
  const build = requirePackage("node-sql-parser/build/mariadb.js") as typeof import("node-sql-parser/build/mariadb.js");
  return grammarOf(new build.Parser(), "MariaDB", loadReader(), {
    grammar: "mysql",
    words: { ...words, others: [...words.others, ...compound] },
    rules: lexicalRules,
  });
}
