import type { Column } from "../schema/columns.js";
import type { Constraint } from "../schema/constraints.js";
import type { Index } from "../schema/indexes.js";
import type { Name } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { NewOperation } from "../operations/index.js";

/** Shortens the name of a constraint or index where a server has no room for it; gives all others back as they are. */
export type FitName = (name: Name) => Name;

function fitNamed<T extends Constraint | Index>(item: T, fit: FitName): T {
  const name = item.name === undefined ? undefined : fit(item.name);
  return name === item.name ? item : { ...item, name };
}

/** A list with its items changed; the same list where none is. */
function changedList<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  const changed = list.map(change);
  return changed.every((item, position) => item === list[position]) ? list : changed;
}

function fitColumn(column: Column, fit: FitName): Column {
  const checks = changedList(column.checks, (check) => fitNamed(check, fit));
  return checks === column.checks ? column : { ...column, checks };
}

function fitTable(table: Table, fit: FitName): Table {
  const columns = changedList(table.columns, (column) => fitColumn(column, fit));
  const constraints = changedList(table.constraints, (constraint) => fitNamed(constraint, fit));
  const indexes = changedList(table.indexes, (index) => fitNamed(index, fit));
  const isSame = columns === table.columns && constraints === table.constraints && indexes === table.indexes;
  return isSame ? table : { ...table, columns, constraints, indexes };
}

/**
 * An operation with the names that its constraints and indexes have on the server. A name that a naming convention made,
 * or `op.f`, may be too long for it: what is recorded is the name that is written, so that the replayed schema has it
 * too, and a later revision finds it under both.
 */
export function withFittingNames(operation: NewOperation, fit: FitName): NewOperation {
  switch (operation.kind) {
    case "createTable": {
      const table = fitTable(operation.table, fit);
      return table === operation.table ? operation : { ...operation, table };
    }
    case "addColumn": {
      const addition = fitTable(operation.addition, fit);
      return addition === operation.addition ? operation : { ...operation, addition };
    }
    case "addConstraint":
      return { ...operation, constraint: fitNamed(operation.constraint, fit) };
    case "createIndex":
      return { ...operation, index: fitNamed(operation.index, fit) };
    case "dropIndex":
      return { ...operation, indexName: fit(operation.indexName) };
    case "dropConstraint": {
      const { constraintName } = operation;
      return { ...operation, constraintName: constraintName === undefined ? undefined : fit(constraintName) };
    }
    case "validateConstraint":
      return { ...operation, constraintName: fit(operation.constraintName) };
    case "renameConstraint":
    case "renameIndex":
      return { ...operation, from: fit(operation.from), to: fit(operation.to) };
    default:
      return operation;
  }
}
