import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Column, Computed, Identity, SequenceOptions } from "../../src/schema/columns.js";
import { computedOf, defaultOf, identityOf } from "../../src/schema/columns.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { isNullableIn } from "../../src/schema/tables.js";
import { computedText, defaultText, sequenceOptions } from "../shared/columns.js";

/** The options in Oracle's words: NOMINVALUE in one, and ORDER for what asks the numbers to come in order. */
export function numberOptions(options: SequenceOptions): string {
  const { order } = options;
  const shared = sequenceOptions(options).replace(/\bNO (MINVALUE|MAXVALUE|CYCLE)\b/g, "NO$1");
  return [shared, order !== undefined && (order ? "ORDER" : "NOORDER")].filter(Boolean).join(" ");
}

/** `GENERATED … AS IDENTITY (…)`. */
export function identityText(identity: Identity, context: RenderContext): string {
  if (identity.always && identity.onNull) {
    throw context.unsupported(
      "An identity is to be both always and onNull: Oracle has ON NULL only behind BY DEFAULT.",
      "Write identity({ onNull: true }) without always.",
    );
  }
  const kind = identity.always ? "ALWAYS" : `BY DEFAULT${identity.onNull ? " ON NULL" : ""}`;
  const options = numberOptions(identity);
  return `GENERATED ${kind} AS IDENTITY${options === "" ? "" : ` (${options})`}`;
}

function computedColumn(column: Column, computed: Computed, context: RenderContext): string {
  if (computed.persisted === true) {
    throw context.unsupported(
      `The computed column "${nameText(column.name)}" is to be stored, which Oracle does not.`,
      "Leave persisted out: Oracle computes the value when it is read.",
    );
  }
  return computedText(computed, context);
}

/** The definition of a column. */
export function column(column: Column, table: Table, context: RenderContext): string {
  if (column.autoincrement === "always") {
    throw context.unsupported(
      `Column "${nameText(column.name)}" is to count up by itself, which Oracle does for identities alone.`,
      "Write identity: identity() in the place of autoincrement.",
    );
  }
  const identity = identityOf(column);
  const computed = computedOf(column);
  const value = defaultOf(column);
  return [
    context.name(column.name),
    context.type(column.type),
    value !== undefined && `DEFAULT ${defaultText(value, context)}`,
    computed !== undefined && computedColumn(column, computed, context),
    identity !== undefined && identityText(identity, context),
    identity === undefined && !isNullableIn(table, column) && "NOT NULL",
  ]
    .filter(Boolean)
    .join(" ");
}
