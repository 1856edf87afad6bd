import type { SqlReader } from "../../../src/compiler/sql-reader.js";
import { mariadbTypes } from "../../../src/schema/types/mysql.js";
import { grammarWith } from "../../mysql/reader/reader.js";
import { lexicalRules } from "../lexical-rules.js";
import { readerOf } from "../../shared/reader/statement-reader.js";

/** Reads MariaDB's DDL and the dumps of mariadb-dump. */
export function loadReader(): SqlReader {
  const types = { INET4: () => mariadbTypes.INET4(), INET6: () => mariadbTypes.INET6() };
  return readerOf(grammarWith({ script: lexicalRules, types, checksKeepNames: true }));
}
