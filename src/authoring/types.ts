import { options } from "../operations/call.js";
import { sameData } from "../schema/equality.js";
import type {
  BinaryArguments,
  NumberArguments,
  SqlType,
  TextArguments,
  TypeArguments,
  TypeName,
} from "../schema/types/type.js";
import type { Namespace, Namespaces } from "./vocabulary.js";

/** The namespaces that make a type of that name. */
type SpaceOf<N extends TypeName> = { [S in Namespace]: N extends keyof Namespaces[S] ? S : never }[Namespace];

/** The call that makes a type: where its function is, and what that is given. */
export interface TypeCall {
  readonly space: Namespace;
  readonly name: string;
  readonly given: readonly unknown[];
}

type Spelling<N extends TypeName> = (parameters: TypeArguments[N]) => {
  readonly space: SpaceOf<N>;
  readonly given: readonly unknown[];
};

/** A type whose function takes one object of arguments, or none. */
const simple =
  <S extends Namespace>(space: S) =>
  (parameters: object) => ({ space, given: options(parameters) });

/** A type whose function takes its length first. */
const long =
  <S extends Namespace>(space: S) =>
  ({ length, ...rest }: TextArguments & BinaryArguments) => ({
    space,
    given: length === undefined ? options(rest) : [length, ...options(rest)],
  });

/** A type whose function takes precision and scale first. */
const exact =
  <S extends Namespace>(space: S) =>
  ({ precision, scale, ...rest }: NumberArguments) => {
    if (precision === undefined) return { space, given: options({ scale, ...rest }) };
    return { space, given: scale === undefined ? [precision, ...options(rest)] : [precision, scale, ...options(rest)] };
  };

const wide = ({ displayWidth, ...rest }: NumberArguments) => ({
  space: "mysql" as const,
  given: displayWidth === undefined ? options(rest) : [displayWidth, ...options(rest)],
});

/** A whole number as all have it, or with what MySQL alone has. */
const whole = (parameters: NumberArguments) =>
  options(parameters).length === 0 ? { space: "t" as const, given: [] } : wide(parameters);

/** A type whose function takes its values first. */
const listed =
  <S extends Namespace>(space: S) =>
  ({ values, ...rest }: { readonly values: readonly string[] }) => ({ space, given: [values, ...options(rest)] });

/** How each type is written: a new one has to say it here. */
const spellings: { readonly [N in TypeName]: Spelling<N> } = {
  integer: simple("t"),
  bigInteger: simple("t"),
  smallInteger: simple("t"),
  string: long("t"),
  text: long("t"),
  unicode: long("t"),
  unicodeText: long("t"),
  boolean: simple("t"),
  date: simple("t"),
  dateTime: simple("t"),
  time: simple("t"),
  interval: simple("t"),
  float: exact("t"),
  double: exact("t"),
  numeric: exact("t"),
  largeBinary: long("t"),
  enum: listed("t"),
  json: simple("t"),
  uuid: simple("t"),
  array: ({ item, ...rest }) => ({ space: "t", given: [item, ...options(rest)] }),
  null: simple("t"),
  raw: ({ text }) => ({ space: "t", given: [text] }),

  BIGINT: whole,
  BINARY: long("t"),
  BLOB: long("t"),
  BOOLEAN: simple("t"),
  CHAR: long("t"),
  CLOB: long("t"),
  DATE: simple("t"),
  DATETIME: simple("t"),
  DECIMAL: exact("t"),
  DOUBLE: exact("t"),
  DOUBLE_PRECISION: exact("t"),
  FLOAT: exact("t"),
  INTEGER: whole,
  JSON: simple("t"),
  NCHAR: long("t"),
  NCLOB: long("oracle"),
  NUMERIC: exact("t"),
  NVARCHAR: long("t"),
  REAL: exact("t"),
  SMALLINT: whole,
  TEXT: long("t"),
  TIME: simple("t"),
  TIMESTAMP: simple("t"),
  UUID: simple("t"),
  VARBINARY: long("t"),
  VARCHAR: long("t"),

  BIT: ({ length, varying }) =>
    length === undefined && varying === undefined
      ? { space: "mssql", given: [] }
      : { space: "postgresql", given: [length, ...options({ varying })] },
  BYTEA: simple("postgresql"),
  CIDR: simple("postgresql"),
  CITEXT: simple("postgresql"),
  DATEMULTIRANGE: simple("postgresql"),
  DATERANGE: simple("postgresql"),
  DOMAIN: ({ name, ...rest }) => ({ space: "postgresql", given: [name, ...options(rest)] }),
  HSTORE: simple("postgresql"),
  INET: simple("postgresql"),
  INT4MULTIRANGE: simple("postgresql"),
  INT4RANGE: simple("postgresql"),
  INT8MULTIRANGE: simple("postgresql"),
  INT8RANGE: simple("postgresql"),
  INTERVAL: (parameters) =>
    parameters.dayPrecision === undefined && parameters.secondPrecision === undefined
      ? simple("postgresql")(parameters)
      : simple("oracle")(parameters),
  JSONB: simple("postgresql"),
  JSONPATH: simple("postgresql"),
  MACADDR: simple("postgresql"),
  MACADDR8: simple("postgresql"),
  MONEY: simple("postgresql"),
  NUMMULTIRANGE: simple("postgresql"),
  NUMRANGE: simple("postgresql"),
  OID: simple("postgresql"),
  REGCLASS: simple("postgresql"),
  REGCONFIG: simple("postgresql"),
  TSMULTIRANGE: simple("postgresql"),
  TSQUERY: simple("postgresql"),
  TSRANGE: simple("postgresql"),
  TSTZMULTIRANGE: simple("postgresql"),
  TSTZRANGE: simple("postgresql"),
  TSVECTOR: simple("postgresql"),

  INET4: simple("mariadb"),
  INET6: simple("mariadb"),
  LONGBLOB: simple("mysql"),
  LONGTEXT: long("mysql"),
  MEDIUMBLOB: simple("mysql"),
  MEDIUMINT: wide,
  MEDIUMTEXT: long("mysql"),
  SET: listed("mysql"),
  TINYBLOB: simple("mysql"),
  TINYINT: wide,
  TINYTEXT: long("mysql"),
  YEAR: wide,

  DATETIME2: simple("mssql"),
  DATETIMEOFFSET: simple("mssql"),
  IMAGE: simple("mssql"),
  NTEXT: long("mssql"),
  ROWVERSION: simple("mssql"),
  SMALLDATETIME: simple("mssql"),
  SMALLMONEY: simple("mssql"),
  SQL_VARIANT: simple("mssql"),
  UNIQUEIDENTIFIER: simple("mssql"),
  XML: simple("mssql"),

  BFILE: simple("oracle"),
  BINARY_DOUBLE: simple("oracle"),
  BINARY_FLOAT: simple("oracle"),
  LONG: simple("oracle"),
  NUMBER: exact("oracle"),
  NVARCHAR2: long("oracle"),
  RAW: long("oracle"),
  ROWID: simple("oracle"),
  VARCHAR2: long("oracle"),
  VECTOR: simple("oracle"),
};

function spelled<N extends TypeName>(name: N, parameters: TypeArguments[N]): TypeCall {
  return { name, ...spellings[name](parameters) };
}

/** The call that makes a type, without its variants. */
export function typeCall(type: SqlType): TypeCall {
  return spelled(type.name, type.parameters);
}

/** The arguments of the calls of `withVariant` behind a type: one for each other type. */
export function variantCalls(type: SqlType): readonly (readonly unknown[])[] {
  const calls: [SqlType, ...string[]][] = [];
  for (const [dialect, variant] of Object.entries(type.variants)) {
    const same = calls.find(([other]) => sameData(other, variant));
    if (same === undefined) calls.push([variant, dialect]);
    else same.push(dialect);
  }
  return calls;
}
