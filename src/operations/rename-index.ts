import { withPartRenamed } from "../catalog/others.js";
import { indexNamed } from "../catalog/table-changes.js";
import { isIndexNamed, viewWithIndex, withViewIndexes } from "../catalog/view-indexes.js";
import type { Index } from "../schema/indexes.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import { options } from "./call.js";
import { tableOfIndex } from "./drop-index.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface RenameIndex extends Operation {
  readonly kind: "renameIndex";
  readonly from: Name;
  readonly to: Name;
  readonly tableName: Name | undefined;
  readonly schema: Name | undefined;
}

export interface RenameIndexOptions {
  /** Needed on MySQL, MariaDB and SQL Server, unless the replayed schema knows the index. */
  readonly tableName?: Name | null;
  readonly schema?: Name | null;
}

export interface RenameIndexDirectives {
  /**
   * Gives an index another name.
   *
   * @example op.renameIndex("ix_name", "ix_account_name", { tableName: "account" })
   * // ALTER INDEX ix_name RENAME TO ix_account_name, ALTER TABLE account RENAME INDEX ix_name TO ix_account_name on MySQL
   */
  renameIndex(from: Name, to: Name, options?: RenameIndexOptions): void;
}

export const renameIndex: OperationDefinition<RenameIndex, RenameIndexDirectives> = {
  kind: "renameIndex",
  call: ({ from, to, tableName, schema }) => ["renameIndex", from, to, ...options({ tableName, schema })],
  directives: (recording) => ({
    renameIndex(from, to, options = {}) {
      takeOptions("op.renameIndex", options, ["tableName", "schema"], "none");
      const { tableName, schema } = options;
      recording.add({ kind: "renameIndex", from, to, tableName: tableName ?? undefined, schema: schema ?? undefined });
    },
  }),
  check(expect, { schema, tableName, from, to }) {
    const table = tableName === undefined ? undefined : expect.table(schema, tableName);
    if (table === undefined) return;
    expect.index(table, from);
    expect.noIndex(table, to);
  },
  apply(catalog, { schema, tableName, from, to }) {
    const view = viewWithIndex(catalog, schema, tableName, from);
    if (view !== undefined) {
      const renamed = (index: Index): Index => (isIndexNamed(index, from) ? { ...index, name: to } : index);
      return withViewIndexes(catalog, view, (all) => all.map(renamed));
    }
    const table = tableOfIndex(catalog, { schema, tableName, indexName: from });
    const index = table && indexNamed(table, from);
    if (table === undefined || index === undefined) return catalog;
    const indexes = table.indexes.map((other) => (other === index ? { ...index, name: to } : other));
    return withPartRenamed(catalog, table, ["index"], from, to).withTable({ ...table, indexes });
  },
};
