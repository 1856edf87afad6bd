/** Standard quotes around a name. */
export function doubleQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** MySQL's quotes around a name, which every sql_mode understands: https://dev.mysql.com/doc/refman/8.4/en/identifiers.html */
export function backticks(text: string): string {
  return `\`${text.replaceAll("`", "``")}\``;
}

/** SQL Server's quotes around a name: https://learn.microsoft.com/sql/relational-databases/databases/database-identifiers */
export function brackets(text: string): string {
  return `[${text.replaceAll("]", "]]")}]`;
}

/** What stands inside of standard quotes. */
export function doubledQuotes(text: string): string {
  return text.replaceAll("'", "''");
}

/** A string in standard quotes. What a dialect cannot take inside them, it handles before. */
export function singleQuotes(text: string): string {
  return `'${doubledQuotes(text)}'`;
}
