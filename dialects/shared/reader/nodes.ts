import type { Origin } from "../../../src/errors.js";
import type { ColumnPosition } from "../../../src/catalog/table-changes.js";
import type { AddColumn } from "../../../src/operations/add-column.js";
import type { AlterColumn, ColumnChange } from "../../../src/operations/alter-column.js";
import type { ConstraintType, DropConstraint } from "../../../src/operations/drop-constraint.js";
import type { Column } from "../../../src/schema/columns.js";
import type { Constraint } from "../../../src/schema/constraints.js";
import { expandTable } from "../../../src/schema/expansion.js";
import type { Index } from "../../../src/schema/indexes.js";
import type { Table } from "../../../src/schema/tables.js";
import type { QualifiedName } from "./cursor.js";

/** A column of a statement, with what it brings to its table. */
export interface ReadColumn {
  readonly column: Column;
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
}

/** What a table is made of when it has nothing but columns and keys. */
export function tableOf(
  { schema, name }: QualifiedName,
  columns: readonly ReadColumn[],
  rest: Partial<Table> = {},
): Table {
  const table: Table = {
    kind: "table",
    name,
    schema,
    comment: undefined,
    prefixes: [],
    options: {},
    ...rest,
    columns: columns.map(({ column }) => column),
    constraints: [...columns.flatMap(({ constraints }) => constraints), ...(rest.constraints ?? [])],
    indexes: [...columns.flatMap(({ indexes }) => indexes), ...(rest.indexes ?? [])],
  };
  return expandTable(table, undefined);
}

export function addColumn(
  target: QualifiedName,
  read: ReadColumn,
  origin: Origin | undefined,
  details: { readonly ifNotExists?: boolean; readonly position?: ColumnPosition | undefined } = {},
): AddColumn {
  return {
    kind: "addColumn",
    addition: tableOf(target, [read]),
    ifNotExists: details.ifNotExists ?? false,
    inlineReferences: false,
    inlinePrimaryKey: read.column.primaryKey,
    insertBefore: undefined,
    insertAfter: undefined,
    position: details.position,
    origin,
  };
}

export function alterColumn(
  { schema, name }: QualifiedName,
  columnName: string,
  change: ColumnChange,
  origin: Origin | undefined,
  position?: ColumnPosition,
): AlterColumn {
  return {
    kind: "alterColumn",
    tableName: name,
    schema,
    columnName,
    change,
    existing: {},
    options: {},
    insertBefore: undefined,
    insertAfter: undefined,
    position,
    origin,
  };
}

export function dropConstraint(
  { schema, name }: QualifiedName,
  constraintName: string | undefined,
  origin: Origin | undefined,
  details: { readonly type?: ConstraintType; readonly ifExists?: boolean } = {},
): DropConstraint {
  return {
    kind: "dropConstraint",
    constraintName,
    tableName: name,
    schema,
    type: details.type,
    ifExists: details.ifExists ?? false,
    origin,
  };
}
