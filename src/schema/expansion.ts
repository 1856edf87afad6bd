import type { Column } from "./columns.js";
import type { Check, Constraint, ForeignKey, Reference } from "./constraints.js";
import { splitTarget } from "./constraints.js";
import { sql } from "./expressions.js";
import type { Index } from "./indexes.js";
import type { Name } from "./names.js";
import { nameText } from "./names.js";
import type { NamingConvention, Owner } from "./naming.js";
import { named } from "./naming.js";
import type { Table } from "./tables.js";
import { primaryKeyOf } from "./tables.js";
import { isType } from "./types/type.js";

function referenceToForeignKey(column: Column, reference: Reference): ForeignKey {
  const { schema, table, column: referred } = splitTarget(reference.target);
  const { name, onUpdate, onDelete, match, deferrable, initially, useAlter } = reference;
  return {
    kind: "foreignKey",
    name,
    columns: [column.name],
    referredSchema: schema,
    referredTable: table,
    referredColumns: [referred],
    useAlter,
    ...{ onUpdate, onDelete, match, deferrable, initially },
    options: {},
  };
}

/** The check that a boolean or enum type brings with it, for dialects without such a type. */
export function typeCheck(column: Column): Check | undefined {
  const { type } = column;
  const check = (values: readonly (string | number)[], name: Name | undefined): Check => ({
    kind: "check",
    name,
    condition: sql`${sql.identifier(nameText(column.name))} IN (${sql.join(values)})`,
    boundTo: column.name,
    options: {},
  });
  if (isType(type, "boolean") || isType(type, "BOOLEAN")) {
    return type.parameters.createConstraint === true ? check([0, 1], type.parameters.name) : undefined;
  }
  if (isType(type, "enum")) {
    return type.parameters.createConstraint === true ? check(type.parameters.values, type.parameters.name) : undefined;
  }
  return undefined;
}

/** Adds the constraints and indexes that a column brings to its table. */
function bear(column: Column, constraints: Constraint[], indexes: Index[]): void {
  if (column.index) {
    indexes.push({ kind: "index", name: undefined, columns: [column.name], unique: column.unique, options: {} });
  } else if (column.unique) {
    constraints.push({ kind: "unique", name: undefined, columns: [column.name], options: {} });
  }
  for (const reference of column.references) constraints.push(referenceToForeignKey(column, reference));
  const check = typeCheck(column);
  if (check !== undefined) constraints.push(check);
}

/** Whether a column says nothing of keys and checks: most do not, and stand in the expanded table as they are. */
function isPlain({ unique, index, references, checks }: Column): boolean {
  return !unique && !index && references.length === 0 && checks.length === 0;
}

/** The column without what it says about indexes and keys. */
function expandColumn(column: Column, convention: NamingConvention | undefined, owner: Owner): Column {
  if (isPlain(column)) return column;
  const checks = column.checks.map((check) => named(convention, check, owner));
  return { ...column, unique: false, index: false, references: [], checks };
}

/**
 * A table in which everything that columns say about keys, uniqueness, indexes and foreign keys stands as a
 * constraint or an index of the table, under its conventional name. Doing it twice changes nothing.
 */
export function expandTable(table: Table, convention: NamingConvention | undefined): Table {
  const owner = { name: table.name, schema: table.schema };
  const primaryKey = primaryKeyOf(table);
  const constraints: Constraint[] = primaryKey === undefined ? [] : [primaryKey];
  for (const constraint of table.constraints) if (constraint.kind !== "primaryKey") constraints.push(constraint);
  const indexes = [...table.indexes];
  for (const column of table.columns) bear(column, constraints, indexes);
  return {
    ...table,
    columns: table.columns.map((column) => expandColumn(column, convention, owner)),
    constraints: withoutRepeatedTypeChecks(constraints).map((constraint) => named(convention, constraint, owner)),
    indexes: indexes.map((index) => named(convention, index, owner)),
  };
}

/** A table that was expanded before has the checks of its column types already. */
function withoutRepeatedTypeChecks(constraints: readonly Constraint[]): readonly Constraint[] {
  const seen = new Set<string>();
  return constraints.filter((constraint) => {
    if (constraint.kind !== "check" || constraint.boundTo === undefined) return true;
    const column = nameText(constraint.boundTo);
    if (seen.has(column)) return false;
    seen.add(column);
    return true;
  });
}
