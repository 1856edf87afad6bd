import type { TypeRenderer, TypeRenderers } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type {
  BinaryArguments,
  EnumArguments,
  NumberArguments,
  SetArguments,
  TextArguments,
  TimeArguments,
  TypeName,
} from "../../src/schema/types/type.js";
import { bare, numericType, requireValues, sharedTypes, unsupportedType } from "../shared/types.js";
import { has, need } from "./features.js";
import { plainString } from "./literals.js";

/** The name of a character set or collation, which reaches the script without quotes. */
function bareName(text: string, what: string, context: RenderContext): string {
  if (!/^[\w/-]+$/.test(text)) {
    throw context.unsupported(`"${text}" is not the name of a ${what}.`, "Write it as SHOW COLLATION lists it.");
  }
  return text;
}

/** CHARACTER SET and COLLATE behind a type, or the short words that stand for them. */
function withCharacterSet(spelled: string, parameters: TextArguments, context: RenderContext): string {
  const { charset, collation, ascii, unicode, binary, national } = parameters;
  const set =
    charset !== undefined
      ? `CHARACTER SET ${bareName(charset, "character set", context)}`
      : ascii
        ? "ASCII"
        : unicode && "UNICODE";
  const order = collation !== undefined ? `COLLATE ${bareName(collation, "collation", context)}` : binary && "BINARY";
  return [national && "NATIONAL", spelled, !national && set, order].filter(Boolean).join(" ");
}

interface TextRules {
  /** A server-made length would surprise: the author has to say it. */
  readonly lengthNeeded?: boolean;
  readonly national?: boolean;
}

function textType(name: string, { lengthNeeded = false, national = false }: TextRules = {}) {
  return (parameters: TextArguments, context: RenderContext): string => {
    const { length } = parameters;
    if (typeof length !== "number" && (lengthNeeded || length === "max")) {
      throw context.unsupported(
        `${name} needs a length on ${context.dialect.name}.`,
        "Write t.string(255), or t.text() for text of any length.",
      );
    }
    const spelled = length === undefined ? name : `${name}(${length})`;
    return withCharacterSet(spelled, national ? { ...parameters, national } : parameters, context);
  };
}

/** TINYTEXT and its like: the name says the length. */
function sizedTextType(name: string) {
  return (parameters: TextArguments, context: RenderContext): string => withCharacterSet(name, parameters, context);
}

function extended(spelled: string, { unsigned, zerofill }: NumberArguments): string {
  return spelled + (unsigned ? " UNSIGNED" : "") + (zerofill ? " ZEROFILL" : "");
}

function integerType(name: string) {
  return (parameters: NumberArguments): string => {
    const { displayWidth } = parameters;
    return extended(displayWidth === undefined ? name : `${name}(${displayWidth})`, parameters);
  };
}

function exactType(name: string) {
  const spelled = numericType(name);
  return (parameters: NumberArguments): string => extended(spelled(parameters), parameters);
}

/** Only with both numbers: the server takes no precision alone here. */
function approximateType(name: string) {
  return (parameters: NumberArguments): string => {
    const { precision, scale } = parameters;
    const both = precision !== undefined && scale !== undefined;
    return extended(both ? `${name}(${precision}, ${scale})` : name, parameters);
  };
}

function timeType(name: string) {
  return ({ fsp }: TimeArguments): string => (fsp ? `${name}(${fsp})` : name);
}

function sizedBinary(name: string) {
  return ({ length }: BinaryArguments, context: RenderContext): string => {
    if (length === "max" || (length === undefined && name === "VARBINARY")) {
      throw context.unsupported(
        `${name} needs a length on ${context.dialect.name}.`,
        "Write t.VARBINARY(255), or t.largeBinary() for bytes of any length.",
      );
    }
    return length === undefined ? name : `${name}(${length})`;
  };
}

function values(name: string, parameters: EnumArguments | SetArguments, context: RenderContext): string {
  const list = parameters.values.map((value) => plainString(value, `A value of ${name}`, context)).join(",");
  return withCharacterSet(`${name}(${list})`, parameters, context);
}

const json: TypeRenderer<"json" | "JSON"> = (_parameters, context) => {
  need("json", "JSON type", "Use mysql.LONGTEXT().", context);
  return "JSON";
};

/** A type that came with a version. */
function newType<N extends TypeName>(name: "INET4" | "INET6" | "UUID", instead: string): TypeRenderer<N> {
  return (_parameters, context) => {
    need(name.toLowerCase() as "inet4" | "inet6" | "uuid", `${name} type`, instead, context);
    return name;
  };
}

/** https://dev.mysql.com/doc/refman/8.4/en/data-types.html and https://mariadb.com/kb/en/data-types/ */
export const types: TypeRenderers = {
  ...sharedTypes,
  string: textType("VARCHAR", { lengthNeeded: true }),
  text: textType("TEXT"),
  unicode: textType("VARCHAR", { lengthNeeded: true }),
  unicodeText: textType("TEXT"),
  boolean: bare("BOOL"),
  dateTime: timeType("DATETIME"),
  time: timeType("TIME"),
  float: ({ precision, scale, ...rest }) => floatType({ precision, scale, ...rest }),
  double: approximateType("DOUBLE"),
  numeric: exactType("NUMERIC"),
  largeBinary: sizedBinary("BLOB"),
  enum(parameters, context) {
    requireValues(parameters, context);
    return parameters.nativeEnum === false
      ? sharedTypes.enum(parameters, context)
      : values("ENUM", parameters, context);
  },
  json,
  uuid: (_parameters, context) => (has("uuid", context) ? "UUID" : "CHAR(32)"),

  BIGINT: integerType("BIGINT"),
  BINARY: sizedBinary("BINARY"),
  BIT: ({ length }) => (length === undefined ? "BIT" : `BIT(${length})`),
  BLOB: sizedBinary("BLOB"),
  BOOLEAN: bare("BOOL"),
  CHAR: textType("CHAR"),
  CLOB: unsupportedType("CLOB", "Use t.text() or mysql.LONGTEXT()."),
  DATETIME: timeType("DATETIME"),
  DECIMAL: exactType("DECIMAL"),
  DOUBLE: approximateType("DOUBLE"),
  FLOAT: floatType,
  INET4: newType("INET4", "Use t.string(15) or t.VARBINARY(4)."),
  INET6: newType("INET6", "Use t.string(45) or t.VARBINARY(16)."),
  INTEGER: integerType("INTEGER"),
  JSON: json,
  LONGBLOB: bare("LONGBLOB"),
  LONGTEXT: sizedTextType("LONGTEXT"),
  MEDIUMBLOB: bare("MEDIUMBLOB"),
  MEDIUMINT: integerType("MEDIUMINT"),
  MEDIUMTEXT: sizedTextType("MEDIUMTEXT"),
  NCHAR: textType("CHAR", { national: true }),
  NUMERIC: exactType("NUMERIC"),
  NVARCHAR: textType("VARCHAR", { lengthNeeded: true, national: true }),
  REAL: approximateType("REAL"),
  SET: (parameters, context) => values("SET", parameters, context),
  SMALLINT: integerType("SMALLINT"),
  TEXT: textType("TEXT"),
  TIME: timeType("TIME"),
  TIMESTAMP: timeType("TIMESTAMP"),
  TINYBLOB: bare("TINYBLOB"),
  TINYINT: integerType("TINYINT"),
  TINYTEXT: sizedTextType("TINYTEXT"),
  UUID: newType("UUID", "Use t.uuid(), which is CHAR(32) here."),
  VARBINARY: sizedBinary("VARBINARY"),
  VARCHAR: textType("VARCHAR", { lengthNeeded: true }),
  VECTOR({ dimensions }, context) {
    need("vector", "VECTOR type", "Store the numbers as t.json().", context);
    if (dimensions !== undefined) return `VECTOR(${dimensions})`;
    if (context.dialect.name === "mysql") return "VECTOR";
    throw context.unsupported("VECTOR needs its dimensions on mariadb.", "Write mysql.VECTOR(3).");
  },
  YEAR: ({ displayWidth }) => (displayWidth === undefined ? "YEAR" : `YEAR(${displayWidth})`),
};

function floatType(parameters: NumberArguments): string {
  const { precision, scale } = parameters;
  return extended(numericType("FLOAT")(precision === undefined ? {} : { precision, scale }), parameters);
}
