/**
 * A statement that is none without its end: the clients send what a file ends with, also when it was cut off there, and
 * `ALTER TABLE account MODIFY name VARCHAR(50)` is a statement without the NOT NULL behind it. What stands between these
 * marks is run, and a mark that is not closed is a syntax error. Comments cannot stand in there on every server; a
 * statement that has some stays as it is. https://dev.mysql.com/doc/refman/8.4/en/comments.html
 *
 * @example wholeOnly("DROP TABLE account_old") // /*! DROP TABLE account_old *\/
 */
export function wholeOnly(sql: string): string {
  if (sql.includes("/*")) return sql;
  const lastLine = sql.slice(sql.lastIndexOf("\n") + 1);
  return `/*! ${sql}${/--|#/.test(lastLine) ? "\n" : " "}*/`;
}
