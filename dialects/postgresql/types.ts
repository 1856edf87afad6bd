import type { TypeRenderers } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { EnumArguments, NumberArguments, TimeArguments } from "../../src/schema/types/type.js";
import { bare, sharedTypes, unsupportedType } from "../shared/types.js";

const zone = (timezone: boolean | undefined): string => (timezone ? "WITH TIME ZONE" : "WITHOUT TIME ZONE");
const precise = (precision: number | undefined): string => (precision === undefined ? "" : `(${precision})`);

function timeType(name: string) {
  return ({ timezone, precision }: TimeArguments): string => `${name}${precise(precision)} ${zone(timezone)}`;
}

function float({ precision }: NumberArguments): string {
  return `FLOAT${precision ? `(${precision})` : ""}`;
}

/** Whether an enum is a type of its own here. */
function isNativeEnum(parameters: EnumArguments): boolean {
  return parameters.nativeEnum !== false;
}

function enumType(parameters: EnumArguments, context: RenderContext): string {
  if (!isNativeEnum(parameters)) return sharedTypes.enum(parameters, context);
  if (parameters.name === undefined) {
    throw context.unsupported(
      "An enum has no name, and PostgreSQL needs one for its type.",
      'Write t.enum([…], { name: "mood" }), or { nativeEnum: false } for a VARCHAR.',
    );
  }
  return context.qualified(parameters.schema, parameters.name);
}

const named = Object.fromEntries(
  [
    ...["CIDR", "CITEXT", "HSTORE", "INET", "JSONB", "JSONPATH", "MACADDR", "MACADDR8", "MONEY", "OID", "REGCLASS"],
    ...["REGCONFIG", "TSQUERY", "TSVECTOR", "DATERANGE", "INT4RANGE", "INT8RANGE", "NUMRANGE", "TSRANGE", "TSTZRANGE"],
    ...["DATEMULTIRANGE", "INT4MULTIRANGE", "INT8MULTIRANGE", "NUMMULTIRANGE", "TSMULTIRANGE", "TSTZMULTIRANGE"],
  ].map((name) => [name, bare(name)]),
);

/** https://www.postgresql.org/docs/current/datatype.html */
export const types: TypeRenderers = {
  ...sharedTypes,
  ...named,
  float,
  double: bare("DOUBLE PRECISION"),
  dateTime: timeType("TIMESTAMP"),
  time: timeType("TIME"),
  interval: ({ precision }) => `INTERVAL${precision === undefined ? "" : ` (${precision})`}`,
  largeBinary: bare("BYTEA"),
  uuid: bare("UUID"),
  enum: enumType,
  array({ item, dimensions = 1 }, context) {
    const [, name = "", collation = ""] = /^(.*?)((?: COLLATE .*)?)$/s.exec(context.type(item)) ?? [];
    return name + "[]".repeat(dimensions) + collation;
  },
  BINARY: unsupportedType("BINARY", "Use t.largeBinary() or postgresql.BYTEA()."),
  BLOB: unsupportedType("BLOB", "Use t.largeBinary() or postgresql.BYTEA()."),
  CLOB: unsupportedType("CLOB", "Use t.text()."),
  DATETIME: unsupportedType("DATETIME", "Use t.dateTime() or t.TIMESTAMP()."),
  DOUBLE: unsupportedType("DOUBLE", "Use t.double() or t.DOUBLE_PRECISION()."),
  NVARCHAR: unsupportedType("NVARCHAR", "Use t.unicode() or t.VARCHAR()."),
  VARBINARY: unsupportedType("VARBINARY", "Use t.largeBinary() or postgresql.BYTEA()."),
  BIT({ varying, length }) {
    if (varying) return `BIT VARYING${precise(length)}`;
    return `BIT(${length ?? 1})`;
  },
  BYTEA: bare("BYTEA"),
  DOMAIN: ({ name, schema }, context) => context.qualified(schema, name),
  FLOAT: float,
  INTERVAL({ fields, precision }) {
    return `INTERVAL${fields === undefined ? "" : ` ${fields}`}${precision === undefined ? "" : ` (${precision})`}`;
  },
  TIME: timeType("TIME"),
  TIMESTAMP: timeType("TIMESTAMP"),
};
