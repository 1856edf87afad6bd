import type { Catalog } from "./catalog.js";
import type { Column } from "../schema/columns.js";
import type { Constraint } from "../schema/constraints.js";
import type { Index } from "../schema/indexes.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import { isSqlText } from "../schema/expressions.js";
import type { Table } from "../schema/tables.js";

export function findColumn(table: Table | undefined, name: Name): Column | undefined {
  return table?.columns.find((column) => sameName(column.name, name));
}

/** Replaces one column; a new name is carried into the keys, uniques and indexes that name the column. */
export function changeColumn(table: Table, name: Name, changed: Column): Table {
  const renamed = (columns: readonly Name[]): readonly Name[] =>
    columns.map((column) => (sameName(column, name) ? changed.name : column));
  const follow = (constraint: Constraint): Constraint => {
    switch (constraint.kind) {
      case "primaryKey":
      case "unique":
      case "foreignKey":
        return { ...constraint, columns: renamed(constraint.columns) };
      case "check":
        return sameName(constraint.boundTo, name) ? { ...constraint, boundTo: changed.name } : constraint;
      case "exclude":
        return constraint;
    }
  };
  return {
    ...table,
    columns: table.columns.map((column) => (sameName(column.name, name) ? changed : column)),
    constraints: table.constraints.map(follow),
    indexes: table.indexes.map((index) => ({
      ...index,
      columns: index.columns.map((column) => (!isSqlText(column) && sameName(column, name) ? changed.name : column)),
    })),
  };
}

function namesColumn(item: Constraint | Index, name: Name): boolean {
  switch (item.kind) {
    case "primaryKey":
    case "unique":
    case "foreignKey":
      return item.columns.some((column) => sameName(column, name));
    case "check":
      return sameName(item.boundTo, name);
    case "exclude":
      return item.elements.some(({ expression }) => !isSqlText(expression) && sameName(expression, name));
    case "index":
      return item.columns.some((column) => !isSqlText(column) && sameName(column, name));
  }
}

/** The foreign keys of all tables that refer to a table, under its new name. */
export function followRenamedTable(catalog: Catalog, schema: Name | undefined, from: Name, to: Name): Catalog {
  const refers = (constraint: Constraint): boolean =>
    constraint.kind === "foreignKey" &&
    sameName(constraint.referredTable, from) &&
    sameName(constraint.referredSchema, schema);
  let result = catalog;
  for (const table of catalog.tables.values()) {
    if (!table.constraints.some(refers)) continue;
    const constraints = table.constraints.map((constraint) =>
      refers(constraint) ? ({ ...constraint, referredTable: to } as Constraint) : constraint,
    );
    result = result.withTable({ ...table, constraints });
  }
  return result;
}

/** The foreign keys of all tables that refer to a column, under its new name. */
export function followRenamedColumn(catalog: Catalog, table: Table, from: Name, to: Name): Catalog {
  let result = catalog;
  for (const other of catalog.tables.values()) {
    const constraints = other.constraints.map((constraint) => {
      if (constraint.kind !== "foreignKey" || !constraint.referredColumns.some((name) => sameName(name, from))) {
        return constraint;
      }
      if (!sameName(constraint.referredTable, table.name) || !sameName(constraint.referredSchema, table.schema)) {
        return constraint;
      }
      const referredColumns = constraint.referredColumns.map((name) => (sameName(name, from) ? to : name));
      return { ...constraint, referredColumns };
    });
    if (constraints.some((constraint, position) => constraint !== other.constraints[position])) {
      result = result.withTable({ ...other, constraints });
    }
  }
  return result;
}

/** Takes a column out, and with it the constraints and indexes that name it, as servers do. */
export function removeColumn(table: Table, name: Name): Table {
  return {
    ...table,
    columns: table.columns.filter((column) => !sameName(column.name, name)),
    constraints: table.constraints.filter((constraint) => !namesColumn(constraint, name)),
    indexes: table.indexes.filter((index) => !namesColumn(index, name)),
  };
}

/** Whether a constraint has that name: its own, or the one that the server gave it. */
export function constraintIsNamed(constraint: Constraint, name: Name): boolean {
  return constraint.name === undefined
    ? constraint.impliedName === nameText(name)
    : nameText(constraint.name) === nameText(name);
}

/** Takes the constraint of that name out; a primary key also by its kind, since it is often dropped without a name. */
export function removeConstraint(table: Table, name: Name | undefined, kind?: Constraint["kind"]): Table {
  const dropped = (constraint: Constraint): boolean =>
    (name !== undefined && constraintIsNamed(constraint, name)) ||
    (kind === "primaryKey" && constraint.kind === "primaryKey");
  const keyless = table.constraints.some((constraint) => constraint.kind === "primaryKey" && dropped(constraint));
  return {
    ...table,
    columns: keyless
      ? table.columns.map((column) =>
          column.primaryKey ? { ...column, type: column.type, primaryKey: false, nullable: false } : column,
        )
      : table.columns,
    constraints: table.constraints.filter((constraint) => !dropped(constraint)),
  };
}

/** The index of that name, on whichever table it is. */
export function indexNamed(table: Table, name: Name): Index | undefined {
  return table.indexes.find((index) => index.name !== undefined && nameText(index.name) === nameText(name));
}
