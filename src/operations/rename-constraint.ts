import { withPartRenamed } from "../catalog/others.js";
import { renamedConstraint, withRenamedConstraint } from "../catalog/table-changes.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import { options } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface RenameConstraint extends Operation {
  readonly kind: "renameConstraint";
  readonly from: Name;
  readonly to: Name;
  readonly tableName: Name;
  readonly schema: Name | undefined;
}

export interface RenameConstraintDirectives {
  /**
   * Gives a constraint another name.
   *
   * @example op.renameConstraint("uq_name", "uq_account_name", "account")
   * // ALTER TABLE account RENAME CONSTRAINT uq_name TO uq_account_name, EXEC sp_rename on SQL Server
   */
  renameConstraint(from: Name, to: Name, table: Name, options?: { readonly schema?: Name | null }): void;
}

export const renameConstraint: OperationDefinition<RenameConstraint, RenameConstraintDirectives> = {
  kind: "renameConstraint",
  call: ({ from, to, tableName, schema }) => ["renameConstraint", from, to, tableName, ...options({ schema })],
  directives: (recording) => ({
    renameConstraint(from, to, tableName, options = {}) {
      takeOptions("op.renameConstraint", options, ["schema"], "none");
      recording.add({ kind: "renameConstraint", from, to, tableName, schema: options.schema ?? undefined });
    },
  }),
  check(expect, { schema, tableName, from, to }) {
    const table = expect.table(schema, tableName);
    if (table === undefined) return;
    const constraint = expect.constraint(table, from);
    const others = table.constraints.filter((other) => other !== constraint);
    expect.noConstraint({ ...table, constraints: others }, renamedConstraint(constraint, to));
  },
  apply: (catalog, { schema, tableName, from, to }) =>
    withPartRenamed(catalog, { schema, name: tableName }, ["constraint", "index"], from, to).changeTable(
      schema,
      tableName,
      (table) => withRenamedConstraint(table, from, to),
    ),
};
