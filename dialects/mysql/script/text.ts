import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { terminated } from "../../../src/compiler/script/terminated.js";
import { sqlString } from "./names.js";
import type { ServerWords } from "./server.js";

/**
 * A statement with semicolons inside. The mysql client, which looks for the end by itself, is told another delimiter;
 * MariaDB takes the statement as a string, which every client can read; else it stands as it is, for drivers that leave
 * the reading to the server.
 */
export function bodyText(sql: string, { client, dialect }: ScriptModel, words: ServerWords): string {
  if (client.changesDelimiter) return terminated(sql, dialect.script);
  return words.executesText ? `EXECUTE IMMEDIATE ${sqlString(sql)};` : `${sql};`;
}

/**
 * A statement that is a syntax error without its end. The clients send what a file ends with, also when it was cut off
 * there, and `ALTER TABLE account MODIFY name VARCHAR(50)` is valid without the NOT NULL behind it. The server runs what
 * stands between these marks, and does not take an opening one without the closing one. Not every server takes comments
 * inside: a statement that has some stays as it is. https://dev.mysql.com/doc/refman/8.4/en/comments.html
 *
 * @example wholeOnly("DROP TABLE account_old") // /*! DROP TABLE account_old *\/
 */
export function wholeOnly(sql: string): string {
  if (sql.includes("/*")) return sql;
  const lastLine = sql.slice(sql.lastIndexOf("\n") + 1);
  return `/*! ${sql}${/--|#/.test(lastLine) ? "\n" : " "}*/`;
}
