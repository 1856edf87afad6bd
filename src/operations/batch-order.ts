import { constraintMentions, indexMentions } from "../catalog/column-references.js";
import { constraintIsNamed, findColumn, indexNamed } from "../catalog/table-changes.js";
import { isSqlText } from "../schema/expressions.js";
import { sameName, type Name } from "../schema/names.js";
import { constraintsOf, type Table } from "../schema/tables.js";
import type { OperationNode } from "./node.js";

/** Whether an operation drops an index or constraint of a table that cannot be without a column. */
function dropsPartWith(table: Table, column: Name, operation: OperationNode): boolean {
  if (operation.kind === "dropIndex") {
    const index = indexNamed(table, operation.indexName);
    return index !== undefined && indexMentions(index, column);
  }
  if (operation.kind !== "dropConstraint" || operation.constraintName === undefined) return false;
  const { constraintName } = operation;
  return constraintsOf(table).some(
    (constraint) => constraintIsNamed(constraint, constraintName) && constraintMentions(constraint, column),
  );
}

/** The name of the column that an operation makes, or gives to one that is there. */
function madeColumns(operation: OperationNode): readonly Name[] {
  if (operation.kind === "addColumn") return operation.addition.columns.map(({ name }) => name);
  if (operation.kind !== "alterColumn" || operation.change.newColumnName === undefined) return [];
  return [operation.change.newColumnName];
}

/** The columns that an index or constraint stands on which an operation makes. */
function columnsOfPart(operation: OperationNode): readonly Name[] {
  if (operation.kind === "createIndex")
    return operation.index.columns.flatMap((item) => (isSqlText(item) ? [] : [item]));
  if (operation.kind !== "addConstraint" || !("columns" in operation.constraint)) return [];
  return operation.constraint.columns;
}

function dropsBeforeColumns(operations: readonly OperationNode[], table: Table): readonly OperationNode[] {
  const ordered: OperationNode[] = [];
  for (const operation of operations) {
    const column = ordered.findIndex(
      (other) => other.kind === "dropColumn" && dropsPartWith(table, other.columnName, operation),
    );
    if (column === -1) ordered.push(operation);
    else ordered.splice(column, 0, operation);
  }
  return ordered;
}

function columnsBeforeParts(operations: readonly OperationNode[], table: Table): readonly OperationNode[] {
  const ordered: OperationNode[] = [];
  let waiting: readonly { readonly operation: OperationNode; readonly needs: readonly Name[] }[] = [];
  const isLater = (name: Name, at: number): boolean =>
    findColumn(table, name) === undefined &&
    !ordered.some((operation) => madeColumns(operation).some((made) => sameName(made, name))) &&
    operations.slice(at + 1).some((operation) => madeColumns(operation).some((made) => sameName(made, name)));
  for (const [at, operation] of operations.entries()) {
    const needs = columnsOfPart(operation).filter((name) => isLater(name, at));
    if (needs.length > 0) {
      waiting = [...waiting, { operation, needs }];
      continue;
    }
    ordered.push(operation);
    const made = madeColumns(operation);
    if (made.length === 0 || waiting.length === 0) continue;
    const rest = waiting.map((held) => ({
      ...held,
      needs: held.needs.filter((name) => !made.some((column) => sameName(column, name))),
    }));
    ordered.push(...rest.filter(({ needs: open }) => open.length === 0).map((held) => held.operation));
    waiting = rest.filter(({ needs: open }) => open.length > 0);
  }
  return ordered;
}

/**
 * The operations of a batch that is one change of its table, whatever their order: what goes with a column, and is dropped
 * behind it, is dropped before it; what stands on a column that comes later is made behind it.
 *
 * @param table the table before the batch
 */
export function inOrderOfColumns(
  operations: readonly OperationNode[],
  table: Table | undefined,
): readonly OperationNode[] {
  if (table === undefined || operations.length < 2) return operations;
  const dropped = operations.some(({ kind }) => kind === "dropColumn")
    ? dropsBeforeColumns(operations, table)
    : operations;
  return dropped.some((operation) => madeColumns(operation).length > 0) ? columnsBeforeParts(dropped, table) : dropped;
}
