import { constraintMentions, indexMentions } from "../catalog/column-references.js";
import { constraintIsNamed, indexNamed } from "../catalog/table-changes.js";
import type { Name } from "../schema/names.js";
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

/**
 * The operations of a batch that is one change of its table, whatever their order: what goes with a column, and is dropped
 * behind it, is dropped before it.
 *
 * @param table the table before the batch
 */
export function partsBeforeColumns(
  operations: readonly OperationNode[],
  table: Table | undefined,
): readonly OperationNode[] {
  if (table === undefined || !operations.some(({ kind }) => kind === "dropColumn")) return operations;
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
