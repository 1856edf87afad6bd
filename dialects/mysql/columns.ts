import type { RenderContext } from "../../src/compiler/render-context.js";
import { plainString } from "./literals.js";
import type { Column, Computed } from "../../src/schema/columns.js";
import { computedOf, defaultOf, identityOf, isIdentity } from "../../src/schema/columns.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { autoincrementColumn, isNullableIn } from "../../src/schema/tables.js";
import { computedText } from "../shared/columns.js";
import { behindType, columnOptions } from "./column-options.js";
import { columnDefault } from "./defaults.js";
import { has, need } from "./features.js";

/** Whether a column counts up by itself: an identity does it by AUTO_INCREMENT, the only form there is. */
export function isAutoincrement(column: Column, table: Pick<Table, "columns" | "constraints">): boolean {
  const columns = table.columns.map((other) =>
    isIdentity(other.serverDefault) ? { ...other, serverDefault: undefined } : other,
  );
  const counted = autoincrementColumn({ ...table, columns });
  const isCounted = counted !== undefined && nameText(counted.name) === nameText(column.name);
  if (!isCounted && column.autoincrement !== "always") return false;
  return column.serverDefault === undefined || isIdentity(column.serverDefault);
}

/** Refuses what AUTO_INCREMENT would lose of an identity. */
function refuseLostIdentity(column: Column, table: Table, context: RenderContext): void {
  const identity = identityOf(column);
  if (identity === undefined) return;
  const { start = 1, increment = 1, minvalue, maxvalue, cycle } = identity;
  if (!isAutoincrement(column, table)) {
    throw context.unsupported(
      `Column "${nameText(column.name)}" is an identity; ${context.dialect.name} counts only the key of a table, by AUTO_INCREMENT.`,
      "Make the column the primary key, or leave identity() out.",
    );
  }
  if (BigInt(start) !== 1n || BigInt(increment) !== 1n || minvalue !== undefined || maxvalue !== undefined || cycle) {
    throw context.unsupported(
      `The identity of column "${nameText(column.name)}" has options that AUTO_INCREMENT has not.`,
      "Leave them out; the first value is an option of the table: { mysql: { autoIncrement: 1000 } }.",
    );
  }
}

/** `GENERATED ALWAYS AS (…)`, where the target has it. */
export function generated(computed: Computed, context: RenderContext): string {
  need("computedColumns", "computed columns", "Use a view or a trigger.", context);
  return computedText(computed, context);
}

/** NULL or NOT NULL of a computed column, which MariaDB does not take. */
export function computedNullability(nullable: boolean | undefined, context: RenderContext): string | undefined {
  if (has("nullabilityOfComputed", context)) return nullable === false ? "NOT NULL" : undefined;
  if (nullable !== false) return undefined;
  throw context.unsupported(
    "MariaDB takes no NOT NULL on a computed column.",
    "Leave nullable out, or add check(sql`… IS NOT NULL`) to the table.",
  );
}

function nullability(column: Column, table: Table, context: RenderContext): string | undefined {
  const nullable = isNullableIn(table, column);
  if (computedOf(column) !== undefined) {
    const said = has("nullabilityOfComputed", context) ? nullable : column.nullable;
    return computedNullability(said, context);
  }
  if (!nullable) return "NOT NULL";
  // without NULL, a TIMESTAMP is NOT NULL where explicit_defaults_for_timestamp is off
  return context.variant(column.type).name === "TIMESTAMP" ? "NULL" : undefined;
}

/** The definition of a column, its comment inside it. */
export function column(column: Column, table: Table, context: RenderContext): string {
  refuseLostIdentity(column, table, context);
  const computed = computedOf(column);
  const value = defaultOf(column);
  return [
    context.name(column.name),
    context.type(column.type),
    behindType(column, column.type, context),
    computed !== undefined && generated(computed, context),
    nullability(column, table, context),
    column.comment !== undefined && `COMMENT ${plainString(column.comment, "A comment", context)}`,
    isAutoincrement(column, table) && "AUTO_INCREMENT",
    value !== undefined && `DEFAULT ${columnDefault(value, column.type, context)}`,
    ...columnOptions(column, column.type, context),
  ]
    .filter(Boolean)
    .join(" ");
}
