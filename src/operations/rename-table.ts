import { catalogKey } from "../catalog/catalog-key.js";
import { followRenamedOwner } from "../catalog/dependents.js";
import { renamedTable, followRenamedTable } from "../catalog/table-changes.js";
import { takeOptions } from "../schema/dialect-options.js";
import type { Name } from "../schema/names.js";
import { options } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface RenameTable extends Operation {
  readonly kind: "renameTable";
  readonly from: Name;
  readonly to: Name;
  readonly schema: Name | undefined;
}

export interface RenameTableDirectives {
  /**
   * Gives a table another name, in the same schema.
   *
   * @example op.renameTable("user", "account") // ALTER TABLE "user" RENAME TO account
   */
  renameTable(from: Name, to: Name, options?: { readonly schema?: Name | null }): void;
}

export const renameTable: OperationDefinition<RenameTable, RenameTableDirectives> = {
  kind: "renameTable",
  call: ({ from, to, schema }) => ["renameTable", from, to, ...options({ schema })],
  directives: (recording) => ({
    renameTable(from, to, options = {}) {
      takeOptions("op.renameTable", options, ["schema"], "none");
      recording.add({ kind: "renameTable", from, to, schema: options.schema ?? undefined });
    },
  }),
  check(expect, { schema, from, to }) {
    expect.table(schema, from);
    expect.noTable(schema, to);
  },
  apply(catalog, { from, to, schema, origin }) {
    const table = catalog.table(schema, from);
    if (table === undefined) return catalog;
    const renamed = catalog.withoutTable(schema, from, origin).withTable(renamedTable(table, to, catalog.rules));
    const followed = followRenamedOwner(followRenamedTable(renamed, schema, from, to), schema, from, to);
    // what is not known of a table is not known of it under another name either
    const because = catalog.unknown.get(catalogKey(schema, from));
    return because === undefined ? followed : followed.withUnknown([catalogKey(schema, to)], because);
  },
};
