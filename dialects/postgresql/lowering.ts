import type { Dialect } from "../../src/compiler/dialect.js";
import { lowerAddColumn, lowerBatch, lowerCreateTable } from "../shared/lowering.js";
import { createMissingEnums, dropUnusedEnums } from "./enums.js";

/** What comes before and after an operation: the enum types of its columns live as long as a column uses them. */
export const lower: Dialect["lower"] = {
  batchAlterTable: lowerBatch,
  createTable(operation, context) {
    const types = operation.table.columns.map((column) => column.type);
    return [...createMissingEnums(types, operation.origin, context), ...lowerCreateTable(operation, context)];
  },
  addColumn(operation, context) {
    const types = operation.addition.columns.map((column) => column.type);
    return [...createMissingEnums(types, operation.origin, context), ...lowerAddColumn(operation, context)];
  },
  alterColumn(operation, context) {
    const { type } = operation.change;
    if (type === undefined) return [operation];
    const table = context.before.table(operation.schema, operation.tableName);
    return [
      ...createMissingEnums([type], operation.origin, context),
      operation,
      ...dropUnusedEnums(table, operation.origin, context),
    ];
  },
  dropColumn(operation, context) {
    const table = context.before.table(operation.schema, operation.tableName);
    return [operation, ...dropUnusedEnums(table, operation.origin, context)];
  },
  dropTable(operation, context) {
    const table = context.before.table(operation.schema, operation.tableName);
    return [operation, ...dropUnusedEnums(table, operation.origin, context)];
  },
};
