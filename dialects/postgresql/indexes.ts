import type { RenderContext } from "../../src/compiler/render-context.js";
import type { CreateIndex } from "../../src/operations/create-index.js";
import type { DropIndex } from "../../src/operations/drop-index.js";
import type { SqlText } from "../../src/schema/expressions.js";
import { asSqlText, isSqlText } from "../../src/schema/expressions.js";
import { nameText } from "../../src/schema/names.js";
import { indexNameOf } from "../shared/indexes.js";
import { includeText, nullsDistinct } from "./constraints.js";

/** Storage parameters by name; null is a name alone. */
export type StorageParameters = Readonly<Record<string, string | number | boolean | null>>;

/** `key = value` pairs of a WITH clause. */
export function storageParameters(parameters: StorageParameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => (value === null ? name : `${name} = ${value}`))
    .join(", ");
}

export function createIndex(operation: CreateIndex, context: RenderContext): string {
  const { index, ifNotExists, schema, tableName } = operation;
  const options = context.options(index.options);
  const classes = (options["ops"] ?? {}) as Readonly<Record<string, string>>;
  const elements = index.columns.map((column) => {
    const operatorClass = isSqlText(column) ? undefined : classes[nameText(column)];
    const text = context.columnOrExpression(column);
    return operatorClass === undefined ? text : `${text} ${operatorClass}`;
  });
  const nulls = nullsDistinct(options["nullsNotDistinct"], context);
  const parameters = options["with"] as StorageParameters | undefined;
  const where = options["where"] as string | SqlText | undefined;
  return [
    "CREATE",
    index.unique && "UNIQUE",
    "INDEX",
    options["concurrently"] === true && "CONCURRENTLY",
    ifNotExists && "IF NOT EXISTS",
    indexNameOf(index, context),
    "ON",
    context.qualified(schema, tableName),
    options["using"] !== undefined && `USING ${(options["using"] as string).toLowerCase()}`,
    `(${elements.join(", ")})${includeText(options["include"], context)}`,
    nulls,
    parameters !== undefined && `WITH (${storageParameters(parameters)})`,
    options["tablespace"] !== undefined && `TABLESPACE ${context.name(options["tablespace"] as string)}`,
    where !== undefined && `WHERE ${context.sql(asSqlText(where))}`,
  ]
    .filter(Boolean)
    .join(" ");
}

export function dropIndex(operation: DropIndex, context: RenderContext): string {
  const { ifExists, schema, indexName } = operation;
  const name = context.indexName(indexName);
  return [
    "DROP INDEX",
    context.options(operation.options)["concurrently"] === true && "CONCURRENTLY",
    ifExists && "IF EXISTS",
    schema === undefined ? name : `${context.schema(schema)}.${name}`,
  ]
    .filter(Boolean)
    .join(" ");
}
