import { isIndexNamed, viewNamed, withViewIndexes } from "../catalog/view-indexes.js";
import type { IndexDialectOptions } from "../schema/dialect-options.js";
import { takeOptions } from "../schema/take-options.js";
import type { SqlText } from "../schema/expressions.js";
import type { Index } from "../schema/indexes.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import { named } from "../schema/naming.js";
import { isOnTable, options, whenSet } from "./call.js";
import type { BatchTable, BatchedDefinition, Operation, Recording } from "./operation.js";

export interface CreateIndex extends Operation {
  readonly kind: "createIndex";
  readonly tableName: Name;
  readonly schema: Name | undefined;
  readonly index: Index;
  readonly ifNotExists: boolean;
}

export interface CreateIndexOptions extends IndexDialectOptions {
  readonly schema?: Name | null;
  readonly unique?: boolean;
  readonly ifNotExists?: boolean;
  readonly quote?: boolean;
}

type IndexColumns = Name | SqlText | readonly (Name | SqlText)[];

export interface CreateIndexDirectives {
  /**
   * Creates an index over columns or expressions. A name of null is made by the naming convention.
   *
   * @example op.createIndex("ix_account_name", "account", ["name"], { unique: true })
   * // CREATE UNIQUE INDEX ix_account_name ON account (name)
   * @example op.createIndex("ix_lower", "account", [sql`lower(name)`], { postgresql: { concurrently: true } })
   * // CREATE INDEX CONCURRENTLY ix_lower ON account (lower(name))
   */
  createIndex(name: Name | null, table: Name, columns: IndexColumns, options?: CreateIndexOptions): void;
}

export interface BatchCreateIndexDirectives {
  /** Creates an index on the table. */
  createIndex(name: Name | null, columns: IndexColumns, options?: Omit<CreateIndexOptions, "schema">): void;
}

function record(
  recording: Recording<CreateIndex>,
  name: Name | null,
  table: BatchTable,
  columns: IndexColumns,
  options: CreateIndexOptions,
  otherNames: readonly string[],
): void {
  const groups = takeOptions("createIndex", options, ["unique", "ifNotExists", "quote", ...otherNames], "index");
  const { quote } = options;
  const index: Index = {
    kind: "index",
    name: name === null ? undefined : quote === undefined ? name : { text: nameText(name), quote },
    columns: Array.isArray(columns) ? (columns as readonly (Name | SqlText)[]) : [columns as Name | SqlText],
    unique: options.unique ?? false,
    options: groups,
  };
  recording.add({
    kind: "createIndex",
    tableName: table.name,
    schema: table.schema,
    index: named(recording.namingConvention, index, table),
    ifNotExists: options.ifNotExists ?? false,
  });
}

export const createIndex: BatchedDefinition<CreateIndex, CreateIndexDirectives, BatchCreateIndexDirectives> = {
  kind: "createIndex",
  call({ tableName, schema, index, ifNotExists }) {
    const flags = { unique: whenSet(index.unique), ifNotExists: whenSet(ifNotExists) };
    const given = options({ schema, ...flags, ...index.options });
    return ["createIndex", index.name ?? null, tableName, index.columns, ...given];
  },
  batchCall(operation, table) {
    const { index, ifNotExists } = operation;
    if (!isOnTable(operation, table)) return;
    const flags = { unique: whenSet(index.unique), ifNotExists: whenSet(ifNotExists) };
    return ["createIndex", index.name ?? null, index.columns, ...options({ ...flags, ...index.options })];
  },
  directives: (recording) => ({
    createIndex(name, table, columns, options = {}) {
      record(recording, name, { name: table, schema: options.schema ?? undefined }, columns, options, ["schema"]);
    },
  }),
  batchDirectives: (recording, table) => ({
    createIndex: (name, columns, options = {}) => record(recording, name, table, columns, options, []),
  }),
  check(expect, { schema, tableName, index, ifNotExists }) {
    const table = expect.table(schema, tableName);
    if (table === undefined) return;
    expect.columns(table, index.columns);
    if (index.name !== undefined && !ifNotExists) expect.noIndex(table, index.name);
  },
  apply(catalog, { schema, tableName, index, ifNotExists }) {
    const added = (indexes: readonly Index[]): readonly Index[] => {
      const { name } = index;
      const isThere = ifNotExists && name !== undefined && indexes.some((other) => isIndexNamed(other, name));
      return isThere ? indexes : [...indexes, index];
    };
    const view = viewNamed(catalog, schema, tableName);
    if (view !== undefined) return withViewIndexes(catalog, view, added);
    return catalog.changeTable(schema, tableName, (table) => ({ ...table, indexes: added(table.indexes) }));
  },
};
