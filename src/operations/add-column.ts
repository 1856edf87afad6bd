import { catalogKey } from "../catalog/catalog.js";
import { withOpenStarsUnknown } from "../catalog/texts/view-columns.js";
import { checkAddedItems } from "../catalog/table-checks.js";
import type { Column } from "../schema/columns.js";
import { takeOptions } from "../schema/take-options.js";
import { expandTable } from "../schema/expansion.js";
import { foldTable } from "../schema/folding.js";
import type { Name } from "../schema/names.js";
import type { NamingConvention } from "../schema/naming.js";
import { nameText } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { table as makeTable } from "../schema/tables.js";
import { withEnumsOf } from "../catalog/enums.js";
import { findColumn, withColumnAt, type ColumnPosition } from "../catalog/table-changes.js";
import { isOnTable, options, whenSet } from "./call.js";
import type { BatchedDefinition, Operation, Recording } from "./operation.js";

export interface AddColumn extends Operation {
  readonly kind: "addColumn";
  /** The table with the new column alone, expanded: its constraints and indexes are those that come with the column. */
  readonly addition: Table;
  readonly ifNotExists: boolean;
  /** The single foreign key is written into the column instead of a statement of its own. */
  readonly inlineReferences: boolean;
  readonly inlinePrimaryKey: boolean;
  /** Batch only: the column before or after which the new one stands. */
  readonly insertBefore: Name | undefined;
  readonly insertAfter: Name | undefined;
  /** Where SQL text puts it. */
  readonly position?: ColumnPosition | undefined;
  /** The server does not look for the tables of foreign keys. */
  readonly foreignKeysUnchecked?: boolean;
}

export interface AddColumnOptions {
  readonly schema?: Name | null;
  readonly ifNotExists?: boolean;
  readonly inlineReferences?: boolean;
  readonly inlinePrimaryKey?: boolean;
}

export interface BatchAddColumnOptions extends Omit<AddColumnOptions, "schema"> {
  readonly insertBefore?: Name;
  readonly insertAfter?: Name;
}

export interface AddColumnDirectives {
  /**
   * Adds a column, with the foreign keys, indexes and comment that it names.
   *
   * @example op.addColumn("account", column("email", t.string(100))) // ALTER TABLE account ADD COLUMN email VARCHAR(100)
   */
  addColumn(table: Name, column: Column, options?: AddColumnOptions): void;
}

export interface BatchAddColumnDirectives {
  /** Adds a column to the table. */
  addColumn(column: Column, options?: BatchAddColumnOptions): void;
}

const optionNames = ["schema", "ifNotExists", "inlineReferences", "inlinePrimaryKey"];

function record(
  recording: Recording<AddColumn>,
  table: Name,
  column: Column,
  options: AddColumnOptions & BatchAddColumnOptions,
): void {
  const alone = makeTable(table, [column], { schema: options.schema ?? null });
  recording.add({
    kind: "addColumn",
    addition: expandTable(alone, recording.namingConvention),
    ifNotExists: options.ifNotExists ?? false,
    inlineReferences: options.inlineReferences ?? false,
    inlinePrimaryKey: options.inlinePrimaryKey ?? false,
    insertBefore: options.insertBefore,
    insertAfter: options.insertAfter,
  });
}

/** Where a new column goes: before or after the named one, else at the end. */
function insert(columns: readonly Column[], added: readonly Column[], operation: AddColumn): readonly Column[] {
  const { insertBefore, insertAfter, position: written } = operation;
  if (written !== undefined) return withColumnAt([...columns, ...added], added, written);
  const neighbour = insertBefore ?? insertAfter;
  const position = columns.findIndex(({ name }) => neighbour !== undefined && nameText(name) === nameText(neighbour));
  const at = position === -1 ? columns.length : insertBefore !== undefined ? position : position + 1;
  return [...columns.slice(0, at), ...added, ...columns.slice(at)];
}

/** The column as a call has it, unless SQL text says where it stands or its parts belong to no column. */
function callColumn(operation: AddColumn, convention: NamingConvention | undefined): Column | undefined {
  const folded = operation.position === undefined ? foldTable(operation.addition, convention) : undefined;
  if (folded === undefined || folded.constraints.length > 0 || folded.indexes.length > 0) return;
  return folded.columns.length === 1 ? folded.columns[0] : undefined;
}

export const addColumn: BatchedDefinition<AddColumn, AddColumnDirectives, BatchAddColumnDirectives> = {
  kind: "addColumn",
  call(operation, convention) {
    const { addition, ifNotExists, inlineReferences, inlinePrimaryKey } = operation;
    const column = callColumn(operation, convention);
    if (column === undefined || operation.insertBefore !== undefined || operation.insertAfter !== undefined) return;
    const flags = {
      ifNotExists: whenSet(ifNotExists),
      inlineReferences: whenSet(inlineReferences),
      inlinePrimaryKey: whenSet(inlinePrimaryKey),
    };
    return ["addColumn", addition.name, column, ...options({ schema: addition.schema, ...flags })];
  },
  batchCall(operation, table, convention) {
    const { addition, ifNotExists, inlineReferences, inlinePrimaryKey, insertBefore, insertAfter } = operation;
    const column = callColumn(operation, convention);
    if (column === undefined || !isOnTable({ tableName: addition.name, schema: addition.schema }, table)) return;
    const flags = {
      ifNotExists: whenSet(ifNotExists),
      inlineReferences: whenSet(inlineReferences),
      inlinePrimaryKey: whenSet(inlinePrimaryKey),
    };
    return ["addColumn", column, ...options({ ...flags, insertBefore, insertAfter })];
  },
  directives: (recording) => ({
    addColumn(table, column, options = {}) {
      takeOptions("op.addColumn", options, optionNames, "none");
      record(recording, table, column, options);
    },
  }),
  batchDirectives: (recording, table) => ({
    addColumn(column, options = {}) {
      const names = [...optionNames.slice(1), "insertBefore", "insertAfter"];
      takeOptions("batch.addColumn", options, names, "none");
      record(recording, table.name, column, { ...options, schema: table.schema ?? null });
    },
  }),
  check(expect, { addition, ifNotExists }) {
    const table = expect.table(addition.schema, addition.name);
    if (table === undefined) return;
    for (const column of addition.columns) if (!ifNotExists) expect.noColumn(table, column.name);
    checkAddedItems(expect, table, addition);
  },
  apply(catalog, operation) {
    const { schema, name, columns, constraints, indexes } = operation.addition;
    const changed = catalog.changeTable(schema, name, (table) => {
      const known = columns.every((column) => findColumn(table, column.name) !== undefined);
      if (operation.ifNotExists && known) return table;
      const added = constraints.filter(({ kind }) => kind !== "primaryKey" || operation.inlinePrimaryKey);
      return {
        ...table,
        columns: insert(table.columns, columns, operation),
        constraints: [...table.constraints, ...added],
        indexes: [...table.indexes, ...indexes],
      };
    });
    const types = columns.map((column) => column.type);
    const because = { sql: `ALTER TABLE ${catalogKey(schema, name)} ADD COLUMN`, origin: operation.origin };
    return withOpenStarsUnknown(withEnumsOf(changed, types), { schema, name }, because);
  },
};
