import type { SqlParser } from "../../src/compiler/sql-parser.js";
import { words } from "../mysql/parser.js";
import { grammarOf } from "../shared/sql-text/syntax.js";
import type { StatementWords } from "../shared/sql-text/statement-words.js";
import { lexicalRules } from "./lexical-rules.js";
import { loadReader } from "./reader/reader.js";
import { requirePackage } from "../../src/on-demand.js";

/** https://mariadb.com/kb/en/using-compound-statements-outside-of-stored-programs/ */
const compound = ["IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR", "BACKUP"];

const ownWords: StatementWords = {
  ...words,
  others: [...words.others, ...compound],
  kinds: [...(words.kinds ?? []), "SEQUENCE", "PACKAGE"],
  forms: [...(words.forms ?? []), "DELETE HISTORY"],
  clauses: [
    ...(words.clauses ?? []),
    // https://mariadb.com/kb/en/sequence-functions/
    "(?:NEXT|PREVIOUS) VALUE FOR",
    // https://mariadb.com/kb/en/temporal-tables/
    "SYSTEM VERSIONING",
    "SYSTEM_TIME",
    "FOR PORTION OF",
    // https://mariadb.com/kb/en/limit-rows-examined/
    "ROWS EXAMINED",
    // https://mariadb.com/kb/en/dynamic-columns-functions/
    "COLUMN_(?:ADD|CREATE|GET) \\(",
  ],
};

/** The grammar that node-sql-parser has for this dialect. */
export function loadParser(): SqlParser {
  const build = requirePackage("node-sql-parser/build/mariadb.js") as typeof import("node-sql-parser/build/mariadb.js");
  return grammarOf(new build.Parser(), "MariaDB", loadReader(), {
    grammar: "mysql",
    words: ownWords,
    rules: lexicalRules,
  });
}
