import { nothingDependsOnTable } from "../catalog/dependent-checks.js";
import { withoutRelationKeptByText } from "../catalog/others.js";
import { withoutObjectsOf } from "../catalog/dependents.js";
import { withoutUnusedEnums, type TypeNamedLater } from "../catalog/enums.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import type { TableOptions } from "../schema/tables.js";
import { tableOptionNames } from "../schema/tables.js";
import { options, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface DropTable extends Operation {
  readonly kind: "dropTable";
  readonly tableName: Name;
  readonly schema: Name | undefined;
  readonly ifExists: boolean;
  /** Enum types that the revision names later on: they stay when their last column goes. */
  /** The server does not look for the tables of foreign keys. */
  readonly foreignKeysUnchecked?: boolean;
  /** Views and triggers that the revision drops or makes anew later on, which may break meanwhile. */
  readonly mendedLater?: readonly string[];
  readonly typesNamedLater?: readonly TypeNamedLater[];
}

/** What `createTable` is told of the table is taken, too, as in Alembic: it is not in the statement. */
export interface DropTableOptions extends TableOptions {
  readonly ifExists?: boolean;
}

export interface DropTableDirectives {
  /**
   * Drops a table.
   *
   * @example op.dropTable("account") // DROP TABLE account
   */
  dropTable(name: Name, options?: DropTableOptions): void;
}

export const dropTable: OperationDefinition<DropTable, DropTableDirectives> = {
  kind: "dropTable",
  call: ({ tableName, schema, ifExists }) => [
    "dropTable",
    tableName,
    ...options({ schema, ifExists: whenSet(ifExists) }),
  ],
  directives: (recording) => ({
    dropTable(name, options = {}) {
      takeOptions("op.dropTable", options, [...tableOptionNames, "ifExists"], "table");
      const { schema, ifExists = false } = options;
      recording.add({ kind: "dropTable", tableName: name, schema: schema ?? undefined, ifExists });
    },
  }),
  check(expect, { schema, tableName, ifExists, mendedLater }) {
    if (ifExists && expect.catalog.table(schema, tableName) === undefined) return;
    const table = expect.table(schema, tableName);
    if (table !== undefined) nothingDependsOnTable(expect, table, mendedLater);
  },
  apply(catalog, { schema, tableName, typesNamedLater, origin }) {
    const types = catalog.table(schema, tableName)?.columns.map((column) => column.type) ?? [];
    const kept = withoutRelationKeptByText(catalog, { schema, name: tableName });
    const without = withoutObjectsOf(kept.withoutTable(schema, tableName, origin), schema, tableName, origin);
    return withoutUnusedEnums(without, types, typesNamedLater);
  },
};
