import { constraintIsNamed } from "../catalog/table-changes.js";
import type { Constraint } from "../schema/constraints.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import { options } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface ValidateConstraint extends Operation {
  readonly kind: "validateConstraint";
  readonly constraintName: Name;
  readonly tableName: Name;
  readonly schema: Name | undefined;
}

export interface ValidateConstraintDirectives {
  /**
   * Checks the rows that were there before a constraint was added as not valid. The check is not undone by a downgrade,
   * and needs no counterpart there.
   *
   * @example op.validateConstraint("fk_owner", "account") // ALTER TABLE account VALIDATE CONSTRAINT fk_owner
   */
  validateConstraint(name: Name, table: Name, options?: { readonly schema?: Name | null }): void;
}

/** The constraint without the words that it does not hold for all rows. */
function validated(constraint: Constraint): Constraint {
  const { postgresql, ...others } = constraint.options;
  if (postgresql?.["notValid"] === undefined) return constraint;
  const { notValid: _notValid, ...rest } = postgresql;
  return { ...constraint, options: Object.keys(rest).length === 0 ? others : { ...others, postgresql: rest } };
}

export const validateConstraint: OperationDefinition<ValidateConstraint, ValidateConstraintDirectives> = {
  kind: "validateConstraint",
  call({ constraintName, tableName, schema }) {
    return ["validateConstraint", constraintName, tableName, ...options({ schema })];
  },
  directives: (recording) => ({
    validateConstraint(constraintName, tableName, options = {}) {
      takeOptions("op.validateConstraint", options, ["schema"], "none");
      recording.add({ kind: "validateConstraint", constraintName, tableName, schema: options.schema ?? undefined });
    },
  }),
  check(expect, { schema, tableName, constraintName }) {
    const table = expect.table(schema, tableName);
    if (table !== undefined) expect.constraint(table, constraintName);
  },
  apply: (catalog, { schema, tableName, constraintName }) =>
    catalog.changeTable(schema, tableName, (table) => ({
      ...table,
      constraints: table.constraints.map((constraint) =>
        constraintIsNamed(constraint, constraintName) ? validated(constraint) : constraint,
      ),
    })),
};
