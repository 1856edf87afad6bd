import { ConfigError, type Origin } from "../../../src/errors.js";
import type { SqlReader } from "../../../src/compiler/sql-reader.js";
import { accountOf } from "../../../src/compiler/statement-account.js";
import type { SyntaxProblem } from "../../../src/compiler/sql-parser.js";
import { changesSchema, type Execute, type SqlEffects } from "../../../src/operations/execute.js";
import { sql as sqlText } from "../../../src/schema/expressions.js";
import { everything } from "./named-objects.js";
import type { ScriptRules, SqlStatement } from "./statements.js";
import { splitStatements, statementText } from "./statements.js";

/** What one statement does, and where it is no SQL of the dialect: of interest in a dump, whose text is no author's. */
export interface ReadStatement extends SqlEffects {
  readonly problem?: SyntaxProblem;
}

/** Reads the statements of one text in their order. */
export type StatementReader = (statement: SqlStatement, origin: Origin | undefined) => ReadStatement;

/** Nothing that the replayed schema keeps. */
export const noEffects: SqlEffects = { operations: [], unknown: [] };

/** The line of a character, from one on. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function refuse(problem: SyntaxProblem, dump: string, file: string, start: number): never {
  const line = lineAt(dump, start + problem.offset);
  throw new ConfigError("unreadable-baseline", `The baseline cannot be read: ${problem.message}.`, {
    origin: { file, line, column: 1 },
    hint: "Write the dump as plain SQL, of the schema alone: pg_dump --schema-only, mysqldump --no-data, sqlite3 .schema.",
    problems: [problem.message],
    data: { line },
  });
}

function executeOf(statement: SqlStatement, effects: SqlEffects, origin: Origin | undefined): Execute {
  return { kind: "execute", statement: sqlText.raw(statementText(statement)), effects, origin };
}

/** Whether a statement does what single operations say, which may stand among those of other statements. */
function isPlain({ objects = [], changes = [], onlyIf }: SqlEffects): boolean {
  return objects.length === 0 && changes.length === 0 && onlyIf === undefined;
}

/** A statement that does nothing by no rule at all is not understood: whatever it does, it may be done to anything. */
function nothingLost(read: ReadStatement): ReadStatement {
  const isLost = !changesSchema(read) && (read.ignored ?? []).length === 0;
  return isLost ? { ...read, unknown: [everything] } : read;
}

/** Objects are made by the statement that says so, not by the whole text around it. */
function executed(statement: SqlStatement, effects: SqlEffects, origin: Origin | undefined): SqlEffects {
  if (isPlain(effects)) return effects;
  const { unknown, ignored: _rules, ...rest } = effects;
  return { operations: [executeOf(statement, { ...rest, unknown: [] }, origin)], unknown };
}

/**
 * A reader of scripts: splits them into statements and reads each.
 *
 * @param begin gives what reads the statements of one text; it may remember what the ones before said
 */
export function sqlReader(scriptRules: ScriptRules, begin: () => StatementReader): SqlReader {
  const rules = { ...scriptRules, passesRows: true };
  return {
    read(sql, origin, accounting) {
      const read = begin();
      const all = splitStatements(sql, rules).map((statement) => {
        const effects = nothingLost(read(statement, origin));
        accounting?.(accountOf(effects, statementText(statement), origin));
        return executed(statement, effects, origin);
      });
      return {
        operations: all.flatMap(({ operations }) => operations),
        unknown: [...new Set(all.flatMap(({ unknown }) => unknown))],
      };
    },
    readDump(dump, file, accounting) {
      const read = begin();
      const nodes: Execute[] = [];
      let line = 1;
      let position = 0;
      for (const statement of splitStatements(dump, rules)) {
        const start = statement.tokens[0]?.start ?? position;
        line += dump.slice(position, start).split("\n").length - 1;
        position = start;
        const origin = { file, line, column: 1 };
        const { problem, ...effects } = nothingLost(read(statement, origin));
        if (problem !== undefined) refuse(problem, dump, file, start);
        accounting?.(accountOf(effects, statementText(statement), origin));
        if (changesSchema(effects)) nodes.push(executeOf(statement, effects, origin));
      }
      return nodes;
    },
  };
}
