/**
 * A text in dollar quotes whose tag does not occur in it, so that nothing in it can end it.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-DOLLAR-QUOTING
 *
 * @example dollarQuoted("DROP TABLE t", "sql") // $sql$DROP TABLE t$sql$
 */
export function dollarQuoted(text: string, word: string): string {
  for (let number = 0; ; number++) {
    const tag = `$${word}${number === 0 ? "" : number}$`;
    if (!text.includes(tag)) return `${tag}${text}${tag}`;
  }
}

/**
 * Lines of PL/pgSQL as one statement.
 *
 * @example doBlock("version", ["UPDATE alembic_version …;"]) // DO $version$ BEGIN … END $version$;
 */
export function doBlock(word: string, lines: readonly string[], variables: readonly string[] = []): string {
  const body = [...indented(lines), "END"].join("\n");
  if (variables.length === 0) return `DO ${dollarQuoted(` BEGIN\n${body} `, word)};`;
  return `DO ${dollarQuoted(`\n${["DECLARE", ...indented(variables), "BEGIN"].join("\n")}\n${body}\n`, word)};`;
}

/** Lines moved to the right; texts that span lines stay as they are, since the blanks would become part of them. */
export function indented(lines: readonly string[], depth = 1): readonly string[] {
  return lines.map((line) => "  ".repeat(depth) + line);
}

/** A statement as PL/pgSQL runs it: only when it is reached, and without looking at it before. */
export function executed(sql: string): string {
  return `EXECUTE ${dollarQuoted(sql, "sql")};`;
}

/** A text as RAISE takes it, where `%` stands for a value: https://www.postgresql.org/docs/current/plpgsql-errors-and-messages.html */
export function raiseFormat(text: string): string {
  return text.replaceAll("%", "%%");
}
