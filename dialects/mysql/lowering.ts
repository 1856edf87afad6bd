import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AddColumn } from "../../src/operations/add-column.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { CreateTable } from "../../src/operations/create-table.js";
import type { OperationNode } from "../../src/operations/index.js";
import { column } from "../../src/schema/columns.js";
import { expandTable } from "../../src/schema/expansion.js";
import type { Table } from "../../src/schema/tables.js";
import { table } from "../../src/schema/tables.js";
import { inlineForeignKey, lowerAddColumn, lowerBatch, lowerCreateTable } from "../shared/lowering.js";
import { indexesInside } from "./indexes.js";
import { has } from "./features.js";

/** A table whose named column checks are its own, where a column takes only checks without a name. */
function withOwnChecks(table: Table, context: RenderContext): Table {
  const named = table.columns.flatMap(({ checks }) => checks).filter(({ name }) => name !== undefined);
  if (named.length === 0 || has("namedColumnChecks", context)) return table;
  if (context.onTrust) {
    context.notice(`${context.dialect.name} takes no named CHECK on a column: put it into the table's list of items.`);
    return table;
  }
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      checks: column.checks.filter(({ name }) => name === undefined),
    })),
    constraints: [...table.constraints, ...named],
  };
}

function createTable(operation: CreateTable, context: RenderContext): readonly OperationNode[] {
  const lowered = { ...operation, table: withOwnChecks(operation.table, context) };
  const inside = indexesInside(lowered, context);
  if (inside.length === 0) return lowerCreateTable(lowered, context);
  const indexes = lowered.table.indexes.filter((index) => !inside.includes(index));
  return lowerCreateTable({ ...lowered, table: { ...lowered.table, indexes } }, context).map((node) =>
    node.kind === "createTable" ? lowered : node,
  );
}

/** What REFERENCES behind a column would lose: the whole foreign key before MySQL 9.0, its name everywhere. */
function lossOfInlineKey(operation: AddColumn, context: RenderContext): string | undefined {
  const key = inlineForeignKey(operation);
  if (key === undefined) return undefined;
  if (!has("inlineReferences", context)) {
    return `${context.dialect.name} ${context.version} reads REFERENCES behind a column and makes no foreign key of it.`;
  }
  return key.name === undefined ? undefined : "REFERENCES behind a column cannot give the foreign key its name.";
}

function addColumn(operation: AddColumn, context: RenderContext): readonly OperationNode[] {
  const addition = withOwnChecks(operation.addition, context);
  const loss = lossOfInlineKey(operation, context);
  if (loss !== undefined && context.onTrust) context.notice(loss);
  const inlineReferences = operation.inlineReferences && (loss === undefined || context.onTrust);
  return lowerAddColumn({ ...operation, addition, inlineReferences }, context);
}

/** A new type may bring a check with it. */
function alterColumn(operation: AlterColumn, context: RenderContext): readonly OperationNode[] {
  const { change, tableName, schema, columnName, origin } = operation;
  if (change.type === undefined) return [operation];
  const changed = table(tableName, [column(change.newColumnName ?? columnName, change.type)], {
    schema: schema ?? null,
  });
  const { constraints, columns } = expandTable(changed, context.namingConvention);
  return [
    operation,
    ...constraints
      .filter((constraint) => context.isWritten(constraint, { columns }))
      .map((constraint): OperationNode => ({ kind: "addConstraint", origin, tableName, schema, constraint })),
  ];
}

export const lower: Dialect["lower"] = { createTable, addColumn, alterColumn, batchAlterTable: lowerBatch };
