/** A value that can be written as a literal of a dialect. Objects and arrays become JSON unless a type says otherwise. */
export type LiteralValue =
  | null
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | readonly LiteralValue[]
  | { readonly [key: string]: LiteralValue | undefined };

/** A number that JSON does not have. */
export type PlainNumber =
  | { readonly value: "bigint"; readonly text: string }
  | { readonly value: "number"; readonly text: "NaN" | "Infinity" | "-Infinity" | "-0" };

/** A moment, as ISO text. */
export interface PlainDate {
  readonly value: "date";
  readonly text: string;
}

export interface PlainBytes {
  readonly value: "bytes";
  readonly base64: string;
}

/**
 * A value as operations hold it: any copy has all of it, also one by way of JSON. What JSON does not have says what it
 * is.
 */
export type PlainValue =
  | null
  | string
  | number
  | boolean
  | readonly PlainValue[]
  | PlainNumber
  | PlainDate
  | PlainBytes
  | { readonly value: "object"; readonly entries: Readonly<Record<string, PlainValue>> }
  /** The JSON text of an object that says itself what it is in JSON. */
  | { readonly value: "json"; readonly text: string };

const unusual: ReadonlyMap<number, Extract<PlainNumber, { value: "number" }>> = new Map([
  [NaN, { value: "number", text: "NaN" }],
  [Infinity, { value: "number", text: "Infinity" }],
  [-Infinity, { value: "number", text: "-Infinity" }],
]);

/** A number as operations hold it. */
export function plainNumber(value: number | bigint): number | PlainNumber {
  if (typeof value === "bigint") return { value: "bigint", text: String(value) };
  return Object.is(value, -0) ? { value: "number", text: "-0" } : (unusual.get(value) ?? value);
}

function hasOwnJson(value: object): boolean {
  return typeof (value as { toJSON?: unknown }).toJSON === "function";
}

/** The value of an invalid Date, which is refused when it is written. */
const invalid = "invalid";

function plainObject(value: object): PlainValue {
  if (value instanceof Date) {
    return { value: "date", text: Number.isNaN(value.getTime()) ? invalid : value.toISOString() };
  }
  if (value instanceof Uint8Array) {
    const { buffer, byteOffset, byteLength } = value;
    return { value: "bytes", base64: Buffer.from(buffer, byteOffset, byteLength).toString("base64") };
  }
  if (Array.isArray(value)) return value.map((item: LiteralValue | undefined) => plainValue(item ?? null));
  if (hasOwnJson(value)) return { value: "json", text: JSON.stringify(value) };
  const entries = (Object.entries(value) as [string, LiteralValue | undefined][]).filter(
    (entry): entry is [string, LiteralValue] => isValue(entry[1]),
  );
  return { value: "object", entries: Object.fromEntries(entries.map(([key, item]) => [key, plainValue(item)])) };
}

/** Whether JSON keeps the property that has it. */
function isValue(item: unknown): boolean {
  return item !== undefined && typeof item !== "function" && typeof item !== "symbol";
}

/**
 * A value as operations hold it. It is a copy: what becomes of an array or an object later does not reach the operation.
 *
 * @example plainValue(2n ** 53n) // { value: "bigint", text: "9007199254740992" }
 */
export function plainValue(value: LiteralValue): PlainValue {
  switch (typeof value) {
    case "number":
    case "bigint":
      return plainNumber(value);
    case "object":
      return value === null ? null : plainObject(value);
    default:
      return value;
  }
}

/** Whether a value is a number of any size. */
export function isNumber(value: unknown): value is number | PlainNumber {
  if (typeof value === "number") return true;
  const { value: kind } = (typeof value === "object" && value !== null ? value : {}) as { value?: unknown };
  return kind === "bigint" || kind === "number";
}

/** A number from the form that operations hold. */
export function numberOf(value: number | PlainNumber): number | bigint {
  if (typeof value === "number") return value;
  return value.value === "bigint" ? BigInt(value.text) : Number(value.text);
}

/** A list from the form that operations hold, which is a list of such forms. */
export function isPlainList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** A moment from the form that operations hold. */
export function dateOf({ text }: PlainDate): Date {
  return new Date(text === invalid ? NaN : text);
}

/** Bytes from the form that operations hold. */
export function bytesOf({ base64 }: PlainBytes): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, "base64"));
}

/** The value that an operation holds: the same as its author gave. */
export function literalOf(value: PlainValue): LiteralValue {
  if (typeof value !== "object" || value === null) return value;
  if (isPlainList(value)) return value.map(literalOf);
  switch (value.value) {
    case "bigint":
    case "number":
      return numberOf(value);
    case "date":
      return dateOf(value);
    case "bytes":
      return bytesOf(value);
    case "object":
      return Object.fromEntries(Object.entries(value.entries).map(([key, item]) => [key, literalOf(item)]));
    case "json":
      return JSON.parse(value.text) as LiteralValue;
  }
}
