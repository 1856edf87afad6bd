import { nothingDependsOnColumn } from "../catalog/dependent-checks.js";
import { withoutUnusedEnums, type TypeNamedLater } from "../catalog/enums.js";
import { findColumn, removeColumn } from "../catalog/table-changes.js";
import type { DialectOptions } from "../schema/dialect-names.js";
import type { DropColumnDialectOptions } from "../schema/dialect-options.js";
import { withoutSequencesOf } from "../catalog/owned-sequences.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import { isOnTable, options, whenSet } from "./call.js";
import type { BatchTable, BatchedDefinition, Operation, Recording } from "./operation.js";

export interface DropColumn extends Operation {
  readonly kind: "dropColumn";
  readonly tableName: Name;
  readonly schema: Name | undefined;
  readonly columnName: Name;
  readonly ifExists: boolean;
  readonly options: DialectOptions;
  /** Enum types that the revision names later on: they stay when their last column goes. */
  /** Views and triggers that the revision drops or makes anew later on, which may break meanwhile. */
  readonly mendedLater?: readonly string[];
  readonly typesNamedLater?: readonly TypeNamedLater[];
}

/** Of a dialect other than SQL Server nothing is in the statement, as in Alembic. */
export interface DropColumnOptions extends DropColumnDialectOptions {
  readonly schema?: Name | null;
  readonly ifExists?: boolean;
}

export interface DropColumnDirectives {
  /**
   * Drops a column.
   *
   * @example op.dropColumn("account", "email") // ALTER TABLE account DROP COLUMN email
   */
  dropColumn(table: Name, column: Name, options?: DropColumnOptions): void;
}

export interface BatchDropColumnDirectives {
  /** Drops a column of the table. */
  dropColumn(column: Name, options?: Omit<DropColumnOptions, "schema">): void;
}

function record(
  recording: Recording<DropColumn>,
  table: BatchTable,
  column: Name,
  options: DropColumnOptions,
  optionNames: readonly string[],
): void {
  const groups = takeOptions("dropColumn", options, optionNames, "dropColumn");
  recording.add({
    kind: "dropColumn",
    tableName: table.name,
    schema: table.schema,
    columnName: column,
    ifExists: options.ifExists ?? false,
    options: groups,
  });
}

export const dropColumn: BatchedDefinition<DropColumn, DropColumnDirectives, BatchDropColumnDirectives> = {
  kind: "dropColumn",
  call(operation) {
    const { tableName, schema, columnName, ifExists } = operation;
    const given = { schema, ifExists: whenSet(ifExists), ...operation.options };
    return ["dropColumn", tableName, columnName, ...options(given)];
  },
  batchCall(operation, table) {
    const { columnName, ifExists } = operation;
    if (!isOnTable(operation, table)) return;
    return ["dropColumn", columnName, ...options({ ifExists: whenSet(ifExists), ...operation.options })];
  },
  directives: (recording) => ({
    dropColumn(table, column, options = {}) {
      record(recording, { name: table, schema: options.schema ?? undefined }, column, options, ["schema", "ifExists"]);
    },
  }),
  batchDirectives: (recording, table) => ({
    dropColumn: (column, options = {}) => record(recording, table, column, options, ["ifExists"]),
  }),
  check(expect, { schema, tableName, columnName, ifExists, mendedLater }) {
    const table = expect.table(schema, tableName);
    if (table === undefined || (ifExists && findColumn(table, columnName) === undefined)) return;
    expect.column(table, columnName);
    nothingDependsOnColumn(expect, table, columnName, mendedLater);
  },
  apply(catalog, { schema, tableName, columnName, typesNamedLater }) {
    const column = findColumn(catalog.table(schema, tableName), columnName);
    const changed = catalog.changeTable(schema, tableName, (table) => removeColumn(table, columnName, catalog.rules));
    const alone = withoutSequencesOf(changed, { schema, name: tableName }, columnName);
    return withoutUnusedEnums(alone, column === undefined ? [] : [column.type], typesNamedLater);
  },
};
