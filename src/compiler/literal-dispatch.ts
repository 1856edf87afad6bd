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

/** Refuses text that would be kept in JSON as an escape that no server takes for a character. */
function refuseHalfCharacters(text: string, context: RenderContext): void {
  if (text.isWellFormed()) return;
  throw context.unstorable(
    "A JSON value has half of a surrogate pair, which is no character.",
    "The text was cut inside a character: cut it by code points, [...text].",
  );
}

/** JSON text of a value; what JSON cannot hold is refused instead of lost. */
function jsonText(value: PlainValue, context: RenderContext): string {
  const text = JSON.stringify(literalOf(value), (key, item: unknown) => {
    refuseHalfCharacters(key, context);
    if (typeof item === "string") refuseHalfCharacters(item, context);
    if (typeof item === "number") refuseUnsafe(item, undefined, context);
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

/** Types whose values are what a number of JavaScript is: its digits are all that there ever were. */
const floatTypes: ReadonlySet<TypeName> = new Set([
  "float",
  "double",
  "FLOAT",
  "REAL",
  "DOUBLE",
  "DOUBLE_PRECISION",
  "BINARY_DOUBLE",
  "BINARY_FLOAT",
]);

/** Types of which nobody knows what becomes of a number in them. */
const unknownTypes: ReadonlySet<TypeName> = new Set(["raw", "null", "DOMAIN"]);

/**
 * Refuses a whole number beyond 2^53: JavaScript rounded it before anybody saw it. Where no type is known, a number that
 * is written with an exponent is meant as a float.
 */
function refuseUnsafe(value: number, type: SqlType | undefined, context: RenderContext): void {
  if (Number.isSafeInteger(value) || !Number.isInteger(value)) return;
  if (type !== undefined && floatTypes.has(type.name)) return;
  const isKnown = type !== undefined && !unknownTypes.has(type.name);
  if (!isKnown && String(value).includes("e")) return;
  throw context.unstorable(
    `${value} is beyond 2^53, where a number of JavaScript does not keep every digit.`,
    `Write it as a bigint, ${BigInt(value)}n with the digits that are meant, or as text.`,
  );
}

/** Zero with a minus is a value of its own only in a column of floats. */
function zeroLiteral(type: SqlType | undefined, context: RenderContext): string {
  if (type === undefined || !floatTypes.has(type.name)) return context.dialect.literals.number(0, context, type);
  const { negativeZero } = context.dialect.literals;
  if (negativeZero !== undefined) return negativeZero;
  context.notice(`${context.dialect.name} keeps no sign of zero: -0 is written as 0.`);
  return context.dialect.literals.number(0, context, type);
}

/** Writes a number of any size. */
function numberLiteral(value: number | bigint, type: SqlType | undefined, context: RenderContext): string {
  const { literals } = context.dialect;
  if (type !== undefined && intervalTypes.has(type.name) && typeof value === "number") {
    return intervalLiteral(value, type, context);
  }
  if (typeof value === "number") refuseUnsafe(value, type, context);
  if (type !== undefined) literals.checkNumber(String(value), context, type, typeof value === "number");
  if (typeof value === "bigint") return literals.bigint(value, context);
  return Object.is(value, -0) ? zeroLiteral(type, context) : literals.number(value, context, type);
}

/** Writes a `Date`. */
function momentLiteral(value: Date, type: SqlType | undefined, context: RenderContext): string {
  const moment = momentOf(value, type, context);
  context.dialect.literals.checkMoment(moment, context, type);
  return context.dialect.literals.moment(moment, context, type);
}

const numberText = /^[+-]?\d+(?:\.\d*)?$/;
const momentText = /^(?:(?<date>\d{4}-\d\d-\d\d)(?:[ T]|$))?(?<time>\d\d:\d\d:\d\d(?:\.\d+)?)?/;
const dateTimeTypes: ReadonlySet<TypeName> = new Set([
  "dateTime",
  "DATETIME",
  "TIMESTAMP",
  "DATETIME2",
  "DATETIMEOFFSET",
  "SMALLDATETIME",
]);

/** Text that stands for a number or a moment has to fit its column as these have. */
function checkText(text: string, type: SqlType, context: RenderContext): void {
  const { literals } = context.dialect;
  if (numberText.test(text)) return literals.checkNumber(text, context, type, false);
  const isTime = timeTypes.has(type.name);
  if (!isTime && !dateTypes.has(type.name) && !dateTimeTypes.has(type.name)) return;
  const { date, time = "00:00:00" } = momentText.exec(text)?.groups ?? {};
  if (date === undefined && !isTime) return;
  const kind = isTime ? "time" : dateTypes.has(type.name) ? "date" : "dateTime";
  literals.checkMoment({ kind, date: date ?? "1970-01-01", time, timezone: false }, context, type);
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
      if (type !== undefined) checkText(value, type, context);
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
      return momentLiteral(dateOf(value), type, context);
    case "bytes":
      return literals.bytes(bytesOf(value), context, type);
    case "object":
    case "json":
      return literals.json(jsonText(value, context), context, type);
  }
}
