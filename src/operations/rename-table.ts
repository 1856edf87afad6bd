import { noBodyOnRenamed } from "../catalog/dependent-checks.js";
import { withRenamedTable } from "../catalog/dependents.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import { options } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface RenameTable extends Operation {
  readonly kind: "renameTable";
  readonly from: Name;
  readonly to: Name;
  readonly schema: Name | undefined;
  /** Foreign keys, views and triggers of others keep the old name. */
  readonly legacyRename?: boolean;
  /** Views and triggers that the revision drops or makes anew later on, which may break meanwhile. */
  readonly mendedLater?: readonly string[];
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
  check(expect, { schema, from, to, mendedLater, legacyRename }) {
    expect.table(schema, from);
    expect.noTable(schema, to);
    if (legacyRename !== true) noBodyOnRenamed(expect, { schema, name: from }, undefined, mendedLater);
  },
  apply: (catalog, { from, to, schema, legacyRename, origin }) =>
    withRenamedTable(catalog, { schema, name: from }, { schema, name: to }, origin, legacyRename !== true),
};
