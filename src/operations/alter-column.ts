import { catalogKey } from "../catalog/catalog.js";
import { withOpenStarsUnknown } from "../catalog/texts/view-columns.js";
import { withPartRenamed } from "../catalog/others.js";
import { noBodyOnRenamed, noBodyOnRetypedColumn } from "../catalog/dependent-checks.js";
import { withEnumsOf, withoutUnusedEnums, type TypeNamedLater } from "../catalog/enums.js";
import {
  changeColumn,
  findColumn,
  followRenamedColumn,
  withColumnAt,
  type ColumnPosition,
} from "../catalog/table-changes.js";
import { OperationError } from "../errors.js";
import type { Column, Computed, Identity, ServerDefault, ServerDefaultValue } from "../schema/columns.js";
import { plainDefault, writtenDefault } from "../schema/columns.js";
import type { DialectOptions } from "../schema/dialect-names.js";
import { takeOptions } from "../schema/take-options.js";
import type { SqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import { isNullableIn, type Table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";
import { isOnTable, options } from "./call.js";
import type { BatchTable, BatchedDefinition, Operation, Recording } from "./operation.js";

/** What changes. An attribute that is undefined is left alone; null removes. */
export interface ColumnChange {
  readonly nullable?: boolean | undefined;
  readonly comment?: string | null | undefined;
  readonly serverDefault?: ServerDefault | null | undefined;
  readonly newColumnName?: Name | undefined;
  readonly type?: SqlType | undefined;
  readonly autoincrement?: boolean | "always" | undefined;
  /** What SQL of an author says of one dialect: it takes the place of all that was said before. */
  readonly options?: DialectOptions | undefined;
}

/** What the author says is there before the change. Undefined: the catalog may know. */
export interface ExistingColumn {
  readonly existingType?: SqlType | undefined;
  readonly existingNullable?: boolean | undefined;
  readonly existingServerDefault?: ServerDefault | null | undefined;
  readonly existingComment?: string | null | undefined;
  readonly existingAutoincrement?: boolean | undefined;
}

export interface AlterColumn extends Operation {
  readonly kind: "alterColumn";
  readonly tableName: Name;
  readonly schema: Name | undefined;
  readonly columnName: Name;
  readonly change: ColumnChange;
  readonly existing: ExistingColumn;
  readonly options: DialectOptions;
  /** Batch only: the column before or after which this one moves. */
  readonly insertBefore: Name | undefined;
  readonly insertAfter: Name | undefined;
  /** Where SQL text puts it. */
  readonly position?: ColumnPosition | undefined;
  /** Enum types that the revision names later on: they stay when their last column goes. */
  /** Views and triggers that the revision drops or makes anew later on, which may break meanwhile. */
  readonly mendedLater?: readonly string[];
  readonly typesNamedLater?: readonly TypeNamedLater[];
}

export interface AlterColumnOptions
  extends Omit<ColumnChange, "serverDefault" | "options">, Omit<ExistingColumn, "existingServerDefault"> {
  readonly serverDefault?: ServerDefaultValue | Identity | Computed | null | undefined;
  readonly existingServerDefault?: ServerDefaultValue | Identity | Computed | null | undefined;
  readonly schema?: Name | null;
  readonly postgresql?: { readonly using?: string | SqlText };
}

export interface BatchAlterColumnOptions extends Omit<AlterColumnOptions, "schema"> {
  readonly insertBefore?: Name;
  readonly insertAfter?: Name;
}

export interface AlterColumnDirectives {
  /**
   * Changes a column. What an option leaves out is left alone; null removes.
   *
   * @example op.alterColumn("account", "name", { nullable: false }) // ALTER TABLE account ALTER COLUMN name SET NOT NULL
   * @example op.alterColumn("account", "name", { newColumnName: "title" }) // ALTER TABLE account RENAME name TO title
   */
  alterColumn(table: Name, column: Name, options: AlterColumnOptions): void;
}

export interface BatchAlterColumnDirectives {
  /** Changes a column of the table. */
  alterColumn(column: Name, options: BatchAlterColumnOptions): void;
}

const changeNames = ["nullable", "comment", "serverDefault", "newColumnName", "type", "autoincrement"];
const existingNames = [
  "existingType",
  "existingNullable",
  "existingServerDefault",
  "existingComment",
  "existingAutoincrement",
];
const batchNames = ["insertBefore", "insertAfter"];

function changed(value: AlterColumnOptions["serverDefault"]): ServerDefault | null | undefined {
  return value === null ? null : plainDefault(value);
}

function record(
  recording: Recording<AlterColumn>,
  table: BatchTable,
  column: Name,
  options: BatchAlterColumnOptions,
  otherNames: readonly string[],
): void {
  const where = `alterColumn("${nameText(column)}")`;
  const groups = takeOptions(where, options, [...changeNames, ...existingNames, ...otherNames], "alterColumn");
  const { nullable, comment, serverDefault, newColumnName, type, autoincrement } = options;
  const { existingType, existingNullable, existingServerDefault, existingComment, existingAutoincrement } = options;
  if (groups.postgresql?.["using"] !== undefined && type === undefined) {
    throw new OperationError("using-without-type", `${where}: postgresql.using is given without a type.`, {
      hint: "USING says how old values become the new type: give the type too.",
    });
  }
  recording.add({
    kind: "alterColumn",
    tableName: table.name,
    schema: table.schema,
    columnName: column,
    change: { nullable, comment, serverDefault: changed(serverDefault), newColumnName, type, autoincrement },
    existing: {
      existingType,
      existingNullable,
      existingServerDefault: changed(existingServerDefault),
      existingComment,
      existingAutoincrement,
    },
    options: groups,
    insertBefore: options.insertBefore,
    insertAfter: options.insertAfter,
  });
}

/** The options that say a change. */
function written(change: ColumnChange, existing: ExistingColumn) {
  return {
    ...change,
    ...existing,
    serverDefault: writtenDefault(change.serverDefault),
    existingServerDefault: writtenDefault(existing.existingServerDefault),
  };
}

export const alterColumn: BatchedDefinition<AlterColumn, AlterColumnDirectives, BatchAlterColumnDirectives> = {
  kind: "alterColumn",
  call(operation) {
    const { tableName, schema, columnName, change, existing, position, insertBefore, insertAfter } = operation;
    if (position !== undefined || insertBefore !== undefined || insertAfter !== undefined) return;
    const [given = {}] = options({ ...written(change, existing), schema, ...operation.options });
    return ["alterColumn", tableName, columnName, given];
  },
  batchCall(operation, table) {
    const { columnName, change, existing, position, insertBefore, insertAfter } = operation;
    if (position !== undefined || !isOnTable(operation, table)) return;
    const [given = {}] = options({ ...written(change, existing), ...operation.options, insertBefore, insertAfter });
    return ["alterColumn", columnName, given];
  },
  directives: (recording) => ({
    alterColumn(table, column, options) {
      record(recording, { name: table, schema: options.schema ?? undefined }, column, options, ["schema"]);
    },
  }),
  batchDirectives: (recording, table) => ({
    alterColumn: (column, options) => record(recording, table, column, options, batchNames),
  }),
  check(expect, { schema, tableName, columnName, change, mendedLater }) {
    const table = expect.table(schema, tableName);
    if (table === undefined) return;
    expect.column(table, columnName);
    if (change.type !== undefined) noBodyOnRetypedColumn(expect, table, columnName, mendedLater);
    if (change.newColumnName !== undefined && !sameName(change.newColumnName, columnName)) {
      expect.noColumn(table, change.newColumnName);
      noBodyOnRenamed(expect, table, columnName, mendedLater);
    }
  },
  apply(catalog, { schema, tableName, columnName, change, position, typesNamedLater, origin }) {
    const old = findColumn(catalog.table(schema, tableName), columnName);
    const named = withPartRenamed(catalog, { schema, name: tableName }, ["column"], columnName, change.newColumnName);
    const changed = named.changeTable(schema, tableName, (table) =>
      old === undefined
        ? table
        : moved(
            changeColumn(table, columnName, changedColumn(saying(old, table, change), change)),
            old,
            position,
            change,
          ),
    );
    const table = changed.table(schema, tableName);
    const { newColumnName } = change;
    const followed =
      old === undefined || table === undefined || newColumnName === undefined
        ? changed
        : withOpenStarsUnknown(followRenamedColumn(changed, table, columnName, newColumnName), table, {
            sql: `ALTER TABLE ${catalogKey(schema, tableName)} RENAME COLUMN`,
            origin,
          });
    if (change.type === undefined) return followed;
    return withoutUnusedEnums(
      withEnumsOf(followed, [change.type]),
      old === undefined ? [] : [old.type],
      typesNamedLater,
    );
  },
};

/** The column as it was; where it begins to count, that must not change whether it takes NULL. */
function saying(column: Column, table: Table, { autoincrement }: ColumnChange): Column {
  const isSaid = column.nullable !== undefined || autoincrement !== "always";
  return isSaid ? column : { ...column, type: column.type, nullable: isNullableIn(table, column) };
}

/** The table with a column that was at the place of the old one where SQL text puts it. */
function moved(table: Table, old: Column, position: ColumnPosition | undefined, change: ColumnChange): Table {
  if (position === undefined) return table;
  const column = findColumn(table, change.newColumnName ?? old.name);
  return column === undefined ? table : { ...table, columns: withColumnAt(table.columns, [column], position) };
}

/** A column after a change. */
export function changedColumn(column: Column, change: ColumnChange): Column {
  return {
    ...column,
    name: change.newColumnName ?? column.name,
    type: change.type ?? column.type,
    nullable: change.nullable ?? column.nullable,
    serverDefault: change.serverDefault === undefined ? column.serverDefault : (change.serverDefault ?? undefined),
    comment: change.comment === undefined ? column.comment : (change.comment ?? undefined),
    autoincrement: change.autoincrement ?? column.autoincrement,
    options: change.options ?? column.options,
  };
}
