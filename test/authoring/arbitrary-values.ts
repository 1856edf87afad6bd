import { OperationError } from "../../src/errors.js";
import { makeType } from "../../src/schema/types/arguments.js";
import fc from "fast-check";
import { quotedName, sql } from "../../src/index.js";
import { dialectNames } from "../../src/schema/dialect-names.js";
import type { LiteralValue, SqlPart, SqlText } from "../../src/schema/expressions.js";
import { plainValue } from "../../src/schema/values.js";
import { finalName, type Name } from "../../src/schema/names.js";
import {
  SqlType,
  type BinaryArguments,
  type BitArguments,
  type IntervalArguments,
  type NumberArguments,
  type TextArguments,
  type TimeArguments,
  type TypeArguments,
  type TypeName,
} from "../../src/schema/types/type.js";

/** Text with everything in it that means something to TypeScript, to templates, or to lines. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("", "O'Hara", 'say "x"', "`${a}`", "\\", "a\nb", "a\r\nb", "\u2028", "\0", "\ud800", "${", "$", "*/"),
);

export const bareName = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/) },
  fc.constantFrom("Order", "user name", 'a"b', "x.y", "é", "select", "__proto__"),
);

export const name: fc.Arbitrary<Name> = fc.oneof(
  { weight: 6, arbitrary: bareName },
  bareName.map(finalName),
  fc.tuple(bareName, fc.boolean()).map(([given, quote]) => quotedName(given, quote)),
  fc.tuple(bareName, fc.boolean()).map(([given, quote]) => finalName(quotedName(given, quote))),
);

const scalar: fc.Arbitrary<LiteralValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  text,
  fc.integer(),
  fc.double(),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 1e21, 0.1),
  fc.bigInt(),
  fc.date({ noInvalidDate: false }),
  fc.uint8Array({ maxLength: 6 }),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
);

/** A value, among them some that look like names and items of a schema. */
export const literal: fc.Arbitrary<LiteralValue> = fc.letrec<{ value: LiteralValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    { weight: 5, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(fc.oneof(text, fc.constantFrom("text", "kind", "if", "1")), tie("value"), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<LiteralValue>(
        { text: "t", quote: true },
        { kind: "column" },
        { kind: "sql", parts: ["1"] },
      ),
    },
  ),
})).value;

/** Any of the members, or none. */
export function some<T extends object>(members: { readonly [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> }) {
  return fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const count = fc.nat({ max: 4000 });
const word = fc.constantFrom("utf8mb4", "C", "de_DE");
const flag = fc.boolean();

const none = fc.constant({});
const textArguments = some<TextArguments>({
  length: fc.oneof(count, fc.constant("max" as const)),
  collation: word,
  charset: word,
  ascii: flag,
  binary: flag,
  unicode: flag,
  national: flag,
});
const numberArguments = some<NumberArguments>({
  precision: count,
  scale: count,
  displayWidth: count,
  unsigned: flag,
  zerofill: flag,
  binaryPrecision: count,
});
const timeArguments = some<TimeArguments>({ timezone: flag, precision: count, fsp: count, localTimezone: flag });
const intervalArguments = some<IntervalArguments>({
  fields: fc.constantFrom("DAY", "YEAR TO MONTH"),
  precision: count,
  native: flag,
  dayPrecision: count,
  secondPrecision: count,
});
const binaryArguments = some<BinaryArguments>({
  length: fc.oneof(count, fc.constant("max" as const)),
  filestream: flag,
});
const bitArguments = some<BitArguments>({ length: count, varying: flag });
const booleanArguments = some<TypeArguments["boolean"]>({ name, createConstraint: flag });
const enumValues = fc.array(text, { maxLength: 3 });

/** The arguments of every type: a new type has to be here. */
const typeArguments: { readonly [N in TypeName]: (types: fc.Arbitrary<SqlType>) => fc.Arbitrary<object> } = {
  integer: () => none,
  bigInteger: () => none,
  smallInteger: () => none,
  string: () => textArguments,
  text: () => textArguments,
  unicode: () => textArguments,
  unicodeText: () => textArguments,
  boolean: () => booleanArguments,
  date: () => none,
  dateTime: () => timeArguments,
  time: () => timeArguments,
  interval: () => intervalArguments,
  float: () => numberArguments,
  double: () => numberArguments,
  numeric: () => numberArguments,
  largeBinary: () => binaryArguments,
  enum: () =>
    fc.record(
      {
        values: enumValues,
        name,
        schema: bareName,
        nativeEnum: flag,
        createConstraint: flag,
        length: count,
        createType: flag,
        charset: word,
        collation: word,
      },
      { requiredKeys: ["values"] },
    ),
  json: () => none,
  uuid: () => none,
  array: (types) => fc.record({ item: types, dimensions: count }, { requiredKeys: ["item"] }),
  null: () => none,
  raw: () => fc.record({ text }),
  BIGINT: () => numberArguments,
  BINARY: () => binaryArguments,
  BLOB: () => binaryArguments,
  BOOLEAN: () => booleanArguments,
  CHAR: () => textArguments,
  CLOB: () => textArguments,
  DATE: () => none,
  DATETIME: () => timeArguments,
  DECIMAL: () => numberArguments,
  DOUBLE: () => numberArguments,
  DOUBLE_PRECISION: () => numberArguments,
  FLOAT: () => numberArguments,
  INTEGER: () => numberArguments,
  JSON: () => none,
  NCHAR: () => textArguments,
  NCLOB: () => textArguments,
  NUMERIC: () => numberArguments,
  NVARCHAR: () => textArguments,
  REAL: () => numberArguments,
  SMALLINT: () => numberArguments,
  TEXT: () => textArguments,
  TIME: () => timeArguments,
  TIMESTAMP: () => timeArguments,
  UUID: () => none,
  VARBINARY: () => binaryArguments,
  VARCHAR: () => textArguments,
  BIT: () => bitArguments,
  BYTEA: () => none,
  CIDR: () => none,
  CITEXT: () => none,
  DATEMULTIRANGE: () => none,
  DATERANGE: () => none,
  DOMAIN: () => fc.record({ name: bareName, schema: bareName }, { requiredKeys: ["name"] }),
  HSTORE: () => none,
  INET: () => none,
  INT4MULTIRANGE: () => none,
  INT4RANGE: () => none,
  INT8MULTIRANGE: () => none,
  INT8RANGE: () => none,
  INTERVAL: () => intervalArguments,
  JSONB: () => none,
  JSONPATH: () => none,
  MACADDR: () => none,
  MACADDR8: () => none,
  MONEY: () => none,
  NUMMULTIRANGE: () => none,
  NUMRANGE: () => none,
  OID: () => none,
  REGCLASS: () => none,
  REGCONFIG: () => none,
  TSMULTIRANGE: () => none,
  TSQUERY: () => none,
  TSRANGE: () => none,
  TSTZMULTIRANGE: () => none,
  TSTZRANGE: () => none,
  TSVECTOR: () => none,
  INET4: () => none,
  INET6: () => none,
  LONGBLOB: () => none,
  LONGTEXT: () => textArguments,
  MEDIUMBLOB: () => none,
  MEDIUMINT: () => numberArguments,
  MEDIUMTEXT: () => textArguments,
  SET: () => fc.record({ values: enumValues, charset: word, collation: word }, { requiredKeys: ["values"] }),
  TINYBLOB: () => none,
  TINYINT: () => numberArguments,
  TINYTEXT: () => textArguments,
  YEAR: () => numberArguments,
  DATETIME2: () => timeArguments,
  DATETIMEOFFSET: () => timeArguments,
  IMAGE: () => none,
  NTEXT: () => textArguments,
  ROWVERSION: () => none,
  SMALLDATETIME: () => none,
  SMALLMONEY: () => none,
  SQL_VARIANT: () => none,
  UNIQUEIDENTIFIER: () => none,
  XML: () => none,
  BFILE: () => none,
  BINARY_DOUBLE: () => none,
  BINARY_FLOAT: () => none,
  LONG: () => none,
  NUMBER: () => numberArguments,
  NVARCHAR2: () => textArguments,
  RAW: () => binaryArguments,
  ROWID: () => none,
  VARCHAR2: () => textArguments,
  VECTOR: () => some<TypeArguments["VECTOR"]>({ dimensions: count, storageFormat: word, storageType: word }),
};

export const typeNames = Object.keys(typeArguments) as readonly TypeName[];

const inner = fc.constantFrom<SqlType>(new SqlType("integer", {}), new SqlType("VARCHAR", { length: 3 }));

/** A type of that name, at times with other ones on some dialects. */
export function typeNamed(given: TypeName): fc.Arbitrary<SqlType> {
  const isTaken = (parameters: object): boolean => {
    try {
      makeType(given, parameters as TypeArguments[typeof given], Object.keys(parameters));
      return true;
    } catch (error) {
      if (error instanceof OperationError) return false;
      throw error;
    }
  };
  const made = typeArguments[given](inner)
    .filter(isTaken)
    .map((parameters) => new SqlType(given, parameters));
  const others = fc.array(fc.tuple(inner, fc.subarray([...dialectNames], { minLength: 1 })), { maxLength: 2 });
  return fc
    .tuple(made, others)
    .map(([type, all]) => all.reduce<SqlType>((result, [other, names]) => result.withVariant(other, ...names), type));
}

export const type: fc.Arbitrary<SqlType> = fc.constantFrom(...typeNames).chain((given) => typeNamed(given));

const part: fc.Arbitrary<SqlPart> = fc.oneof(
  { weight: 3, arbitrary: text },
  fc.array(text, { minLength: 1, maxLength: 3 }).map((names) => ({ part: "identifier" as const, names })),
  literal.map((value) => ({ part: "literal" as const, value: plainValue(value) })),
  fc.tuple(literal, type).map(([value, of]) => ({ part: "literal" as const, value: plainValue(value), type: of })),
);

export const sqlText: fc.Arbitrary<SqlText> = fc.oneof(
  text.map((given) => sql.raw(given)),
  fc.array(part, { maxLength: 5 }).map((parts) => ({ kind: "sql" as const, parts })),
);
