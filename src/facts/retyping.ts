import type { SqlType, TextArguments, NumberArguments, EnumArguments, TimeArguments } from "../schema/types/type.js";

/** What a new type cannot keep. */
export interface Retyping {
  /** Whole values, which some servers refuse and others cut, or only a part of each. */
  readonly takes: "values" | "precision";
  /** The subject of "is lost". */
  readonly text: string;
}

function values(text: string): Retyping {
  return { takes: "values", text };
}

function precision(text: string): Retyping {
  return { takes: "precision", text };
}

/** How many bytes a whole number has. */
const wholeNumberSizes: Readonly<Record<string, number>> = {
  TINYINT: 1,
  smallInteger: 2,
  SMALLINT: 2,
  MEDIUMINT: 3,
  integer: 4,
  INTEGER: 4,
  bigInteger: 8,
  BIGINT: 8,
};

/** The digits of the largest whole number of so many bytes. */
const digitsOfSize: Readonly<Record<number, number>> = { 1: 3, 2: 5, 3: 7, 4: 10, 8: 19 };

const approximateNumbers: ReadonlySet<string> = new Set([
  "float",
  "double",
  "FLOAT",
  "DOUBLE",
  "DOUBLE_PRECISION",
  "REAL",
]);
const exactNumbers: ReadonlySet<string> = new Set(["numeric", "NUMERIC", "DECIMAL", "NUMBER"]);
const texts: ReadonlySet<string> = new Set([
  ...["string", "text", "unicode", "unicodeText", "VARCHAR", "CHAR", "TEXT", "CLOB", "NVARCHAR", "NCHAR", "NCLOB"],
  ...["VARCHAR2", "NVARCHAR2", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "NTEXT"],
]);
const moments: ReadonlySet<string> = new Set(["dateTime", "DATETIME", "TIMESTAMP", "DATETIME2", "DATETIMEOFFSET"]);
const dates: ReadonlySet<string> = new Set(["date", "DATE"]);

function textLength({ parameters }: SqlType): number {
  const { length } = parameters as TextArguments;
  return typeof length === "number" ? length : Number.POSITIVE_INFINITY;
}

/** The digits before and behind the point; as many as one likes where nothing is said. */
function digits({ parameters }: SqlType): { readonly whole: number; readonly fraction: number } {
  const { precision, scale } = parameters as NumberArguments;
  if (precision === undefined) return { whole: Number.POSITIVE_INFINITY, fraction: Number.POSITIVE_INFINITY };
  return { whole: precision - (scale ?? 0), fraction: scale ?? 0 };
}

function lostOfExact(from: SqlType, to: SqlType): Retyping | undefined {
  const [old, next] = [digits(from), digits(to)];
  const behind = next.fraction < old.fraction ? `digits behind the ${ordinal(next.fraction)}` : undefined;
  if (next.whole >= old.whole) return behind === undefined ? undefined : precision(behind);
  const before = `values of more than ${next.whole} digits before the point`;
  return values(behind === undefined ? before : `${before} and ${behind}`);
}

function ordinal(position: number): string {
  return position === 0 ? "point" : `${position}. place behind the point`;
}

function lostOfNumber(from: SqlType, to: SqlType): Retyping | undefined {
  const [oldSize, newSize] = [wholeNumberSizes[from.name], wholeNumberSizes[to.name]];
  if (oldSize !== undefined && newSize !== undefined) {
    return newSize < oldSize
      ? values(`values that do not fit into ${newSize === 1 ? "one byte" : `${newSize} bytes`}`)
      : undefined;
  }
  if (newSize !== undefined) return precision("digits behind the point");
  if (oldSize !== undefined && exactNumbers.has(to.name)) {
    const { whole } = digits(to);
    return whole < (digitsOfSize[oldSize] ?? 0) ? values(`values of more than ${whole} digits`) : undefined;
  }
  if (exactNumbers.has(from.name) && exactNumbers.has(to.name)) return lostOfExact(from, to);
  if (approximateNumbers.has(to.name) && !exactNumbers.has(from.name)) return undefined;
  return precision("digits beyond the precision");
}

function isNumber({ name }: SqlType): boolean {
  return name in wholeNumberSizes || approximateNumbers.has(name) || exactNumbers.has(name);
}

/**
 * What a column of one type may hold that another type cannot keep; undefined when every value survives.
 *
 * @example lostByRetyping(t.string(40), t.string(20)) // { takes: "values", text: "values longer than 20 characters" }
 */
export function lostByRetyping(from: SqlType, to: SqlType): Retyping | undefined {
  if (texts.has(to.name)) {
    const length = textLength(to);
    const isText = texts.has(from.name);
    if (length === Number.POSITIVE_INFINITY || (isText && textLength(from) <= length)) return undefined;
    return values(`values longer than ${length} characters`);
  }
  if (from.name === "enum" && to.name === "enum") {
    const kept = new Set((to.parameters as EnumArguments).values);
    const gone = (from.parameters as EnumArguments).values.filter((value) => !kept.has(value));
    return gone.length === 0 ? undefined : values(`the value${gone.length === 1 ? "" : "s"} ${gone.join(", ")}`);
  }
  if (isNumber(from) && isNumber(to)) return lostOfNumber(from, to);
  if (moments.has(from.name) && dates.has(to.name)) return precision("times of day");
  if (dates.has(from.name) && moments.has(to.name)) return undefined;
  if (moments.has(from.name) && moments.has(to.name)) {
    const hadZone = (from.parameters as TimeArguments).timezone === true;
    return hadZone && (to.parameters as TimeArguments).timezone !== true ? precision("time zones") : undefined;
  }
  return from.name.toLowerCase() === to.name.toLowerCase() ? undefined : values(`values that ${to.name} cannot hold`);
}
