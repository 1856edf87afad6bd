import type { Constraint } from "../schema/constraints.js";
import { isSqlText } from "../schema/expressions.js";
import type { Table } from "../schema/tables.js";
import type { SchemaChecks } from "./schema-checks.js";

/** The columns that a constraint names are there, on both sides of a foreign key. */
export function checkConstraintColumns(expect: SchemaChecks, table: Table, constraint: Constraint): void {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      expect.columns(table, constraint.columns);
      return;
    case "foreignKey":
      expect.columns(table, constraint.columns);
      expect.foreignKey(table, constraint);
      return;
    case "exclude":
      for (const { expression } of constraint.elements) if (!isSqlText(expression)) expect.column(table, expression);
      return;
    case "check":
      return;
  }
}

/** What stands in a table refers to its own columns, and to tables that are there. */
export function checkTableItems(expect: SchemaChecks, table: Table): void {
  for (const constraint of table.constraints) checkConstraintColumns(expect, table, constraint);
  for (const index of table.indexes) expect.columns(table, index.columns);
}

/** What comes with a new column fits the table as it will be. */
export function checkAddedItems(expect: SchemaChecks, table: Table, addition: Table): void {
  const grown = { ...table, columns: [...table.columns, ...addition.columns] };
  for (const constraint of addition.constraints) {
    if (constraint.kind !== "primaryKey") expect.noConstraint(table, constraint);
    checkConstraintColumns(expect, grown, constraint);
  }
  for (const index of addition.indexes) if (index.name !== undefined) expect.noIndex(table, index.name);
}
