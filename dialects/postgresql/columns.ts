import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Column, Computed } from "../../src/schema/columns.js";
import { computedOf, defaultOf, identityOf } from "../../src/schema/columns.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { countsUp, isNullableIn } from "../../src/schema/tables.js";
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

/** A serial is a whole number and NOT NULL: https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL */
function refuseOtherThanSerial(column: Column, isWhole: boolean, context: RenderContext): void {
  if (column.autoincrement !== "always") return;
  const name = nameText(column.name);
  if (!isWhole) {
    throw context.unsupported(
      `Column "${name}" is to count up, but is ${context.type(column.type)}.`,
      "Give it t.smallInteger(), t.integer() or t.bigInteger().",
    );
  }
  if (column.nullable === true) {
    throw context.unsupported(
      `Column "${name}" is to count up and to take NULL, which a serial does not.`,
      "Leave nullable out, or write a sequence of its own and serverDefault: sql`nextval('…')`.",
    );
  }
}

/** The definition of a column. */
export function column(column: Column, table: Table, context: RenderContext): string {
  const identity = identityOf(column);
  const computed = computedOf(column);
  const parts = [context.name(column.name)];
  const serial = serials[context.variant(column.type).name];
  refuseOtherThanSerial(column, serial !== undefined, context);
  if (serial !== undefined && countsUp(table, column) && column.sequence === undefined) {
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
