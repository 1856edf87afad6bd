import type { TypeRenderer, TypeRenderers } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type {
  BinaryArguments,
  EnumArguments,
  IntervalArguments,
  NumberArguments,
  TextArguments,
  TimeArguments,
  VectorArguments,
} from "../../src/schema/types/type.js";
import { bare, enumLength, numericType, requireValues, sharedTypes, unsupportedType } from "../shared/types.js";
import { has, need } from "./features.js";

/** `NAME(length CHAR)`: with CHAR the length counts characters, whatever NLS_LENGTH_SEMANTICS says. The length is not optional. */
function variableText(name: string, unit: "" | " CHAR") {
  return ({ length, collation }: TextArguments, context: RenderContext): string => {
    if (length === undefined || length === 0 || length === "max") {
      throw context.unsupported(
        `${name} has no length, which Oracle wants.`,
        "Give the length, t.string(255), or use t.text() for text of any length.",
      );
    }
    if (length > 32767) {
      throw context.unsupported(`${name}(${length}) is longer than the 32767 that Oracle takes.`, "Use t.text().");
    }
    const collate = collation === undefined ? "" : ` COLLATE ${context.name({ text: collation })}`;
    return `${name}(${length}${unit})${collate}`;
  };
}

const varchar2 = variableText("VARCHAR2", " CHAR");
const varchar = variableText("VARCHAR", " CHAR");
const nvarchar2 = variableText("NVARCHAR2", "");

function enumType(parameters: EnumArguments, context: RenderContext): string {
  requireValues(parameters, context);
  return varchar({ length: enumLength(parameters), collation: parameters.collation }, context);
}

/** FLOAT counts binary digits; decimal ones do not convert: https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Data-Types.html */
function float({ precision, binaryPrecision }: NumberArguments, context: RenderContext): string {
  if (binaryPrecision !== undefined) return `FLOAT(${binaryPrecision})`;
  if (!precision) return "FLOAT";
  throw context.unsupported(
    `FLOAT on Oracle counts its precision in binary digits, not ${precision} decimal ones.`,
    `Write .withVariant(oracle.FLOAT({ binaryPrecision: ${Math.trunc(precision / 0.30103)} }), "oracle").`,
  );
}

function boolean(_parameters: unknown, context: RenderContext): string {
  return has("booleanType", context) ? "BOOLEAN" : "SMALLINT";
}

function timestamp({ timezone, localTimezone, precision }: TimeArguments, context: RenderContext): string {
  if (timezone && localTimezone) {
    throw context.unsupported("TIMESTAMP is to have both timezone and localTimezone.", "Keep one of them.");
  }
  const name = precision === undefined ? "TIMESTAMP" : `TIMESTAMP(${precision})`;
  return name + (localTimezone ? " WITH LOCAL TIME ZONE" : timezone ? " WITH TIME ZONE" : "");
}

/** DATE has a time of day, in whole seconds; what asks for more is a TIMESTAMP. */
function dateTime(parameters: TimeArguments, context: RenderContext): string {
  const { timezone, localTimezone, precision } = parameters;
  return timezone || localTimezone || precision !== undefined ? timestamp(parameters, context) : "DATE";
}

const digits = (precision: number | undefined): string => (precision === undefined ? "" : `(${precision})`);

function dayToSecond(
  { dayPrecision, secondPrecision, precision, fields }: IntervalArguments,
  context: RenderContext,
): string {
  if (fields !== undefined && fields.toUpperCase() !== "DAY TO SECOND") {
    throw context.unsupported(
      `INTERVAL ${fields} is not written here for Oracle; INTERVAL DAY TO SECOND is.`,
      "Leave fields out, or store whole months as t.integer().",
    );
  }
  return `INTERVAL DAY${digits(dayPrecision)} TO SECOND${digits(secondPrecision ?? precision)}`;
}

function raw({ length }: BinaryArguments, context: RenderContext): string {
  if (typeof length !== "number" || length === 0) {
    throw context.unsupported("RAW has no length, which Oracle wants.", "Write oracle.RAW(16), or t.largeBinary().");
  }
  return `RAW(${length})`;
}

const vectorFormats: readonly string[] = ["INT8", "BINARY", "FLOAT32", "FLOAT64"];
const vectorStorages: readonly string[] = ["DENSE", "SPARSE"];

function oneOf(what: string, value: string | undefined, allowed: readonly string[], context: RenderContext): string {
  if (value === undefined) return "*";
  const word = value.toUpperCase();
  if (allowed.includes(word)) return word;
  throw context.unsupported(`The ${what} of a VECTOR is "${value}".`, `It is one of ${allowed.join(", ")}.`);
}

function vector({ dimensions, storageFormat, storageType }: VectorArguments, context: RenderContext): string {
  need("vectorType", "VECTOR type", "Store the numbers as t.json()", context);
  const format = oneOf("storageFormat", storageFormat, vectorFormats, context);
  return `VECTOR(${dimensions ?? "*"},${format},${oneOf("storageType", storageType, vectorStorages, context)})`;
}

const time: TypeRenderer<"time" | "TIME"> = (_parameters, context) => {
  throw context.unsupported(
    "Oracle has no type for a time of day without a date.",
    'Use t.interval(), t.dateTime(), or t.string(8) with .withVariant(…, "oracle").',
  );
};

/** https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/Data-Types.html */
export const types: TypeRenderers = {
  ...sharedTypes,
  bigInteger: bare("NUMBER(19)"),
  string: varchar2,
  text: bare("CLOB"),
  unicode: varchar2,
  unicodeText: bare("CLOB"),
  boolean,
  dateTime,
  time,
  interval: (parameters, context) => (parameters.native === false ? "DATE" : dayToSecond(parameters, context)),
  float,
  double: bare("DOUBLE PRECISION"),
  enum: enumType,
  json: (_parameters, context) => (has("jsonType", context) ? "JSON" : "BLOB"),

  BFILE: bare("BFILE"),
  BIGINT: unsupportedType("BIGINT", "Use t.bigInteger() or oracle.NUMBER(19)."),
  BINARY: unsupportedType("BINARY", "Use oracle.RAW(n) or t.largeBinary()."),
  BINARY_DOUBLE: bare("BINARY_DOUBLE"),
  BINARY_FLOAT: bare("BINARY_FLOAT"),
  BOOLEAN(_parameters, context) {
    need("booleanType", "BOOLEAN type", "Use t.boolean(), which is SMALLINT there", context);
    return "BOOLEAN";
  },
  DATETIME: unsupportedType("DATETIME", "Use t.dateTime() or t.TIMESTAMP()."),
  DOUBLE: unsupportedType("DOUBLE", "Use t.double() or oracle.BINARY_DOUBLE()."),
  FLOAT: float,
  INTERVAL: dayToSecond,
  JSON(_parameters, context) {
    need("jsonType", "JSON type", "Use t.json(), which is BLOB there", context);
    return "JSON";
  },
  LONG: bare("LONG"),
  NCLOB: bare("NCLOB"),
  NUMBER: numericType("NUMBER"),
  NVARCHAR: nvarchar2,
  NVARCHAR2: nvarchar2,
  RAW: raw,
  ROWID: bare("ROWID"),
  TEXT: unsupportedType("TEXT", "Use t.text() or t.CLOB()."),
  TIME: time,
  TIMESTAMP: timestamp,
  UUID: unsupportedType("UUID", "Use t.uuid() or oracle.RAW(16)."),
  VARBINARY: unsupportedType("VARBINARY", "Use oracle.RAW(n) or t.largeBinary()."),
  VARCHAR: varchar,
  VARCHAR2: varchar2,
  VECTOR: vector,
};
