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

/** Checks the SQL that authors wrote themselves, as soon as there is some. */
export class SyntaxCheck {
  #parser: Promise<SqlParser> | undefined;

  constructor(
    readonly dialect: Dialect,
    readonly warn: (text: string, statement: Statement) => void,
  ) {}

  /**
   * @throws OperationError at the place of the error in the revision file, when the grammar is the server's own;
   * else the problem is only told
   */
  async check(statements: readonly Statement[]): Promise<void> {
    const written = statements.filter((statement) => statement.isAuthored);
    if (written.length === 0 || this.dialect.loadParser === undefined) return;
    const parser = await (this.#parser ??= this.dialect.loadParser());
    for (const statement of written) {
      const problem = parser.problemOf(statement.sql);
      if (problem !== undefined) this.#report(problem, statement, parser);
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
