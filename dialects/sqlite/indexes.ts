import type { RenderContext } from "../../src/compiler/render-context.js";
import type { CreateIndex } from "../../src/operations/create-index.js";
import type { DropIndex } from "../../src/operations/drop-index.js";
import type { SqlText } from "../../src/schema/expressions.js";
import { asSqlText } from "../../src/schema/expressions.js";
import { indexNameOf } from "../shared/indexes.js";

/** An index. Its schema stands before its own name, and the table is looked for there. */
export function createIndex(operation: CreateIndex, context: RenderContext): string {
  const { index, ifNotExists, schema, tableName } = operation;
  const where = context.options(index.options)["where"] as string | SqlText | undefined;
  const name = indexNameOf(index, context);
  return [
    "CREATE",
    index.unique && "UNIQUE",
    "INDEX",
    ifNotExists && "IF NOT EXISTS",
    schema === undefined ? name : `${context.schema(schema)}.${name}`,
    "ON",
    context.name(tableName),
    `(${index.columns.map((column) => context.columnOrExpression(column)).join(", ")})`,
    where !== undefined && `WHERE ${context.sql(asSqlText(where))}`,
  ]
    .filter(Boolean)
    .join(" ");
}

export function dropIndex({ ifExists, schema, indexName }: DropIndex, context: RenderContext): string {
  const name = context.indexName(indexName);
  const qualified = schema === undefined ? name : `${context.schema(schema)}.${name}`;
  return `DROP INDEX ${ifExists ? "IF EXISTS " : ""}${qualified}`;
}
