import type { TypeRenderer, TypeRenderers } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import { nameText } from "../../src/schema/names.js";
import type {
  BinaryArguments,
  EnumArguments,
  NumberArguments,
  TextArguments,
  TypeName,
} from "../../src/schema/types/type.js";

/** `NAME(length) COLLATE "x"`, both parts only when given. */
function textType(name: string) {
  return (parameters: TextArguments, context: RenderContext): string => {
    const { length, collation } = parameters;
    const collate = collation === undefined ? "" : ` COLLATE ${context.name({ text: collation })}`;
    return name + (length ? `(${length})` : "") + collate;
  };
}

/** `NAME(precision, scale)`, the numbers only when given. */
export function numericType(name: string) {
  return ({ precision, scale }: NumberArguments): string => {
    if (precision === undefined) return name;
    return scale === undefined ? `${name}(${precision})` : `${name}(${precision}, ${scale})`;
  };
}

/** `NAME(length)`, the length only when given. */
function binaryType(name: string) {
  return ({ length }: BinaryArguments): string => name + (length ? `(${length})` : "");
}

/** A type that is only its name. */
export function bare(name: string): () => string {
  return () => name;
}

/** Refuses an enum that is a name alone, where its values are all that it is. */
export function requireValues({ name, values }: EnumArguments, context: RenderContext): void {
  if (values.length > 0) return;
  throw context.unsupported(
    `The enum ${name === undefined ? "" : `"${nameText(name)}" `}has no values, and ${context.dialect.name} knows it by nothing else.`,
    "Write its values.",
  );
}

/** How long a VARCHAR has to be to hold every value of an enum; undefined when it has none. */
export function enumLength({ values, length }: EnumArguments): number | undefined {
  if (values.length === 0) return length;
  const longest = Math.max(0, ...values.map((value) => [...value].length));
  return length === undefined ? longest : Math.max(length, longest);
}

/** A type that the dialect has not, with what to use instead. */
export function unsupportedType<N extends TypeName>(what: string, hint: string): TypeRenderer<N> {
  return (_parameters, context) => {
    throw context.unsupported(`${what} does not exist on ${context.dialect.name}.`, hint);
  };
}

const nullType: TypeRenderer<"null"> = (_parameters, context) => {
  throw context.unsupported(
    "A column has no type.",
    "Give the column a type: t.null() only stands for an unknown one.",
  );
};

/** The SQL standard's types, and the generic ones spelled by them: what a dialect overrides where it differs. */
export const sharedTypes = {
  integer: bare("INTEGER"),
  bigInteger: bare("BIGINT"),
  smallInteger: bare("SMALLINT"),
  string: textType("VARCHAR"),
  text: textType("TEXT"),
  unicode: textType("VARCHAR"),
  unicodeText: textType("TEXT"),
  boolean: bare("BOOLEAN"),
  date: bare("DATE"),
  dateTime: bare("DATETIME"),
  time: bare("TIME"),
  interval: bare("DATETIME"),
  float: bare("FLOAT"),
  double: bare("DOUBLE"),
  numeric: numericType("NUMERIC"),
  largeBinary: bare("BLOB"),
  enum: (parameters, context) => textType("VARCHAR")({ ...parameters, length: enumLength(parameters) }, context),
  json: bare("JSON"),
  uuid: bare("CHAR(32)"),
  array: unsupportedType("An array type", "Store the values as t.json(), or in a table of their own."),
  null: nullType,
  raw({ text }, context) {
    // a description has no operation: what is computed may be without a type there
    if (text !== "" || context.operation === undefined) return text;
    throw context.unsupported("A column without a type exists on SQLite alone.", "Give it the type that it has here.");
  },

  BIGINT: bare("BIGINT"),
  BINARY: binaryType("BINARY"),
  BLOB: bare("BLOB"),
  BOOLEAN: bare("BOOLEAN"),
  CHAR: textType("CHAR"),
  CLOB: bare("CLOB"),
  DATE: bare("DATE"),
  DATETIME: bare("DATETIME"),
  DECIMAL: numericType("DECIMAL"),
  DOUBLE: bare("DOUBLE"),
  DOUBLE_PRECISION: bare("DOUBLE PRECISION"),
  FLOAT: bare("FLOAT"),
  INTEGER: bare("INTEGER"),
  JSON: bare("JSON"),
  NCHAR: textType("NCHAR"),
  NUMERIC: numericType("NUMERIC"),
  NVARCHAR: textType("NVARCHAR"),
  REAL: bare("REAL"),
  SMALLINT: bare("SMALLINT"),
  TEXT: textType("TEXT"),
  TIME: bare("TIME"),
  TIMESTAMP: bare("TIMESTAMP"),
  UUID: bare("UUID"),
  VARBINARY: binaryType("VARBINARY"),
  VARCHAR: textType("VARCHAR"),
} satisfies TypeRenderers;
