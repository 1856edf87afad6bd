import { OperationError } from "../errors.js";
import type { Check, Reference } from "./constraints.js";
import type { DialectOptions } from "./dialect-names.js";
import type { ColumnDialectOptions } from "./dialect-options.js";
import { takeOptions } from "./take-options.js";
import type { SqlText } from "./expressions.js";
import { asSqlText, isSqlText } from "./expressions.js";
import type { Name } from "./names.js";
import { nameText } from "./names.js";
import { isSqlType, type SqlType } from "./types/type.js";
import { isNumber, numberOf, plainNumber, type PlainNumber } from "./values.js";

/** A number of a sequence: one that is too large for a number of JavaScript may be its digits. */
export type SequenceNumber = number | bigint | string;

/** The numbers of a sequence, its own or an identity column's. */
export interface SequenceOptions {
  readonly start?: SequenceNumber | undefined;
  readonly increment?: SequenceNumber | undefined;
  readonly minvalue?: SequenceNumber | undefined;
  readonly maxvalue?: SequenceNumber | undefined;
  readonly nominvalue?: boolean | undefined;
  readonly nomaxvalue?: boolean | undefined;
  readonly cycle?: boolean | undefined;
  readonly cache?: number | undefined;
  /** Oracle. */
  readonly order?: boolean | undefined;
}

export interface Identity extends SequenceOptions {
  readonly kind: "identity";
  readonly always: boolean;
  /** Oracle: BY DEFAULT ON NULL. */
  readonly onNull?: boolean | undefined;
}

export interface Computed {
  readonly kind: "computed";
  readonly expression: SqlText;
  /** `true` STORED or PERSISTED, `false` VIRTUAL, undefined the dialect's own choice. */
  readonly persisted: boolean | undefined;
}

export interface Sequence extends SequenceOptions {
  readonly kind: "sequence";
  readonly name: Name;
  readonly schema: Name | undefined;
}

/** A literal, or SQL text. */
export type ServerDefaultValue = string | number | bigint | boolean | SqlText;
/** A default that is no number of an unusual kind. */
export type UsualDefault = Exclude<ServerDefaultValue, bigint>;
/** A default as a column holds it. */
export type DefaultValue = UsualDefault | PlainNumber;
/** What can stand behind a column besides its type; at most one of these. */
export type ServerDefault = DefaultValue | Identity | Computed;

/** A column of a table, as data. */
/**
 * Whether the server counts a column up: `"auto"` leaves it to the rule for primary keys, `true` is for a column of a
 * primary key, and `"always"` for a column wherever it stands, such as a SERIAL beside the key.
 */
export type Autoincrement = boolean | "auto" | "ignoreForeignKey" | "always";

export interface Column {
  readonly kind: "column";
  readonly name: Name;
  readonly type: SqlType;
  /** As the author wrote it; see `isNullable` for what it means. */
  readonly nullable: boolean | undefined;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  readonly autoincrement: Autoincrement;
  readonly serverDefault: ServerDefault | undefined;
  readonly sequence: Sequence | undefined;
  readonly references: readonly Reference[];
  readonly checks: readonly Check[];
  readonly comment: string | undefined;
  /** A column that the server has by itself, such as PostgreSQL's xmin: no DDL is made for it. */
  readonly system: boolean;
  readonly options: DialectOptions;
}

export interface ColumnOptions extends ColumnDialectOptions {
  readonly nullable?: boolean;
  readonly primaryKey?: boolean;
  readonly unique?: boolean;
  readonly index?: boolean;
  readonly autoincrement?: Autoincrement;
  /** A string, number or boolean is a literal; SQL is sql`…`. */
  readonly serverDefault?: ServerDefaultValue | Identity | Computed | null;
  readonly identity?: Identity;
  readonly computed?: Computed;
  readonly sequence?: Sequence;
  readonly references?: Reference | readonly Reference[];
  readonly check?: Check | readonly Check[];
  readonly comment?: string | null;
  readonly system?: boolean;
  readonly quote?: boolean;
}

const optionNames = [
  "nullable",
  "primaryKey",
  "unique",
  "index",
  "autoincrement",
  "serverDefault",
  "identity",
  "computed",
  "sequence",
  "references",
  "check",
  "comment",
  "system",
  "quote",
];

const flagNames = ["nullable", "primaryKey", "unique", "index", "system"] as const;

/** Refuses what would be taken for true, such as the name of a constraint given to `unique`. */
function refuseOtherThanFlags(where: string, options: ColumnOptions): void {
  for (const name of flagNames) {
    const value: unknown = options[name];
    if (value === undefined || value === null || typeof value === "boolean") continue;
    throw new OperationError(
      "not-a-boolean",
      `${where}: ${name} is ${JSON.stringify(value)}: it has to be true or false.`,
      {
        hint: 'A name is given beside the columns: unique(["email"], { name: "uq_email" }), index("ix_email", ["email"]).',
      },
    );
  }
}

function oneOf(name: Name, options: ColumnOptions): ServerDefault | undefined {
  const given = (["serverDefault", "identity", "computed"] as const).filter(
    (option) => options[option] !== undefined && options[option] !== null,
  );
  if (given.length > 1) {
    throw new OperationError(
      "two-defaults",
      `Column "${nameText(name)}" has ${given.join(" and ")}: a column has at most one of them.`,
      { hint: `Keep ${given[0]} or ${given[1]}.` },
    );
  }
  return plainDefault(options.serverDefault ?? options.identity ?? options.computed);
}

/** A default as a column holds it. */
export function plainDefault<D extends ServerDefault>(
  value: D | number | bigint | null | undefined,
): D | DefaultValue | undefined {
  return typeof value === "number" || typeof value === "bigint" ? plainNumber(value) : (value ?? undefined);
}

/** A default as its author gave it. */
export function writtenDefault<D>(value: D | PlainNumber): Exclude<D, PlainNumber> | number | bigint {
  return isNumber(value) ? numberOf(value) : (value as Exclude<D, PlainNumber>);
}

const none: readonly never[] = Object.freeze([]);

/**
 * A column.
 *
 * @example column("name", t.string(50), { nullable: false }) // name VARCHAR(50) NOT NULL
 * @throws OperationError for an option that does not exist, a missing type, or two defaults
 */
export function column(name: Name, type: SqlType, options: ColumnOptions = {}): Column {
  const where = `column("${nameText(name)}")`;
  if (!isSqlType(type)) {
    throw new OperationError("no-type", `${where} has no type.`, {
      hint: 'The type is the second argument: column("id", t.integer()).',
    });
  }
  const groups = takeOptions(where, options, optionNames, "column");
  refuseOtherThanFlags(where, options);
  const { quote } = options;
  return {
    kind: "column",
    name: quote === undefined ? name : { text: nameText(name), quote },
    type,
    nullable: options.nullable,
    primaryKey: options.primaryKey ?? false,
    unique: options.unique ?? false,
    index: options.index ?? false,
    autoincrement: options.autoincrement ?? "auto",
    serverDefault: oneOf(name, options),
    sequence: options.sequence,
    references: options.references === undefined ? none : [options.references].flat(),
    checks: options.check === undefined ? none : [options.check].flat(),
    comment: options.comment ?? undefined,
    system: options.system ?? false,
    options: groups,
  };
}

/** Whether a column takes NULL: as written, or else unless it is in the primary key, an identity, or counted wherever it stands. */
export function isNullable(column: Column): boolean {
  const isFilled = identityOf(column) !== undefined || column.autoincrement === "always";
  return column.nullable ?? !(column.primaryKey || isFilled);
}

/** The identity of a column, when its default is one. */
export function identityOf(column: Column): Identity | undefined {
  return isIdentity(column.serverDefault) ? column.serverDefault : undefined;
}

/** The expression that a column is computed by, when it is. */
export function computedOf(column: Column): Computed | undefined {
  return isComputed(column.serverDefault) ? column.serverDefault : undefined;
}

/** The default of a column that is a plain value or SQL text. */
export function defaultOf(column: Column): DefaultValue | undefined {
  const { serverDefault } = column;
  return isIdentity(serverDefault) || isComputed(serverDefault) ? undefined : serverDefault;
}

export function isIdentity(value: unknown): value is Identity {
  return typeof value === "object" && value !== null && (value as Identity).kind === "identity";
}

export function isComputed(value: unknown): value is Computed {
  return typeof value === "object" && value !== null && !isSqlText(value) && (value as Computed).kind === "computed";
}

const sequenceNames = [
  "start",
  "increment",
  "minvalue",
  "maxvalue",
  "nominvalue",
  "nomaxvalue",
  "cycle",
  "cache",
  "order",
];

/** The numbers of a sequence in a form that JSON has, too: large ones by their digits. */
export function plainNumbers<O extends SequenceOptions>(options: O): O {
  const entries = Object.entries(options).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === "bigint" ? String(value) : value,
  ]);
  return Object.fromEntries(entries) as O;
}

/**
 * A column whose values the server counts up.
 *
 * @example identity({ always: true, start: 3 }) // GENERATED ALWAYS AS IDENTITY (START WITH 3), IDENTITY(3,1) on SQL Server
 */
export function identity(
  options: SequenceOptions & { readonly always?: boolean; readonly onNull?: boolean } = {},
): Identity {
  takeOptions("identity", options, ["always", "onNull", ...sequenceNames], "none");
  return { ...plainNumbers(options), kind: "identity", always: options.always ?? false };
}

/**
 * A column whose value the server computes.
 *
 * @example computed(sql`price * 2`, { persisted: true }) // GENERATED ALWAYS AS (price * 2) STORED
 */
export function computed(expression: string | SqlText, options: { readonly persisted?: boolean } = {}): Computed {
  takeOptions("computed", options, ["persisted"], "none");
  return { kind: "computed", expression: asSqlText(expression), persisted: options.persisted };
}

/**
 * A sequence that fills a column, created with its table.
 *
 * @example column("id", t.integer(), { sequence: sequence("t_id_seq") })
 */
export function sequence(name: Name, options: SequenceOptions & { readonly schema?: Name } = {}): Sequence {
  takeOptions("sequence", options, ["schema", ...sequenceNames], "none");
  return { ...plainNumbers(options), kind: "sequence", name, schema: options.schema };
}
