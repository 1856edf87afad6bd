import type { Catalog } from "../catalog/catalog.js";
import { catalogKey } from "../catalog/catalog.js";
import type { CatalogObject } from "../catalog/objects.js";
import { constraintIsNamed, findColumn, indexNamed } from "../catalog/table-changes.js";
import { applyOperation, type OperationNode } from "../operations/index.js";
import { tableOfIndex } from "../operations/drop-index.js";
import { viewNamed } from "../operations/views.js";
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

function enumLines(before: Catalog, schema: Name | undefined, name: Name, context: RenderContext): readonly string[] {
  const values = before.enum(schema, name)?.values;
  if (values === undefined) return [];
  return [`enum ${nameText(name)}: ${values.map((value) => context.literal(value)).join(", ")}`];
}

/** The text that a view, routine or trigger had. */
function objectLines(object: CatalogObject | undefined): readonly string[] {
  if (object?.definition === undefined) return [];
  return [`${object.kind} ${catalogKey(object.schema, object.name)}:`, ...object.definition.trim().split("\n")];
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
    case "dropEnumType":
      return enumLines(before, operation.schema, operation.name, context);
    case "tableComment": {
      const comment = before.table(operation.schema, operation.tableName)?.comment;
      return comment === undefined ? [] : [`comment of ${nameText(operation.tableName)}: ${context.literal(comment)}`];
    }
    case "batchAlterTable":
    case "autocommitBlock":
      return linesOfAll(operation.operations, before, context);
    case "execute":
      return linesOfAll(operation.effects?.operations ?? [], before, context);
    case "addEnumValue":
    case "renameEnumValue":
      return enumLines(before, operation.schema, operation.typeName, context);
    case "createView":
    case "dropView":
      return objectLines(viewNamed(before, operation.schema, operation.name));
    case "createFunction":
    case "dropFunction":
      return objectLines(before.object("function", operation.schema, operation.name));
    case "createProcedure":
    case "dropProcedure":
      return objectLines(before.object("procedure", operation.schema, operation.name));
    case "createTrigger":
    case "dropTrigger":
      return objectLines(before.object("trigger", operation.schema, operation.name, operation.tableName));
    case "dropPartition": {
      const table = before.table(operation.schema, operation.name);
      return table === undefined ? [] : tableLines(table, context);
    }
    case "addColumn":
    case "addConstraint":
    case "attachPartition":
    case "bulkInsert":
    case "createDomain":
    case "createEnumType":
    case "createExtension":
    case "createIndex":
    case "createPartition":
    case "createSchema":
    case "createSequence":
    case "createTable":
    case "detachPartition":
    case "dropDomain":
    case "dropExtension":
    case "dropSchema":
    case "dropSequence":
    case "grant":
    case "refreshMaterializedView":
    case "renameConstraint":
    case "renameIndex":
    case "renameTable":
    case "revoke":
    case "validateConstraint":
      return [];
  }
}
