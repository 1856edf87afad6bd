import type { SequenceNumber, SequenceOptions } from "../schema/columns.js";
import type { Constraint } from "../schema/constraints.js";
import type { DialectOptions } from "../schema/dialect-names.js";
import { isSqlText, type SqlText } from "../schema/expressions.js";
import { nameText, type Name } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";
import type { PlainValue } from "../schema/values.js";
import { normaliseSql } from "./normalise.js";

/** How a dialect writes what a catalog holds. */
export interface SchemaWriter {
  type(type: SqlType): string;
  sql(text: SqlText): string;
  literal(value: PlainValue): string;
  options(options: DialectOptions): Readonly<Record<string, unknown>>;
  /** Whether a constraint exists there at all: a check that stands for a type does not, where the dialect has the type. */
  isWritten(constraint: Constraint, table: Pick<Table, "columns">): boolean;
}

/** Texts by their names; what there is none of is undefined. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** The texts that there are. */
export function given(attributes: Attributes): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ""),
  );
}

/** Names in a list. */
export function list(names: readonly Name[]): string {
  return names.map(nameText).join(", ");
}

/** What tells only how Alembic looks at a table. */
const ofReflection = new Set(["ignoreSearchPath", "resolveSynonyms"]);
/** What a server does not do unless it is told to: where it is told not to, it is as if it were told nothing. */
const offByDefault = new Set([
  ...["autoincrement", "strict", "withOids", "compress", "columnstore", "bitmap", "vector", "nullsNotDistinct"],
  ...["notValid", "constraint", "deferrable", "schemaBinding"],
]);

/** Options as one text, whatever their order. */
export function optionText(options: Readonly<Record<string, unknown>>, writer: SchemaWriter): string {
  return Object.entries(options)
    .filter(([name, value]) => value !== undefined && !ofReflection.has(name))
    .filter(([name, value]) => value !== false || !offByDefault.has(name))
    .map(([name, value]) => `${name} ${isSqlText(value) ? normaliseSql(writer.sql(value)) : JSON.stringify(value)}`)
    .sort()
    .join(", ");
}

/** The numbers of an identity or sequence that are not the usual ones. */
export function countingText(counting: SequenceOptions): string {
  const entries: readonly (readonly [string, SequenceNumber | boolean | Name | undefined])[] = Object.entries(counting);
  return entries
    .filter(([name, value]) => name !== "kind" && value !== undefined && value !== false)
    .map(([name, value]) => `${name} ${typeof value === "object" ? nameText(value) : String(value)}`)
    .sort()
    .join(", ");
}
