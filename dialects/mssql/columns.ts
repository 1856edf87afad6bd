import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Column } from "../../src/schema/columns.js";
import { computedOf, defaultOf, identityOf } from "../../src/schema/columns.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { isNullableIn } from "../../src/schema/tables.js";
import { defaultText } from "../shared/columns.js";
import { canBeIdentity, identityText, seedOf } from "./identity.js";

/** `NULL` or `NOT NULL`, always written: without it, session settings decide. A computed column is as its expression. */
function nullability(column: Column, table: Table, context: RenderContext): string | undefined {
  const computed = computedOf(column);
  const counts = column.autoincrement === true || column.autoincrement === "always";
  const isFilled = column.sequence !== undefined || counts || identityOf(column) !== undefined;
  if (isFilled || column.primaryKey || !isNullableIn(table, column)) {
    if (computed !== undefined && computed.persisted !== true) {
      throw context.unsupported(
        `The computed column "${nameText(column.name)}" is NOT NULL, which on SQL Server only a stored one can be.`,
        "Write computed(…, { persisted: true }), or leave nullable out.",
      );
    }
    return "NOT NULL";
  }
  return computed === undefined ? "NULL" : undefined;
}

function refuseSecondIdentity(column: Column, table: Table, context: RenderContext): void {
  if (!canBeIdentity(column, context)) {
    throw context.unsupported(
      `Column "${nameText(column.name)}" is to be counted up, but is no whole number.`,
      "Give it t.integer(), t.bigInteger() or t.numeric(n, 0).",
    );
  }
  const counted = table.columns.filter((other) => seedOf(other, table, context) !== undefined);
  if (counted.length > 1) {
    const names = counted.map(({ name }) => `"${nameText(name)}"`).join(" and ");
    throw context.unsupported(
      `Table "${nameText(table.name)}" has more than one IDENTITY column: ${names}. SQL Server takes one.`,
      "Give the others autoincrement: false, or a sequence of their own.",
    );
  }
}

/** The definition of a column. */
export function column(column: Column, table: Table, context: RenderContext): string {
  const computed = computedOf(column);
  const seed = seedOf(column, table, context);
  const value = defaultOf(column);
  if (seed !== undefined) refuseSecondIdentity(column, table, context);
  return [
    context.name(column.name),
    computed === undefined
      ? context.type(column.type)
      : `AS (${context.sql(computed.expression)})${computed.persisted === true ? " PERSISTED" : ""}`,
    nullability(column, table, context),
    seed !== undefined && identityText(seed),
    seed === undefined && value !== undefined && `DEFAULT ${defaultText(value, context)}`,
  ]
    .filter(Boolean)
    .join(" ");
}
