import { OperationError, type Origin } from "../errors.js";
import { originInText } from "../revision/origin.js";
import type { Dialect } from "./dialect.js";
import type { SqlParser, SyntaxProblem } from "./sql-parser.js";
import type { Statement } from "./statement.js";

/** A part of the text around a position, on one line, with a mark where it is. */
function excerpt(sql: string, offset: number): string {
  const flat = (text: string): string => text.replace(/\s+/g, " ");
  return `${flat(sql.slice(Math.max(0, offset - 30), offset))}⟨here⟩${flat(sql.slice(offset, offset + 30))}`.trim();
}

/** Checks the SQL that authors wrote themselves: the statements of a whole plan together, once they are all known. */
export class SyntaxCheck {
  #parser: Promise<SqlParser> | undefined;
  #second: ReturnType<NonNullable<SqlParser["secondOpinion"]>> | undefined;
  readonly #written: Statement[] = [];

  constructor(
    readonly dialect: Dialect,
    readonly warn: (text: string, statement: Statement) => void,
  ) {}

  /** Takes the statements of a step; the parser is loaded meanwhile, when there is something for it to do. */
  add(statements: readonly Statement[]): void {
    if (this.dialect.loadParser === undefined) return;
    for (const statement of statements) if (statement.isAuthored) this.#written.push(statement);
    if (this.#written.length > 0) this.#parser ??= this.dialect.loadParser();
  }

  /**
   * Checks what was taken.
   *
   * @throws OperationError at the place of the error in the revision file, when the grammar is the server's own;
   * else the problem is only told
   */
  async finish(): Promise<void> {
    if (this.#parser === undefined) return;
    const parser = await this.#parser;
    for (const statement of this.#written) {
      const problem = parser.problemOf(statement.sql);
      if (problem === undefined) continue;
      const isTakenByAnother = await (this.#second ??= parser.secondOpinion?.());
      if (isTakenByAnother?.(statement.sql) !== true) this.#report(problem, statement, parser);
    }
  }

  #report({ message, offset }: SyntaxProblem, statement: Statement, parser: SqlParser): void {
    const { sql, operation } = statement;
    const text = `op.execute: ${message}, in: ${excerpt(sql, offset)}`;
    if (!parser.isServerGrammar) {
      this.warn(`${text} (the grammar is not ${this.dialect.name}'s own; --no-parse turns this off)`, statement);
      return;
    }
    const origin: Origin | undefined = originInText(operation.origin, sql, offset) ?? operation.origin;
    throw new OperationError("sql-syntax", text, {
      origin,
      hint: `${this.dialect.name} cannot parse this statement. --no-parse lets it pass as it is.`,
      data: { sql, offset },
    });
  }
}
