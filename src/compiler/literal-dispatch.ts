import type { SqlType, TypeName } from "../schema/types/type.js";
import { isType } from "../schema/types/type.js";
import { bytesOf, dateOf, isPlainList, literalOf, numberOf, type PlainValue } from "../schema/values.js";
import type { Moment } from "./literals.js";
import type { RenderContext } from "./render-context.js";

const jsonTypes: ReadonlySet<TypeName> = new Set(["json", "JSON", "JSONB"]);
const dateTypes: ReadonlySet<TypeName> = new Set(["date", "DATE"]);
const timeTypes: ReadonlySet<TypeName> = new Set(["time", "TIME"]);
const intervalTypes: ReadonlySet<TypeName> = new Set(["interval", "INTERVAL"]);
const zonedTypes: ReadonlySet<TypeName> = new Set(["dateTime", "time", "TIMESTAMP", "TIME", "DATETIME"]);

/** The parts of a date, in UTC, so that the place where a script is compiled cannot change it. */
function momentOf(value: Date, type: SqlType | undefined, context: RenderContext): Moment {
  if (Number.isNaN(value.getTime())) {
    throw context.unstorable("A value is an invalid Date.", "Check the text that the Date was made of.");
  }
  const iso = value.toISOString(); // years outside 0–9999 have a sign and six digits
  const [date = "", rest = ""] = iso.split("T");
  const name = type?.name;
  const kind =
    name !== undefined && dateTypes.has(name)
      ? "date"
      : name !== undefined && timeTypes.has(name)
        ? "time"
        : "dateTime";
  const zoned = name !== undefined && (zonedTypes.has(name) || name === "DATETIMEOFFSET");
  const timezone =
    zoned && (name === "DATETIMEOFFSET" || (type?.parameters as { timezone?: boolean }).timezone === true);
  return { kind, date, time: rest.replace("Z", "").replace(/\.000$/, ""), timezone };
}

/** A number of seconds in an interval column. */
function intervalLiteral(seconds: number, type: SqlType, context: RenderContext): string {
  if (!Number.isFinite(seconds)) {
    throw context.unstorable(`${seconds} is no length of time.`, "Give an interval as a number of seconds.");
  }
  const { literals } = context.dialect;
  return (
    literals.interval?.(seconds, context) ??
    literals.moment(momentOf(new Date(seconds * 1000), type, context), context, type)
  );
}

/** JSON text of a value; what JSON cannot hold is refused instead of lost. */
function jsonText(value: PlainValue, context: RenderContext): string {
  const text = JSON.stringify(literalOf(value), (key, item: unknown) => {
    if (typeof item === "number" && !Number.isFinite(item)) {
      throw context.unstorable(`JSON cannot hold ${item} (key "${key}").`, "Write null or a string instead.");
    }
    if (typeof item === "bigint") {
      throw context.unstorable(
        `JSON.stringify cannot write the bigint ${item} (key "${key}").`,
        "Write a number, or a string, or the JSON text by sql.raw.",
      );
    }
    return item;
  }) as string | undefined;
  if (text === undefined) throw context.unstorable("A value cannot be written as JSON.", "Write null instead.");
  return text;
}

/** Writes a number of any size. */
function numberLiteral(value: number | bigint, type: SqlType | undefined, context: RenderContext): string {
  const { literals } = context.dialect;
  if (typeof value === "bigint") return literals.bigint(value, context);
  if (type !== undefined && intervalTypes.has(type.name)) return intervalLiteral(value, type, context);
  return literals.number(value, context, type);
}

/** Writes a list: as an array of the server, or else as JSON. */
function listLiteral(values: readonly PlainValue[], type: SqlType | undefined, context: RenderContext): string {
  const { literals, features } = context.dialect;
  const isArray = type === undefined ? features.arrays : isType(type, "array");
  return isArray ? literals.array(values, context, type) : literals.json(jsonText(values, context), context, type);
}

/** Writes a value as a literal of the dialect, guided by the type when there is one. */
export function renderLiteral(value: PlainValue, type: SqlType | undefined, context: RenderContext): string {
  const { literals } = context.dialect;
  if (value === null) return "NULL";
  if (type !== undefined && jsonTypes.has(type.name)) return literals.json(jsonText(value, context), context, type);
  switch (typeof value) {
    case "string":
      return literals.string(value, context, type);
    case "number":
      return numberLiteral(value, type, context);
    case "boolean":
      return literals.boolean(value, context, type);
    case "object":
      break;
    default:
      throw context.unstorable(`A value is of type ${typeof value}, which has no literal.`, "Write null for NULL.");
  }
  if (isPlainList(value)) return listLiteral(value, type, context);
  switch (value.value) {
    case "bigint":
    case "number":
      return numberLiteral(numberOf(value), type, context);
    case "date":
      return literals.moment(momentOf(dateOf(value), type, context), context, type);
    case "bytes":
      return literals.bytes(bytesOf(value), context, type);
    case "object":
    case "json":
      return literals.json(jsonText(value, context), context, type);
  }
}
