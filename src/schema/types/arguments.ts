import { OperationError } from "../../errors.js";
import { nearest } from "../../suggestion.js";
import type { TypeArguments, TypeName } from "./type.js";
import { isSqlType, SqlType } from "./type.js";

/** What an argument has to be, for messages, and whether a value is that. */
interface Kind {
  readonly what: string;
  readonly holds: (value: unknown) => boolean;
}

function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): Kind {
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`;
  return {
    what: `a whole number, ${range}`,
    holds: (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
  };
}

const length: Kind = {
  what: 'a whole number, 1 or more, or "max"',
  holds: (value) => value === "max" || wholeNumber(1).holds(value),
};
const flag: Kind = { what: "true or false", holds: (value) => typeof value === "boolean" };
const word: Kind = { what: "a text", holds: (value) => typeof value === "string" && value !== "" };
const name: Kind = {
  what: "a name",
  holds: (value) => word.holds(value) || (typeof value === "object" && value !== null && "text" in value),
};
const list: Kind = {
  what: "a list of different texts",
  holds: (value) =>
    Array.isArray(value) && value.every((item) => typeof item === "string") && new Set(value).size === value.length,
};

/** A type is told by its values, or else by its name. */
function requireValues(
  type: TypeName,
  { values, name: known }: { readonly values?: unknown; readonly name?: unknown },
): void {
  if (!Array.isArray(values) || values.length > 0 || known !== undefined) return;
  throw new OperationError("type-argument", `The type ${type}: its values is [].`, {
    hint: `Write a list of different texts, at least one${type === "enum" ? "; an enum with a name may be without" : ""}.`,
    data: { type, argument: "values" },
  });
}

/** Every argument that a type has, by its name. */
type ArgumentName = { [N in TypeName]: keyof TypeArguments[N] }[TypeName] extends infer K ? Extract<K, string> : never;

const kinds: Readonly<Record<string, Kind>> = {
  length,
  collation: word,
  charset: word,
  ascii: flag,
  binary: flag,
  unicode: flag,
  national: flag,
  precision: wholeNumber(0, 1000),
  scale: wholeNumber(-1000, 1000),
  displayWidth: wholeNumber(0, 255),
  unsigned: flag,
  zerofill: flag,
  binaryPrecision: wholeNumber(1, 126),
  timezone: flag,
  fsp: wholeNumber(0, 6),
  localTimezone: flag,
  fields: word,
  native: flag,
  dayPrecision: wholeNumber(0, 9),
  secondPrecision: wholeNumber(0, 9),
  filestream: flag,
  varying: flag,
  name,
  schema: word,
  createConstraint: flag,
  createType: flag,
  nativeEnum: flag,
  values: list,
  item: { what: "a type", holds: isSqlType },
  dimensions: wholeNumber(1),
  // without any text: a column of SQLite that has no type
  text: { what: "a text", holds: (value) => typeof value === "string" },
  storageFormat: word,
  storageType: word,
} satisfies Record<ArgumentName, Kind>;

export const textArguments = ["length", "collation", "charset", "ascii", "binary", "unicode", "national"];
export const numberArguments = ["precision", "scale", "displayWidth", "unsigned", "zerofill", "binaryPrecision"];
export const timeArguments = ["timezone", "precision", "fsp", "localTimezone"];
export const intervalArguments = ["fields", "precision", "native", "dayPrecision", "secondPrecision"];
export const binaryArguments = ["length", "filestream"];
export const booleanArguments = ["name", "createConstraint"];
export const enumArguments = [
  ...["values", "name", "schema", "nativeEnum", "createConstraint", "length", "createType", "charset", "collation"],
];

function shown(value: unknown): string {
  if (typeof value === "bigint" || typeof value === "function" || typeof value === "symbol") return String(value);
  return JSON.stringify(value) ?? "undefined";
}

/**
 * A type, its arguments held against what they have to be.
 *
 * @param allowed the arguments that the type has
 * @throws OperationError for an argument that the type has not, or that is of another kind
 */
export function makeType<N extends TypeName>(
  type: N,
  parameters: TypeArguments[N],
  allowed: readonly string[],
): SqlType<N> {
  if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters)) {
    throw new OperationError("type-argument", `The type ${type}: ${shown(parameters)} is no object of arguments.`, {
      hint: `Write an object: { ${allowed.join(", ")} }.`,
    });
  }
  for (const argument in parameters) {
    const value = (parameters as Readonly<Record<string, unknown>>)[argument];
    if (!allowed.includes(argument)) {
      const candidate = nearest(argument, allowed);
      throw new OperationError("type-argument", `The type ${type} has no argument "${argument}".`, {
        hint:
          (candidate === undefined ? "" : `Did you mean "${candidate}"? `) + `It has ${allowed.join(", ") || "none"}.`,
        data: { type, argument },
      });
    }
    const kind = kinds[argument];
    if (value === undefined || kind === undefined || kind.holds(value)) continue;
    throw new OperationError("type-argument", `The type ${type}: its ${argument} is ${shown(value)}.`, {
      hint: `Write ${kind.what}.`,
      data: { type, argument },
    });
  }
  requireValues(type, parameters as { readonly values?: unknown; readonly name?: unknown });
  return new SqlType(type, parameters);
}
