import type { ForeignKey } from "../schema/constraints.js";
import { sameName } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { Catalog } from "./catalog.js";

/**
 * Whether a foreign key of a new table is to be added by ALTER TABLE, and its other table is not there yet. Alembic
 * leaves it to the author to add it, and so does the catalog.
 */
export function isLateKey(catalog: Catalog, table: Table, key: ForeignKey): boolean {
  const { useAlter, referredSchema, referredTable } = key;
  if (!useAlter || !catalog.isComplete || catalog.rules.takesForwardKeys === true) return false;
  if (sameName(referredTable, table.name) && sameName(referredSchema, table.schema)) return false;
  if (catalog.unknownBecauseOf(referredSchema, referredTable) !== undefined) return false;
  return catalog.table(referredSchema, referredTable) === undefined;
}

/** A new table without the foreign keys that its author has to add later. */
export function withoutLateKeys(catalog: Catalog, table: Table): Table {
  const isLate = (constraint: Table["constraints"][number]): boolean =>
    constraint.kind === "foreignKey" && isLateKey(catalog, table, constraint);
  if (!table.constraints.some(isLate)) return table;
  return { ...table, constraints: table.constraints.filter((constraint) => !isLate(constraint)) };
}
