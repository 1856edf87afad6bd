import { OperationError } from "../errors.js";
import type { SqlText } from "../schema/expressions.js";
import { isSqlText, textOfSql, sql } from "../schema/expressions.js";
import { literalOf, plainValue, type LiteralValue } from "../schema/values.js";
import type { Execute, OperationNode, RecordedQuery, SqlEffects } from "./node.js";
import { values, type DirectiveCallOf } from "./call.js";
import type { BatchedDefinition } from "./operation.js";
import { applyEffects } from "./sql-effects.js";

export type { Execute, ObjectEffect, RecordedQuery, SqlEffects } from "./node.js";

/** A query that a query builder compiled: its placeholders are filled with literals. */
export interface CompiledQuery {
  readonly sql: string;
  readonly parameters: readonly LiteralValue[];
}

export interface ExecuteDirectives {
  /**
   * Runs SQL. A string reaches the script as it stands, also with `:name` and `%` in it; `sql` fills in literals; the
   * compiled query of a query builder gets its placeholders filled.
   *
   * @example op.execute("UPDATE account SET name = 'a:b 100%'") // UPDATE account SET name = 'a:b 100%'
   * @example op.execute(sql`UPDATE account SET name = ${name}`) // UPDATE account SET name = 'O''Hara'
   */
  execute(statement: string | SqlText | CompiledQuery): void;
}

/** Whether SQL text does anything to the replayed schema. */
export function changesSchema({ operations, unknown, objects = [], changes = [] }: SqlEffects): boolean {
  return operations.length > 0 || unknown.length > 0 || objects.length > 0 || changes.length > 0;
}

function isCompiledQuery(value: unknown): value is CompiledQuery {
  return typeof value === "object" && value !== null && typeof (value as CompiledQuery).sql === "string";
}

function statementOf(statement: string | SqlText | CompiledQuery): SqlText | RecordedQuery {
  if (typeof statement === "string") return sql.raw(statement);
  if (isSqlText(statement)) return statement;
  if (isCompiledQuery(statement))
    return { sql: statement.sql, parameters: (statement.parameters ?? []).map(plainValue) };
  throw new OperationError("not-a-statement", "op.execute: the argument is not SQL.", {
    hint: "Give a string, sql`…`, or { sql, parameters } of a query builder (with Kysely: query.compile()).",
  });
}

function callOf(statement: SqlText | RecordedQuery): DirectiveCallOf<ExecuteDirectives> {
  if (!isSqlText(statement))
    return ["execute", values({ sql: statement.sql, parameters: statement.parameters.map(literalOf) })];
  const [only, ...others] = statement.parts;
  return ["execute", typeof only === "string" && others.length === 0 ? only : statement];
}

export const execute: BatchedDefinition<Execute, ExecuteDirectives, ExecuteDirectives, OperationNode> = {
  kind: "execute",
  call: ({ statement }) => callOf(statement),
  batchCall: ({ statement }) => callOf(statement),
  directives: (recording) => ({
    execute(statement) {
      recording.add({ kind: "execute", statement: statementOf(statement) });
    },
  }),
  batchDirectives: (recording) => ({
    execute(statement) {
      recording.add({ kind: "execute", statement: statementOf(statement) });
    },
  }),
  apply(catalog, operation, replay) {
    const { effects, statement, origin } = operation;
    if (effects === undefined) return catalog;
    const sql = isSqlText(statement) ? textOfSql(statement) : statement.sql;
    return applyEffects(catalog, effects, { sql, origin }, replay);
  },
};
