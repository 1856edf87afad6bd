import type { RenderContext } from "../../src/compiler/render-context.js";
import type { CreateIndex } from "../../src/operations/create-index.js";
import type { DropIndex } from "../../src/operations/drop-index.js";
import { tableOfIndex } from "../../src/operations/drop-index.js";
import type { SqlText } from "../../src/schema/expressions.js";
import { asSqlText, isSqlText } from "../../src/schema/expressions.js";
import type { Index } from "../../src/schema/indexes.js";
import { nameText } from "../../src/schema/names.js";
import { indexNameOf } from "../shared/indexes.js";
import { ifExistsText } from "./existence.js";

interface IndexOptions {
  readonly clustered?: boolean;
  readonly columnstore?: boolean;
  readonly include?: readonly string[];
  readonly where?: string | SqlText;
}

/** Combinations of options that no index of SQL Server has: https://learn.microsoft.com/sql/t-sql/statements/create-index-transact-sql */
function checkOptions(index: Index, options: IndexOptions, context: RenderContext): void {
  const { clustered, columnstore, include = [], where } = options;
  const refuse = (what: string, hint: string) => context.unsupported(`On SQL Server ${what}.`, hint);
  if (clustered && include.length > 0) {
    throw refuse("a clustered index holds all columns and has no INCLUDE", "Remove include, or clustered.");
  }
  if (clustered && where !== undefined) {
    throw refuse("a clustered index holds all rows and has no WHERE", "Remove where, or clustered.");
  }
  if (columnstore && (index.unique || include.length > 0)) {
    throw refuse("a columnstore index is neither UNIQUE nor has it INCLUDE", "Remove unique and include.");
  }
  if (columnstore && clustered && index.columns.length > 0) {
    throw refuse("a clustered columnstore index holds all columns and lists none", "Give an empty list of columns.");
  }
}

/** An expression has to be a computed column before it can be indexed. */
function remarkOnExpressions(index: Index, context: RenderContext): void {
  const expression = index.columns.filter(isSqlText).find((column) => context.sql(column).includes("("));
  if (expression !== undefined) {
    context.refuseUnlessOnTrust(
      `SQL Server indexes columns only, and would refuse ${context.sql(expression)}.`,
      "Add a computed column and index that.",
    );
  }
}

export function createIndex(operation: CreateIndex, context: RenderContext): string {
  const { index, ifNotExists, schema, tableName } = operation;
  const options = context.options(index.options) as IndexOptions;
  const { clustered, columnstore, include = [], where } = options;
  checkOptions(index, options, context);
  remarkOnExpressions(index, context);
  if (ifNotExists) {
    context.refuseUnlessOnTrust(
      "SQL Server has no CREATE INDEX IF NOT EXISTS: the statement fails when the index exists.",
      "Ask the replayed schema: if (!op.inspect().hasIndex(…)) op.createIndex(…).",
    );
  }
  const columns = index.columns.map((column) => context.columnOrExpression(column)).join(", ");
  return [
    "CREATE",
    index.unique && "UNIQUE",
    clustered !== undefined && (clustered ? "CLUSTERED" : "NONCLUSTERED"),
    columnstore && "COLUMNSTORE",
    "INDEX",
    indexNameOf(index, context),
    "ON",
    context.qualified(schema, tableName),
    columns !== "" && `(${columns})`,
    include.length > 0 && `INCLUDE (${context.names(include)})`,
    where !== undefined && `WHERE ${context.sql(asSqlText(where))}`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** SQLAlchemy's name for a table that nobody named. */
const unnamedTable = "no_table";

export function dropIndex(operation: DropIndex, context: RenderContext): string {
  const { ifExists, schema, indexName } = operation;
  const tableName = operation.tableName ?? tableOfIndex(context.before, operation)?.name;
  if (tableName === undefined) {
    context.refuseUnlessOnTrust(
      `SQL Server drops an index from its table, and nothing says which table has ${nameText(indexName)}.`,
      "Give op.dropIndex the option tableName.",
    );
  }
  const table = context.qualified(schema, tableName ?? unnamedTable);
  return `DROP INDEX ${ifExistsText(ifExists)}${context.indexName(indexName)} ON ${table}`;
}
