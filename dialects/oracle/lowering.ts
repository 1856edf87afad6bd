import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { CreateTable } from "../../src/operations/create-table.js";
import type { OperationNode } from "../../src/operations/index.js";
import type { Constraint } from "../../src/schema/constraints.js";
import type { Table } from "../../src/schema/tables.js";
import { inlineReferenceStatement } from "../shared/lost-clauses.js";
import { lowerAddColumn, lowerBatch, lowerCreateTable } from "../shared/lowering.js";
import { lowerTypeChange } from "../shared/type-checks.js";
import { isImpliedByType } from "./constraints.js";

/** What follows CREATE TABLE: foreign keys that wait for other tables, indexes, comments. */
export function afterCreateTable(operation: CreateTable, context: RenderContext): readonly OperationNode[] {
  return lowerCreateTable({ ...operation, ifNotExists: false }, context).slice(1);
}

function isImplied(constraint: Constraint, table: Pick<Table, "columns">, context: RenderContext): boolean {
  return constraint.kind === "check" && isImpliedByType(constraint, table, context);
}

export const lower: Dialect["lower"] = {
  batchAlterTable: lowerBatch,
  createTable: (operation, context) =>
    operation.ifNotExists ? [operation] : [operation, ...afterCreateTable(operation, context)],
  addColumn(operation, context) {
    const [first, ...rest] = lowerAddColumn(operation, context);
    const { addition } = operation;
    const written = rest.filter(
      (node) => node.kind !== "addConstraint" || !isImplied(node.constraint, addition, context),
    );
    return [first ?? operation, ...inlineReferenceStatement(operation, context), ...written];
  },
  alterColumn: (operation, context) =>
    lowerTypeChange(
      operation,
      context,
      (constraint, table) => context.isWritten(constraint, table) && !isImplied(constraint, table, context),
    ),
};
