import type { Catalog } from "../catalog/catalog.js";
import type { CatalogObject } from "../catalog/objects.js";
import { OperationError } from "../errors.js";
import type { LiteralValue, SqlText } from "../schema/expressions.js";
import { isSqlText, plainText, sql } from "../schema/expressions.js";
import type { OperationNode } from "./index.js";
import type { Operation, OperationDefinition } from "./operation.js";
import { applyEffects } from "./sql-effects.js";

/** A query that a query builder compiled: its placeholders are filled with literals. */
export interface CompiledQuery {
  readonly sql: string;
  readonly parameters: readonly LiteralValue[];
}

/** SQL of the author's own. */
export interface Execute extends Operation {
  readonly kind: "execute";
  readonly statement: SqlText | CompiledQuery;
  /** What the SQL does to the schema, as far as it was read; undefined when nobody read it. */
  readonly effects?: SqlEffects;
}

/** SQL text read as operations. */
export interface SqlEffects {
  /** What is understood of it. */
  readonly operations: readonly OperationNode[];
  /** Catalog keys of the objects that the rest may have changed; `*` when not even that is known. */
  readonly unknown: readonly string[];
  /** Objects beside tables and enum types that it makes or drops, after the operations. */
  readonly objects?: readonly ObjectEffect[];
  /** Changes that no operation says, before the operations. */
  readonly changes?: readonly CatalogChange[];
  /** It does nothing where this table is missing. */
  readonly onlyIf?: { readonly schema: string | undefined; readonly name: string };
}

/** A change that SQL text makes and no operation says, such as a table made like another. */
export interface CatalogChange {
  /** The keys of what it changes: unknown from there on when the catalog does not know enough. */
  readonly keys: readonly string[];
  /** The catalog after it; undefined when that cannot be told. */
  readonly change: (catalog: Catalog, madeBy: Execute) => Catalog | undefined;
}

/** An object that SQL text makes, or drops with whatever table it belongs to. */
export type ObjectEffect =
  | { readonly effect: "made"; readonly object: Omit<CatalogObject, "madeBy"> }
  | ({ readonly effect: "dropped" } & Pick<CatalogObject, "kind" | "schema" | "name">);

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

function isCompiledQuery(value: unknown): value is CompiledQuery {
  return typeof value === "object" && value !== null && typeof (value as CompiledQuery).sql === "string";
}

function statementOf(statement: string | SqlText | CompiledQuery): SqlText | CompiledQuery {
  if (typeof statement === "string") return sql.raw(statement);
  if (isSqlText(statement)) return statement;
  if (isCompiledQuery(statement)) return { sql: statement.sql, parameters: statement.parameters ?? [] };
  throw new OperationError("not-a-statement", "op.execute: the argument is not SQL.", {
    hint: "Give a string, sql`…`, or { sql, parameters } of a query builder (with Kysely: query.compile()).",
  });
}

export const execute: OperationDefinition<Execute> = {
  kind: "execute",
  directives: (recording): ExecuteDirectives => ({
    execute(statement) {
      recording.add({ kind: "execute", statement: statementOf(statement) });
    },
  }),
  batchDirectives: (recording): ExecuteDirectives => ({
    execute(statement) {
      recording.add({ kind: "execute", statement: statementOf(statement) });
    },
  }),
  apply(catalog, operation) {
    const { effects, statement, origin } = operation;
    if (effects === undefined) return catalog;
    const sql = isSqlText(statement) ? plainText(statement) : statement.sql;
    return applyEffects(catalog, effects, { sql, origin }, operation);
  },
};
