import type { Catalog } from "../catalog/catalog.js";
import { constraintIsNamed, findColumn, indexNamed } from "../catalog/table-changes.js";
import { applyOperation, type OperationNode } from "../operations/index.js";
import { tableOfIndex } from "../operations/drop-index.js";
import type { Constraint } from "../schema/constraints.js";
import type { Index } from "../schema/indexes.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { RenderContext } from "./render-context.js";

/** A constraint as it is written, with the name that the server gave it where it has none of its own. */
function constraintText(constraint: Constraint, table: Table, context: RenderContext): string {
  const { name, impliedName } = constraint;
  return context.constraint(
    name === undefined && impliedName ? { ...constraint, name: impliedName } : constraint,
    table,
  );
}

function indexText(index: Index, { name: tableName, schema }: Table, context: RenderContext): string {
  const create = { kind: "createIndex", origin: undefined, tableName, schema, index, ifNotExists: false } as const;
  return [context.dialect.operations.createIndex(create, context)].flat().join("; ");
}

function columnLines(table: Table | undefined, name: Name, context: RenderContext): readonly string[] {
  const column = findColumn(table, name);
  if (table === undefined || column === undefined) return [];
  const comment = column.comment === undefined ? "" : `, comment ${context.literal(column.comment)}`;
  return [`column of ${nameText(table.name)}: ${context.column(column, table)}${comment}`];
}

function tableLines(table: Table, context: RenderContext): readonly string[] {
  return [
    `table ${context.qualified(table.schema, table.name)}:`,
    ...table.columns.map((column) => `  ${context.column(column, table)}`),
    ...table.constraints
      .filter((constraint) => context.isWritten(constraint, table))
      .map((constraint) => `  ${constraintText(constraint, table, context)}`),
    ...table.indexes.map((index) => `  ${indexText(index, table, context)}`),
  ];
}

/** What each of several operations finds, the ones before it carried out. */
function linesOfAll(operations: readonly OperationNode[], before: Catalog, context: RenderContext): readonly string[] {
  let catalog = before;
  return operations.flatMap((operation) => {
    const lines = whatWasThere(operation, catalog, context);
    catalog = applyOperation(catalog, operation);
    return lines;
  });
}

/**
 * What an operation takes away or changes, as it is before: the type, NULL and default of a column, the text of a
 * constraint or index, the whole of a table. Nothing, where the operation only adds or the replay knows no better.
 */
export function whatWasThere(operation: OperationNode, before: Catalog, context: RenderContext): readonly string[] {
  switch (operation.kind) {
    case "dropTable": {
      const table = before.table(operation.schema, operation.tableName);
      return table === undefined ? [] : tableLines(table, context);
    }
    case "dropColumn":
    case "alterColumn":
      return columnLines(before.table(operation.schema, operation.tableName), operation.columnName, context);
    case "dropConstraint": {
      const table = before.table(operation.schema, operation.tableName);
      const { constraintName: name, type } = operation;
      const found = table?.constraints.find((constraint) =>
        name === undefined
          ? type === "primary" && constraint.kind === "primaryKey"
          : constraintIsNamed(constraint, name),
      );
      if (table === undefined || found === undefined) return [];
      return [`constraint of ${nameText(table.name)}: ${constraintText(found, table, context)}`];
    }
    case "dropIndex": {
      const table = tableOfIndex(before, operation);
      const index = table && indexNamed(table, operation.indexName);
      return table === undefined || index === undefined ? [] : [`index: ${indexText(index, table, context)}`];
    }
    case "dropEnumType": {
      const values = before.enum(operation.schema, operation.name)?.values;
      return values === undefined
        ? []
        : [`enum ${nameText(operation.name)}: ${values.map((value) => context.literal(value)).join(", ")}`];
    }
    case "tableComment": {
      const comment = before.table(operation.schema, operation.tableName)?.comment;
      return comment === undefined ? [] : [`comment of ${nameText(operation.tableName)}: ${context.literal(comment)}`];
    }
    case "batchAlterTable":
    case "autocommitBlock":
      return linesOfAll(operation.operations, before, context);
    case "execute":
      return linesOfAll(operation.effects?.operations ?? [], before, context);
    case "addColumn":
    case "addConstraint":
    case "bulkInsert":
    case "createEnumType":
    case "createIndex":
    case "createTable":
    case "renameTable":
      return [];
  }
}
