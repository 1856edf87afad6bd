import { OperationError } from "../errors.js";
import { checkTableItems } from "../catalog/table-checks.js";
import { catalogKey } from "../catalog/catalog-key.js";
import { withoutLateKeys } from "../catalog/late-keys.js";
import { withEqualKeysOnce } from "../catalog/equal-keys.js";
import { withEnumsOf } from "../catalog/enums.js";
import type { Table, TableItem, TableOptions } from "../schema/tables.js";
import { makeTable } from "../schema/tables.js";
import { expandTable } from "../schema/expansion.js";
import { foldTable } from "../schema/folding.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import { options, whenAny, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface CreateTable extends Operation {
  readonly kind: "createTable";
  /** Expanded: everything its columns say about keys and indexes stands as a constraint or an index. */
  readonly table: Table;
  readonly ifNotExists: boolean;
  /** The server does not look for the tables of foreign keys. */
  readonly foreignKeysUnchecked?: boolean;
}

export interface CreateTableOptions extends TableOptions {
  readonly ifNotExists?: boolean;
}

export interface CreateTableDirectives {
  /**
   * Creates a table, its indexes and comments. Returns the table, ready for `op.bulkInsert`.
   *
   * @example
   * op.createTable("account", [
   *   column("id", t.integer(), { primaryKey: true }),
   *   column("name", t.string(50), { nullable: false }),
   * ]);
   * // CREATE TABLE account (id SERIAL NOT NULL, name VARCHAR(50) NOT NULL, PRIMARY KEY (id))
   */
  createTable(name: Name, items: readonly TableItem[], options?: CreateTableOptions): Table;
}

/** Alembic's form has the columns as parameters of their own. */
function itemsApart(where: string): OperationError {
  return new OperationError("items-apart", `${where}: columns and constraints stand in one array.`, {
    hint: 'Write op.createTable("name", [column("id", t.integer()), column("name", t.text())]).',
  });
}

export const createTable: OperationDefinition<CreateTable, CreateTableDirectives> = {
  kind: "createTable",
  call({ table, ifNotExists }, convention) {
    const folded = foldTable(table, convention);
    if (folded === undefined) return;
    const { name, schema, columns, constraints, indexes, comment, prefixes } = folded;
    const given = { schema, comment, prefixes: whenAny(prefixes), ifNotExists: whenSet(ifNotExists) };
    const items = [...columns, ...constraints, ...indexes];
    return ["createTable", name, items, ...options({ ...given, ...folded.options })];
  },
  directives: (recording) => ({
    createTable(name, items, options = {}) {
      const where = `op.createTable("${nameText(name)}")`;
      if (!Array.isArray(items)) throw itemsApart(where);
      const table = expandTable(makeTable(where, name, items, options, ["ifNotExists"]), recording.namingConvention);
      recording.add({ kind: "createTable", table, ifNotExists: options.ifNotExists ?? false });
      return table;
    },
  }),
  check(expect, { table, ifNotExists }) {
    if (!ifNotExists) expect.noTable(table.schema, table.name);
    checkTableItems(expect, withoutLateKeys(expect.catalog, table));
  },
  apply(catalog, { table, ifNotExists, origin }) {
    if (ifNotExists && catalog.table(table.schema, table.name) !== undefined) return catalog;
    const types = table.columns.map((column) => column.type);
    const keyed = catalog.rules.makesEqualKeysOnce === true ? withEqualKeysOnce(table) : table;
    const after = withEnumsOf(catalog.withTable(withoutLateKeys(catalog, keyed)), types);
    if (catalog.rules.inheritsColumns?.(table) !== true) return after;
    const sql = `CREATE TABLE ${nameText(table.name)} with columns of other tables`;
    return after.withUnknown([catalogKey(table.schema, table.name)], { sql, origin });
  },
};
