import type { Catalog } from "../catalog/catalog.js";
import { indexNamed, removeConstraint } from "../catalog/table-changes.js";
import { isIndexNamed, viewWithIndex, withViewIndexes } from "../catalog/view-indexes.js";
import type { DialectOptions } from "../schema/dialect-names.js";
import type { IndexDialectOptions } from "../schema/dialect-options.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { isOnTable, options, whenSet } from "./call.js";
import type { BatchTable, BatchedDefinition, Operation, Recording } from "./operation.js";

export interface DropIndex extends Operation {
  readonly kind: "dropIndex";
  readonly indexName: Name;
  readonly tableName: Name | undefined;
  readonly schema: Name | undefined;
  readonly ifExists: boolean;
  readonly options: DialectOptions;
  /** The server does not look at foreign keys. */
  readonly foreignKeysUnchecked?: boolean;
}

/**
 * What Alembic's autogenerate writes of the index that goes is taken, too: its reverse is made of it. Of these only
 * `concurrently` is in the statement.
 */
export interface DropIndexOptions extends IndexDialectOptions {
  /** Needed on MySQL, MariaDB and SQL Server, unless the replayed schema knows the index. */
  readonly tableName?: Name | null;
  readonly schema?: Name | null;
  readonly ifExists?: boolean;
  readonly unique?: boolean;
  /** Whether the name is quoted. */
  readonly quote?: boolean;
}

export interface DropIndexDirectives {
  /**
   * Drops an index.
   *
   * @example op.dropIndex("ix_account_name", { tableName: "account" })
   * // DROP INDEX ix_account_name, DROP INDEX ix_account_name ON account on MySQL
   */
  dropIndex(name: Name, options?: DropIndexOptions): void;
}

export interface BatchDropIndexDirectives {
  /** Drops an index of the table. */
  dropIndex(name: Name, options?: Omit<DropIndexOptions, "schema" | "tableName">): void;
}

function record(
  recording: Recording<DropIndex>,
  name: Name,
  table: Partial<BatchTable>,
  options: DropIndexOptions,
  otherNames: readonly string[],
): void {
  const groups = takeOptions("dropIndex", options, ["ifExists", "unique", "quote", ...otherNames], "dropIndex");
  recording.add({
    kind: "dropIndex",
    indexName: options.quote === undefined ? name : { text: nameText(name), quote: options.quote },
    tableName: table.name,
    schema: table.schema,
    ifExists: options.ifExists ?? false,
    options: groups,
  });
}

/** The table that has the index of a drop: the one that is named, or the only one in the catalog with such an index. */
export function tableOfIndex(
  catalog: Catalog,
  operation: Pick<DropIndex, "tableName" | "schema" | "indexName">,
): Table | undefined {
  const { tableName, schema, indexName } = operation;
  if (tableName !== undefined) return catalog.table(schema, tableName);
  const tables = catalog.tables
    .values()
    .filter((table) => (table.schema && nameText(table.schema)) === (schema && nameText(schema)))
    .filter((table) => indexNamed(table, indexName) !== undefined);
  return tables.length === 1 ? tables[0] : undefined;
}

export const dropIndex: BatchedDefinition<DropIndex, DropIndexDirectives, BatchDropIndexDirectives> = {
  kind: "dropIndex",
  call(operation) {
    const { indexName, tableName, schema, ifExists } = operation;
    const given = { tableName, schema, ifExists: whenSet(ifExists), ...operation.options };
    return ["dropIndex", indexName, ...options(given)];
  },
  batchCall(operation, table) {
    const { indexName, ifExists } = operation;
    if (!isOnTable(operation, table)) return;
    return ["dropIndex", indexName, ...options({ ifExists: whenSet(ifExists), ...operation.options })];
  },
  directives: (recording) => ({
    dropIndex(name, options = {}) {
      const table = { name: options.tableName ?? undefined, schema: options.schema ?? undefined };
      record(recording, name, table as Partial<BatchTable>, options, ["tableName", "schema"]);
    },
  }),
  batchDirectives: (recording, table) => ({
    dropIndex: (name, options = {}) => record(recording, name, table, options, []),
  }),
  check(expect, operation) {
    const { schema, tableName, indexName, ifExists } = operation;
    if (tableName === undefined || ifExists) return;
    const table = expect.table(schema, tableName);
    if (table !== undefined) expect.index(table, indexName);
  },
  apply(catalog, operation) {
    const { schema, tableName, indexName } = operation;
    const view = viewWithIndex(catalog, schema, tableName, indexName);
    if (view !== undefined) {
      return withViewIndexes(catalog, view, (all) => all.filter((index) => !isIndexNamed(index, indexName)));
    }
    const table = tableOfIndex(catalog, operation);
    const index = table && indexNamed(table, operation.indexName);
    if (table === undefined) return catalog;
    if (index === undefined) {
      if (catalog.rules.uniquesAreIndexes !== true) return catalog;
      return catalog.withTable(removeConstraint(table, operation.indexName));
    }
    return catalog.withTable({ ...table, indexes: table.indexes.filter((other) => other !== index) });
  },
};
