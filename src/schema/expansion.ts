import type { Column } from "./columns.js";
import type { Check, Constraint, ForeignKey, Reference } from "./constraints.js";
import { splitTarget } from "./constraints.js";
import { sql } from "./expressions.js";
import type { Index } from "./indexes.js";
import type { Name } from "./names.js";
import { nameText } from "./names.js";
import type { NamingConvention } from "./naming.js";
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
function typeCheck(column: Column): Check | undefined {
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

/** The constraints and indexes that a column brings to its table. */
function bornOf(column: Column): { constraints: readonly Constraint[]; indexes: readonly Index[] } {
  const constraints: Constraint[] = [];
  const indexes: Index[] = [];
  if (column.index) {
    indexes.push({ kind: "index", name: undefined, columns: [column.name], unique: column.unique, options: {} });
  } else if (column.unique) {
    constraints.push({ kind: "unique", name: undefined, columns: [column.name], options: {} });
  }
  constraints.push(...column.references.map((reference) => referenceToForeignKey(column, reference)));
  const check = typeCheck(column);
  if (check !== undefined) constraints.push(check);
  return { constraints, indexes };
}

/**
 * A table in which everything that columns say about keys, uniqueness, indexes and foreign keys stands as a
 * constraint or an index of the table, under its conventional name. Doing it twice changes nothing.
 */
export function expandTable(table: Table, convention: NamingConvention | undefined): Table {
  const owner = { name: table.name, schema: table.schema };
  const born = table.columns.map(bornOf);
  const primaryKey = primaryKeyOf(table);
  const constraints = [
    ...(primaryKey === undefined ? [] : [primaryKey]),
    ...table.constraints.filter((constraint) => constraint.kind !== "primaryKey"),
    ...born.flatMap(({ constraints }) => constraints),
  ];
  const indexes = [...table.indexes, ...born.flatMap(({ indexes }) => indexes)];
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      type: column.type,
      unique: false,
      index: false,
      references: [],
      checks: column.checks.map((check) => named(convention, check, owner)),
    })),
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
