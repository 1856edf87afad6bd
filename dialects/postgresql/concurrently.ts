import { indexNamed } from "../../src/catalog/table-changes.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Execute } from "../../src/operations/execute.js";
import type { OperationNode } from "../../src/operations/index.js";
import { isSqlText, textOfSql } from "../../src/schema/expressions.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";

function isPartitioned(table: Table | undefined): boolean {
  const options: { readonly partitionBy?: string } | undefined = table?.options?.postgresql;
  return options?.partitionBy !== undefined;
}

/**
 * Refuses to build an index concurrently on a table that the history knows to be partitioned, as the server does.
 * https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
export function refuseConcurrentBuild(schema: Name | undefined, tableName: Name, context: RenderContext): void {
  const table = context.before.table(schema, tableName) ?? context.after.table(schema, tableName);
  if (!isPartitioned(table)) return;
  const name = nameText(tableName);
  throw context.unsupported(
    `PostgreSQL builds no index concurrently on a partitioned table, which ${name} is.`,
    `Make it for the table alone: CREATE INDEX … ON ONLY ${name} (…); then CREATE INDEX CONCURRENTLY for each partition, and ALTER INDEX … ATTACH PARTITION for each of those.`,
  );
}

/** Refuses to drop an index of a partitioned table concurrently, as the server does. */
export function refuseConcurrentDrop(
  indexName: Name,
  tableName: Name | undefined,
  schema: Name | undefined,
  context: RenderContext,
): void {
  const { before } = context;
  const tables = tableName === undefined ? [...before.tables.values()] : [before.table(schema, tableName)];
  const owner = tables.find(
    (table) => isPartitioned(table) && table !== undefined && indexNamed(table, indexName) !== undefined,
  );
  if (owner === undefined) return;
  throw context.unsupported(
    `PostgreSQL drops no index of a partitioned table concurrently, which ${nameText(owner.name)} is.`,
    `Drop it without CONCURRENTLY: DROP INDEX ${nameText(indexName)} takes those of the partitions along, and locks the table for a moment.`,
  );
}

const concurrentIndex = /\bindex\s+concurrently\b/i;

/** The same for what authors write as SQL, as far as it is understood. */
export function refuseConcurrentSql({ effects, statement }: Execute, context: RenderContext): void {
  const sql = isSqlText(statement) ? textOfSql(statement) : statement.sql;
  if (effects === undefined || !concurrentIndex.test(sql)) return;
  for (const operation of effects.operations) refuseEffect(operation, context);
}

function refuseEffect(operation: OperationNode, context: RenderContext): void {
  if (operation.kind === "execute") refuseConcurrentSql(operation, context);
  if (operation.kind === "createIndex") refuseConcurrentBuild(operation.schema, operation.tableName, context);
  if (operation.kind === "dropIndex") {
    refuseConcurrentDrop(operation.indexName, operation.tableName, operation.schema, context);
  }
}
