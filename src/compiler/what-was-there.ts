import type { Catalog } from "../catalog/catalog.js";
import { catalogKey } from "../catalog/catalog.js";
import { findColumn, indexNamed } from "../catalog/table-changes.js";
import { constraintNamed } from "../facts/constraints.js";
import type { Touch } from "../facts/facts.js";
import { factsOf } from "../facts/index.js";
import { operationsIn } from "../facts/body.js";
import { definitionOf, type SchemaObject } from "../schema/schema-objects.js";
import { applyOperation, type OperationNode } from "../operations/index.js";
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
function objectLines(object: SchemaObject | undefined): readonly string[] {
  const definition = object && definitionOf(object);
  if (object === undefined || definition === undefined) return [];
  return [`${object.kind} ${catalogKey(object.schema, object.name)}:`, ...definition.trim().split("\n")];
}

/** The lines about one object that is dropped or changed. */
function linesOf({ kind, schema, name, tableName }: Touch, before: Catalog, context: RenderContext): readonly string[] {
  const table = tableName === undefined ? undefined : before.table(schema, tableName);
  switch (kind) {
    case "column":
      return name === undefined ? [] : columnLines(table, name, context);
    case "constraint": {
      const found = constraintNamed(table, name);
      if (table === undefined || found === undefined) return [];
      return [`constraint of ${nameText(table.name)}: ${constraintText(found, table, context)}`];
    }
    case "index": {
      const index = table === undefined || name === undefined ? undefined : indexNamed(table, name);
      return table === undefined || index === undefined ? [] : [`index: ${indexText(index, table, context)}`];
    }
    case "comment":
      if (table?.comment === undefined) return [];
      return [`comment of ${nameText(table.name)}: ${context.literal(table.comment)}`];
    case "enumType":
      return name === undefined ? [] : enumLines(before, schema, name, context);
    case "table":
    case "partition":
    case "other":
      return [];
    default:
      return name === undefined ? [] : objectLines(before.object(kind, schema, name, tableName));
  }
}

/** A table that is changed is told by its columns, constraints, indexes and comment; a dropped one is told whole. */
function linesOfDrop(touch: Touch, before: Catalog, context: RenderContext): readonly string[] {
  if (touch.kind !== "table" || touch.name === undefined) return linesOf(touch, before, context);
  const table = before.table(touch.schema, touch.name);
  return table === undefined ? [] : tableLines(table, context);
}

function linesOfTouch(touch: Touch, before: Catalog, context: RenderContext): readonly string[] {
  switch (touch.how) {
    case "drops":
      return linesOfDrop(touch, before, context);
    case "changes":
      return linesOf(touch, before, context);
    case "renames":
      return touch.kind === "column" ? linesOf(touch, before, context) : [];
    case "makes":
    case "reads":
    case "refersTo":
    case "changesRows":
      return [];
  }
}

/**
 * What an operation takes away or changes, as it is before: the type, NULL and default of a column, the text of a
 * constraint or index, the whole of a table. Nothing, where the operation only adds or the replay knows no better.
 */
export function whatWasThere(operation: OperationNode, before: Catalog, context: RenderContext): readonly string[] {
  let catalog = before;
  const lines = factsOf(operation, { before, variant: (type) => context.variant(type) }).touches.flatMap((touch) =>
    linesOfTouch(touch, before, context),
  );
  for (const inner of operationsIn(operation)) {
    lines.push(...whatWasThere(inner, catalog, context));
    catalog = applyOperation(catalog, inner);
  }
  return lines;
}
