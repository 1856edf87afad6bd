import type { SqlParser } from "../../src/compiler/sql-parser.js";
import { grammarOf } from "../shared/syntax.js";
import { loadReader } from "./reader.js";

/** The grammar that node-sql-parser has for this dialect. */
export async function loadParser(): Promise<SqlParser> {
  const { default: build } = await import("node-sql-parser/build/mariadb.js");
  return grammarOf(new build.Parser(), "MariaDB", loadReader());
}
