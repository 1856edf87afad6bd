import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Column, Computed } from "../../src/schema/columns.js";
import { computedOf, defaultOf, identityOf } from "../../src/schema/columns.js";
import type { Table } from "../../src/schema/tables.js";
import { autoincrementColumn, isNullableIn } from "../../src/schema/tables.js";
import { computedText, defaultText, identityText } from "../shared/columns.js";
import { has } from "./features.js";

const serials: Readonly<Record<string, string>> = {
  integer: "SERIAL",
  INTEGER: "SERIAL",
  bigInteger: "BIGSERIAL",
  BIGINT: "BIGSERIAL",
  smallInteger: "SMALLSERIAL",
  SMALLINT: "SMALLSERIAL",
};

/** Columns computed at reading exist from version 18; before, a computed column is stored. */
function computedColumn(computed: Computed, context: RenderContext): string {
  if (has("virtualColumns", context)) return computedText(computed, context);
  if (computed.persisted === false) {
    throw context.unsupported(
      `PostgreSQL ${context.version} has no VIRTUAL computed columns; version 18 has.`,
      "Write computed(…, { persisted: true }), or set targetVersion to 18.",
    );
  }
  return computedText({ ...computed, persisted: true }, context);
}

/** The definition of a column. */
export function column(column: Column, table: Table, context: RenderContext): string {
  const identity = identityOf(column);
  const computed = computedOf(column);
  const parts = [context.name(column.name)];
  const serial = serials[context.variant(column.type).name];
  if (serial !== undefined && column === autoincrementColumn(table) && column.sequence === undefined) {
    parts.push(serial);
  } else {
    parts.push(context.type(column.type));
    const value = defaultOf(column);
    if (value !== undefined) parts.push(`DEFAULT ${defaultText(value, context)}`);
  }
  if (computed !== undefined) parts.push(computedColumn(computed, context));
  if (identity !== undefined) parts.push(identityText(identity));
  const nullable = isNullableIn(table, column);
  if (!nullable && identity === undefined) parts.push("NOT NULL");
  if (nullable && identity !== undefined) parts.push("NULL");
  return parts.join(" ");
}
