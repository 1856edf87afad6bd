import type { ScriptStep } from "../../../src/compiler/script/model.js";
import { withComments } from "../../../src/compiler/script/terminated.js";
import { joined, fromStatement, textOf, type OwnedText, type ScriptText } from "../../../src/compiler/script/text.js";
import type { Statement } from "../../../src/compiler/statement.js";

/**
 * A text in dollar quotes whose tag does not occur in it, so that nothing in it can end it.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-DOLLAR-QUOTING
 *
 * @example dollarQuoted("DROP TABLE t", "sql") // $sql$DROP TABLE t$sql$
 */
function dollarQuoted(text: ScriptText, word: string): ScriptText {
  const whole = textOf(text);
  for (let number = 0; ; number++) {
    const tag = `$${word}${number === 0 ? "" : number}$`;
    if (!whole.includes(tag)) return joined([tag, text, tag], "");
  }
}

/**
 * Lines of PL/pgSQL as one statement.
 *
 * @example doBlock("version", ["UPDATE alembic_version …;"]) // DO $version$ BEGIN … END $version$;
 */
export function doBlock(word: string, lines: readonly ScriptText[], variables: readonly string[] = []): ScriptText {
  const body = joined([...lines.map(indented), "END"]);
  const whole =
    variables.length === 0
      ? [" BEGIN\n", body, " "]
      : [`\n${["DECLARE", ...variables.map(indentedLine), "BEGIN"].join("\n")}\n`, body, "\n"];
  return joined(["DO ", dollarQuoted(joined(whole, ""), word), ";"], "");
}

function indentedLine(line: string): string {
  return `  ${line}`;
}

/** A line moved to the right; texts that span lines stay as they are, since the blanks would become part of them. */
export function indented(line: ScriptText): ScriptText {
  return typeof line === "string" ? indentedLine(line) : ["  ", line];
}

/** A statement as PL/pgSQL runs it: only when it is reached, and without looking at it before. */
export function executed(statement: Statement, step: ScriptStep): OwnedText {
  return fromStatement(["EXECUTE ", dollarQuoted(withComments(statement), "sql"), ";"], statement, step);
}

/** A text as RAISE takes it, where `%` stands for a value: https://www.postgresql.org/docs/current/plpgsql-errors-and-messages.html */
export function raiseFormat(text: string): string {
  return text.replaceAll("%", "%%");
}
