import type { Constraint, ForeignKey } from "../schema/constraints.js";
import { isSqlText } from "../schema/expressions.js";
import type { Index } from "../schema/indexes.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { primaryKeyOf } from "../schema/tables.js";
import type { Catalog } from "./catalog.js";
import { catalogKey } from "./catalog-key.js";
import { findColumn } from "./table-changes.js";

/** What names a table. */
interface TableName {
  readonly schema: Name | undefined;
  readonly name: Name;
}

/** The table as the catalog spells it: servers that ignore case leave the spelling of a name to each statement. */
export function spelledTable<T extends TableName>(catalog: Catalog, target: T): T {
  if (catalog.table(target.schema, target.name) !== undefined) return target;
  const key = catalogKey(target.schema, target.name).toLowerCase();
  const [only, ...others] = catalog.tables
    .values()
    .filter(({ schema, name }) => catalogKey(schema, name).toLowerCase() === key);
  return only === undefined || others.length > 0 ? target : { ...target, schema: only.schema, name: only.name };
}

/** A column as its table spells it. */
export function spelledColumn(table: Table | undefined, name: Name): Name {
  if (table === undefined || findColumn(table, name) !== undefined) return name;
  const text = nameText(name).toLowerCase();
  const same = table.columns.filter((column) => nameText(column.name).toLowerCase() === text);
  return same.length === 1 ? (same[0]?.name ?? name) : name;
}

/** A foreign key as both of its tables spell it. */
function spelledForeignKey(catalog: Catalog, key: ForeignKey, own: Table | undefined): ForeignKey {
  const { schema, name } = spelledTable(catalog, { schema: key.referredSchema, name: key.referredTable });
  const isOwn = own !== undefined && sameName(own.name, name) && sameName(own.schema, schema);
  const referred = isOwn ? own : catalog.table(schema, name);
  const said = key.referredColumns.map((column) => spelledColumn(referred, column));
  // without columns, a foreign key refers to the primary key
  const referredColumns = said.length > 0 || referred === undefined ? said : (primaryKeyOf(referred)?.columns ?? said);
  return { ...key, referredSchema: schema, referredTable: name, referredColumns };
}

/** A constraint with the columns as its table spells them. */
export function spelledConstraint(catalog: Catalog, constraint: Constraint, table: Table | undefined): Constraint {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return { ...constraint, columns: constraint.columns.map((column) => spelledColumn(table, column)) };
    case "foreignKey": {
      const columns = constraint.columns.map((column) => spelledColumn(table, column));
      return spelledForeignKey(catalog, { ...constraint, columns }, table);
    }
    case "check":
    case "exclude":
      return constraint;
  }
}

/** An index with the columns as its table spells them. */
export function spelledIndex(index: Index, table: Table | undefined): Index {
  const columns = index.columns.map((column) => (isSqlText(column) ? column : spelledColumn(table, column)));
  return { ...index, columns };
}
