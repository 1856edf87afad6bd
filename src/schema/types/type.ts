import type { DialectName } from "../dialect-names.js";
import type { Name } from "../names.js";

/** Arguments of the types that hold text. */
export interface TextArguments {
  readonly length?: number | "max" | undefined;
  readonly collation?: string | undefined;
  /** MySQL and MariaDB: the character set of the column. */
  readonly charset?: string | undefined;
  readonly ascii?: boolean | undefined;
  readonly binary?: boolean | undefined;
  readonly unicode?: boolean | undefined;
  readonly national?: boolean | undefined;
}

/** Arguments of the exact and approximate numbers. */
export interface NumberArguments {
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
  /** MySQL and MariaDB: the display width. */
  readonly displayWidth?: number | undefined;
  readonly unsigned?: boolean | undefined;
  readonly zerofill?: boolean | undefined;
  /** Oracle: precision in binary digits, for FLOAT. */
  readonly binaryPrecision?: number | undefined;
}

export interface TimeArguments {
  readonly timezone?: boolean | undefined;
  readonly precision?: number | undefined;
  /** MySQL and MariaDB: digits of the fraction of a second. */
  readonly fsp?: number | undefined;
  /** Oracle: TIMESTAMP WITH LOCAL TIME ZONE. */
  readonly localTimezone?: boolean | undefined;
}

export interface IntervalArguments {
  readonly fields?: string | undefined;
  readonly precision?: number | undefined;
  readonly native?: boolean | undefined;
  readonly dayPrecision?: number | undefined;
  readonly secondPrecision?: number | undefined;
}

export interface BinaryArguments {
  readonly length?: number | "max" | undefined;
  readonly filestream?: boolean | undefined;
}

export interface BitArguments {
  readonly length?: number | undefined;
  readonly varying?: boolean | undefined;
}

export interface BooleanArguments {
  readonly name?: Name | undefined;
  readonly createConstraint?: boolean | undefined;
}

export interface EnumArguments {
  readonly values: readonly string[];
  readonly name?: Name | undefined;
  readonly schema?: string | undefined;
  /** `false`: a VARCHAR even where the dialect has enum types. */
  readonly nativeEnum?: boolean | undefined;
  /** A CHECK on dialects, or with `nativeEnum: false`, where the type itself does not restrict the values. */
  readonly createConstraint?: boolean | undefined;
  readonly length?: number | undefined;
  /** PostgreSQL: `false` when the type exists already or is created by hand. */
  readonly createType?: boolean | undefined;
  readonly charset?: string | undefined;
  readonly collation?: string | undefined;
}

export interface ArrayArguments {
  readonly item: SqlType;
  readonly dimensions?: number | undefined;
}

export interface SetArguments {
  readonly values: readonly string[];
  readonly charset?: string | undefined;
  readonly collation?: string | undefined;
}

export interface DomainArguments {
  readonly name: string;
  readonly schema?: string | undefined;
}

/** The text of a type, as it is written. */
export interface RawArguments {
  readonly text: string;
}

/** No arguments at all. */
export type NoArguments = Readonly<Record<string, never>>;

/**
 * Every type there is, by the name it has in revisions, with its arguments. Generic types are in lower camel case and
 * are rendered per dialect; an exact SQL type is in capitals. A type that several dialects have under one name stands
 * here once, with the arguments of all of them.
 */
export interface TypeArguments {
  integer: NoArguments;
  bigInteger: NoArguments;
  smallInteger: NoArguments;
  string: TextArguments;
  text: TextArguments;
  unicode: TextArguments;
  unicodeText: TextArguments;
  boolean: BooleanArguments;
  date: NoArguments;
  dateTime: TimeArguments;
  time: TimeArguments;
  interval: IntervalArguments;
  float: NumberArguments;
  double: NumberArguments;
  numeric: NumberArguments;
  largeBinary: BinaryArguments;
  enum: EnumArguments;
  json: NoArguments;
  uuid: NoArguments;
  array: ArrayArguments;
  null: NoArguments;
  /** A type by its text, for what has no name here. */
  raw: RawArguments;

  BIGINT: NumberArguments;
  BINARY: BinaryArguments;
  BLOB: BinaryArguments;
  BOOLEAN: BooleanArguments;
  CHAR: TextArguments;
  CLOB: TextArguments;
  DATE: NoArguments;
  DATETIME: TimeArguments;
  DECIMAL: NumberArguments;
  DOUBLE: NumberArguments;
  DOUBLE_PRECISION: NumberArguments;
  FLOAT: NumberArguments;
  INTEGER: NumberArguments;
  JSON: NoArguments;
  NCHAR: TextArguments;
  NCLOB: TextArguments;
  NUMERIC: NumberArguments;
  NVARCHAR: TextArguments;
  REAL: NumberArguments;
  SMALLINT: NumberArguments;
  TEXT: TextArguments;
  TIME: TimeArguments;
  TIMESTAMP: TimeArguments;
  UUID: NoArguments;
  VARBINARY: BinaryArguments;
  VARCHAR: TextArguments;

  BIT: BitArguments;
  BYTEA: NoArguments;
  CIDR: NoArguments;
  CITEXT: NoArguments;
  DATEMULTIRANGE: NoArguments;
  DATERANGE: NoArguments;
  DOMAIN: DomainArguments;
  HSTORE: NoArguments;
  INET: NoArguments;
  INT4MULTIRANGE: NoArguments;
  INT4RANGE: NoArguments;
  INT8MULTIRANGE: NoArguments;
  INT8RANGE: NoArguments;
  INTERVAL: IntervalArguments;
  JSONB: NoArguments;
  JSONPATH: NoArguments;
  MACADDR: NoArguments;
  MACADDR8: NoArguments;
  MONEY: NoArguments;
  NUMMULTIRANGE: NoArguments;
  NUMRANGE: NoArguments;
  OID: NoArguments;
  REGCLASS: NoArguments;
  REGCONFIG: NoArguments;
  TSMULTIRANGE: NoArguments;
  TSQUERY: NoArguments;
  TSRANGE: NoArguments;
  TSTZMULTIRANGE: NoArguments;
  TSTZRANGE: NoArguments;
  TSVECTOR: NoArguments;

  INET4: NoArguments;
  INET6: NoArguments;
  LONGBLOB: NoArguments;
  LONGTEXT: TextArguments;
  MEDIUMBLOB: NoArguments;
  MEDIUMINT: NumberArguments;
  MEDIUMTEXT: TextArguments;
  SET: SetArguments;
  TINYBLOB: NoArguments;
  TINYINT: NumberArguments;
  TINYTEXT: TextArguments;
  YEAR: NumberArguments;

  DATETIME2: TimeArguments;
  DATETIMEOFFSET: TimeArguments;
  IMAGE: NoArguments;
  NTEXT: TextArguments;
  ROWVERSION: NoArguments;
  SMALLDATETIME: NoArguments;
  SMALLMONEY: NoArguments;
  SQL_VARIANT: NoArguments;
  UNIQUEIDENTIFIER: NoArguments;
  XML: NoArguments;

  BFILE: NoArguments;
  BINARY_DOUBLE: NoArguments;
  BINARY_FLOAT: NoArguments;
  LONG: NoArguments;
  NUMBER: NumberArguments;
  NVARCHAR2: TextArguments;
  RAW: BinaryArguments;
  ROWID: NoArguments;
  VARCHAR2: TextArguments;
  VECTOR: VectorArguments;
}

export interface VectorArguments {
  readonly dimensions?: number | undefined;
  readonly storageFormat?: string | undefined;
  readonly storageType?: string | undefined;
}

export type TypeName = keyof TypeArguments;

/** The generic types, which every dialect renders. */
export type GenericTypeName = Extract<
  TypeName,
  | "integer"
  | "bigInteger"
  | "smallInteger"
  | "string"
  | "text"
  | "unicode"
  | "unicodeText"
  | "boolean"
  | "date"
  | "dateTime"
  | "time"
  | "interval"
  | "float"
  | "double"
  | "numeric"
  | "largeBinary"
  | "enum"
  | "json"
  | "uuid"
  | "array"
  | "null"
  | "raw"
>;

type Variants = { readonly [D in DialectName]?: SqlType };

/** What a type has as variants that has none. */
export const noVariants: Variants = Object.freeze({});

/** The type of a column: plain data, rendered by a dialect. */
export class SqlType<N extends TypeName = TypeName> {
  constructor(
    readonly name: N,
    readonly parameters: TypeArguments[N],
    readonly variants: Variants = noVariants,
  ) {}

  /**
   * The same type, but another one on the named dialects.
   *
   * @example t.json().withVariant(postgresql.JSONB(), "postgresql") // JSONB on PostgreSQL, JSON elsewhere
   */
  withVariant(type: SqlType, ...dialects: readonly DialectName[]): SqlType<N> {
    const variants = { ...this.variants, ...Object.fromEntries(dialects.map((dialect) => [dialect, type])) };
    return new SqlType(this.name, this.parameters, variants);
  }
}

/** Whether a value is a type. */
export function isSqlType(value: unknown): value is SqlType {
  return typeof value === "object" && value !== null && "parameters" in value && "variants" in value;
}

/** Whether a type is the named one; its parameters are then typed. */
export function isType<N extends TypeName>(type: SqlType, name: N): type is SqlType<N> {
  return type.name === name;
}

/** A type by its text as SQL has it; without text where a column has none. */
export function rawType(text: string): SqlType<"raw"> {
  return new SqlType("raw", { text });
}
