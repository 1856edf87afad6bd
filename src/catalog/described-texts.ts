import type { SequenceNumber, SequenceOptions } from "../schema/columns.js";
import { isSqlText } from "../schema/expressions.js";
import { nameText, type Name } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { NormalWriter } from "./normal-form.js";

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
export function optionText(options: Readonly<Record<string, unknown>>, writer: NormalWriter, table?: Table): string {
  return Object.entries(options)
    .filter(([name, value]) => value !== undefined && !ofReflection.has(name))
    .filter(([name, value]) => value !== false || !offByDefault.has(name))
    .map(([name, value]) => `${name} ${isSqlText(value) ? writer.expression(value, table) : JSON.stringify(value)}`)
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
