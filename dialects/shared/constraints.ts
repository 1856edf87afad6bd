import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type {
  Check,
  Constraint,
  Deferral,
  ForeignKey,
  ForeignKeyActions,
  PrimaryKey,
  Unique,
} from "../../src/schema/constraints.js";

/** `CONSTRAINT name `, or nothing for a constraint without a name. */
export function constraintPreamble(constraint: Constraint, context: RenderContext): string {
  return constraint.name === undefined ? "" : `CONSTRAINT ${context.constraintName(constraint.name)} `;
}

/** `DEFERRABLE INITIALLY …`, as far as said. */
export function deferral({ deferrable, initially }: Deferral): string {
  const may = deferrable === undefined ? "" : deferrable ? " DEFERRABLE" : " NOT DEFERRABLE";
  return may + (initially === undefined ? "" : ` INITIALLY ${initially}`);
}

/** `MATCH … ON DELETE … ON UPDATE … DEFERRABLE …`, as far as said. */
export function foreignKeyActions(actions: ForeignKeyActions): string {
  const { match, onDelete, onUpdate } = actions;
  return (
    (match === undefined ? "" : ` MATCH ${match}`) +
    (onDelete === undefined ? "" : ` ON DELETE ${onDelete}`) +
    (onUpdate === undefined ? "" : ` ON UPDATE ${onUpdate}`) +
    deferral(actions)
  );
}

export function primaryKeyText(key: PrimaryKey, context: RenderContext): string {
  return `${constraintPreamble(key, context)}PRIMARY KEY (${context.names(key.columns)})${deferral(key)}`;
}

export function uniqueText(unique: Unique, context: RenderContext): string {
  return `${constraintPreamble(unique, context)}UNIQUE (${context.names(unique.columns)})${deferral(unique)}`;
}

export function foreignKeyText(key: ForeignKey, context: RenderContext): string {
  const referred = context.qualified(key.referredSchema, key.referredTable);
  return (
    `${constraintPreamble(key, context)}FOREIGN KEY(${context.names(key.columns)}) ` +
    `REFERENCES ${referred} (${context.names(key.referredColumns)})${foreignKeyActions(key)}`
  );
}

export function checkText(check: Check, context: RenderContext): string {
  return `${constraintPreamble(check, context)}CHECK (${context.sql(check.condition)})${deferral(check)}`;
}

/** The constraints of the SQL standard. */
export const sharedConstraints: Dialect["constraints"] = {
  primaryKey: primaryKeyText,
  unique: uniqueText,
  foreignKey: foreignKeyText,
  check: checkText,
  exclude: (constraint, context) => {
    throw context.unsupported(
      `${context.dialect.name} has no EXCLUDE constraints.`,
      'They exist on PostgreSQL only: put the call behind op.dialect.name === "postgresql".',
    );
  },
};
