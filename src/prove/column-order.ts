import type { Difference } from "../catalog/compare.js";
import type { OperationNode } from "../operations/index.js";
import { nameText } from "../schema/names.js";

/** The names of the columns that operations add to tables. */
function addedColumns(operations: readonly OperationNode[]): readonly string[] {
  return operations.flatMap((operation) => {
    if (operation.kind === "addColumn") return operation.addition.columns.map(({ name }) => nameText(name));
    if (operation.kind === "execute") return addedColumns(operation.effects?.operations ?? []);
    return operation.kind === "batchAlterTable" || operation.kind === "autocommitBlock"
      ? addedColumns(operation.operations)
      : [];
  });
}

/**
 * Takes those differences in the order of columns out that come of columns being added anew: they stand behind the
 * others, and no server but MySQL has a way to put them back.
 */
export function excuseMovedColumns(
  differences: readonly Difference[],
  downgrade: readonly OperationNode[],
): { readonly differences: readonly Difference[]; readonly movedColumns: readonly string[] } {
  const added = new Set(addedColumns(downgrade));
  const movedColumns: string[] = [];
  const serious = differences.filter((difference) => {
    if (difference.difference !== "order") return true;
    const { table, expected, found } = difference;
    const kept = (columns: readonly string[]): string => JSON.stringify(columns.filter((column) => !added.has(column)));
    if (kept(expected) !== kept(found)) return true;
    movedColumns.push(...found.filter((column) => added.has(column)).map((column) => `${table}.${column}`));
    return false;
  });
  return { differences: serious, movedColumns };
}
