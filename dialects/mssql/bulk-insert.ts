import type { RenderContext } from "../../src/compiler/render-context.js";
import type { BulkInsert } from "../../src/operations/bulk-insert.js";
import { identityOf } from "../../src/schema/columns.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { inserts, insertTable, usualLimits } from "../shared/inserts.js";
import { canBeIdentity, seedOf } from "./identity.js";

/** Whether a description of a table says anything of its key; one made only to name columns and types does not. */
function describesKey(table: Pick<Table, "columns" | "constraints">): boolean {
  return (
    table.constraints.some(({ kind }) => kind === "primaryKey") ||
    table.columns.some(
      (column) => column.primaryKey || identityOf(column) !== undefined || column.autoincrement !== "auto",
    )
  );
}

function identityColumns(table: Pick<Table, "columns" | "constraints">, context: RenderContext): readonly string[] {
  const counted = table.columns.filter((column) => seedOf(column, table, context) !== undefined);
  return counted.map(({ name }) => nameText(name));
}

/** The columns that need IDENTITY_INSERT: as described, else as replayed, else each that could be an identity. */
function guardedColumns(operation: BulkInsert, context: RenderContext): ReadonlySet<string> {
  const { table } = operation;
  if (table.kind === "table" && describesKey(table)) return new Set(identityColumns(table, context));
  const known = context.before.table(table.kind === "table" ? table.schema : undefined, table.name);
  if (known !== undefined) return new Set(identityColumns(known, context));
  if (table.kind !== "table") return new Set();
  return new Set(table.columns.filter((column) => canBeIdentity(column, context)).map(({ name }) => nameText(name)));
}

/** https://learn.microsoft.com/sql/t-sql/queries/table-value-constructor-transact-sql#limitations-and-restrictions */
const limits = { ...usualLimits, rows: 1000 };

/**
 * SQL Server takes a value for an identity only between SET IDENTITY_INSERT ON and OFF, and refuses both for a table
 * without one: https://learn.microsoft.com/sql/t-sql/statements/set-identity-insert-transact-sql
 */
export function bulkInsert(operation: BulkInsert, context: RenderContext): readonly string[] {
  const guarded = guardedColumns(operation, context);
  const all = inserts(operation, context, limits);
  // the rows of one statement have the same columns
  const setsIdentity = (position: number): boolean =>
    Object.keys(all[position]?.rows[0] ?? {}).some((name) => guarded.has(name));
  const { schema, name } = insertTable(operation, context);
  const set = (state: "ON" | "OFF"): string => `SET IDENTITY_INSERT ${context.qualified(schema, name)} ${state}`;
  return all.flatMap(({ statement }, position) => {
    const [before, sets, after] = [-1, 0, 1].map((step) => setsIdentity(position + step));
    return [...(sets && !before ? [set("ON")] : []), statement, ...(sets && !after ? [set("OFF")] : [])];
  });
}
