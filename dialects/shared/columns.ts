import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Computed, Identity, SequenceOptions, DefaultValue } from "../../src/schema/columns.js";
import { isSqlText } from "../../src/schema/expressions.js";

/** What stands behind DEFAULT: a string is a string literal also for a column of numbers, as SQLAlchemy has it. */
export function defaultText(value: DefaultValue, context: RenderContext): string {
  return isSqlText(value) ? context.sql(value) : context.literal(value);
}

/** The options of a sequence or identity, in SQLAlchemy's order. */
export function sequenceOptions(options: SequenceOptions): string {
  const { increment, start, minvalue, maxvalue, nominvalue, nomaxvalue, cache, cycle } = options;
  return [
    increment !== undefined && `INCREMENT BY ${increment}`,
    start !== undefined && `START WITH ${start}`,
    minvalue !== undefined && `MINVALUE ${minvalue}`,
    maxvalue !== undefined && `MAXVALUE ${maxvalue}`,
    nominvalue === true && "NO MINVALUE",
    nomaxvalue === true && "NO MAXVALUE",
    cache !== undefined && `CACHE ${cache}`,
    cycle !== undefined && (cycle ? "CYCLE" : "NO CYCLE"),
  ]
    .filter((option) => option !== false)
    .join(" ");
}

/** `GENERATED … AS IDENTITY (…)`. */
export function identityText(identity: Identity): string {
  const options = sequenceOptions(identity);
  return `GENERATED ${identity.always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY${options === "" ? "" : ` (${options})`}`;
}

/** `GENERATED ALWAYS AS (…)`, with the storage that is asked for. */
export function computedText({ expression, persisted }: Computed, context: RenderContext): string {
  const storage = persisted === undefined ? "" : persisted ? " STORED" : " VIRTUAL";
  return `GENERATED ALWAYS AS (${context.sql(expression)})${storage}`;
}
