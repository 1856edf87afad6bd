import { findColumn } from "../../src/catalog/table-changes.js";
import type { Dialect } from "../../src/compiler/dialect.js";
import { lowerAddColumn, lowerBatch, lowerCreateTable } from "../shared/lowering.js";
import { createMissingEnums, dropUnusedEnums, lowerDropEnumType, lowerExecute } from "./enums.js";
import { dropTriggerFunctions } from "./triggers.js";

/** What comes before and after an operation: the enum types of its columns live as long as a column uses them. */
export const lower: Dialect["lower"] = {
  batchAlterTable: lowerBatch,
  createTable(operation, context) {
    const types = operation.table.columns.map((column) => column.type);
    return [...createMissingEnums(types, context), ...lowerCreateTable(operation, context)];
  },
  addColumn(operation, context) {
    const types = operation.addition.columns.map((column) => column.type);
    return [...createMissingEnums(types, context), ...lowerAddColumn(operation, context)];
  },
  alterColumn(operation, context) {
    const { type } = operation.change;
    if (type === undefined) return [operation];
    const before = findColumn(context.before.table(operation.schema, operation.tableName), operation.columnName);
    const old = before === undefined ? [] : [before.type];
    return [...createMissingEnums([type], context), operation, ...dropUnusedEnums(old, context)];
  },
  dropColumn(operation, context) {
    const column = findColumn(context.before.table(operation.schema, operation.tableName), operation.columnName);
    return [operation, ...dropUnusedEnums(column === undefined ? [] : [column.type], context)];
  },
  dropEnumType: lowerDropEnumType,
  execute: lowerExecute,
  dropTable(operation, context) {
    const table = context.before.table(operation.schema, operation.tableName);
    const types = table?.columns.map((column) => column.type) ?? [];
    return [operation, ...dropTriggerFunctions(operation, context), ...dropUnusedEnums(types, context)];
  },
};
