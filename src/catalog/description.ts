import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { ObjectKind } from "../schema/schema-objects.js";

/** What a description speaks of. */
export type DescribedKind = "table" | "column" | "constraint" | "index" | "enum" | "other" | ObjectKind;

/**
 * One thing of a schema, said in texts that can be compared: whether they come from a replay or were read from a server,
 * two descriptions made in the same way are equal exactly when the things are.
 */
export interface DescribedObject {
  readonly kind: DescribedKind;
  /** The table, with its schema, that a column, constraint, index or trigger belongs to. */
  readonly table?: string | undefined;
  /** The name, with its schema where it has one of its own. */
  readonly name: string;
  /** What is known of it, by what a message calls it; what it has not is left out. */
  readonly attributes: Readonly<Record<string, string>>;
  /** SQL text is all that is known of it: what it does not have may still be there. */
  readonly isText?: true;
}

/** A whole schema. The columns of a table stand in their order; the order of all else says nothing. */
export type SchemaDescription = readonly DescribedObject[];

/** The order in which kinds are listed: what others stand on comes first. */
export const describedKinds: readonly DescribedKind[] = [
  "schema",
  "extension",
  "enum",
  "domain",
  "sequence",
  "function",
  "procedure",
  "table",
  "partition",
  "column",
  "constraint",
  "index",
  "view",
  "materializedView",
  "trigger",
  "other",
];

/** The names of a schema path, for messages: `audit.account`. */
export function describedName(schema: Name | undefined, name: Name): string {
  return schema === undefined ? nameText(name) : `${nameText(schema)}.${nameText(name)}`;
}

/** How an object is called in a sentence: `column account.name`. */
export function titleOf(object: Omit<DescribedObject, "attributes">): string {
  return titleWith(object, (name) => name);
}

/** How a log calls an object: `materialized view 'rich'`. */
export function quotedTitleOf(object: Omit<DescribedObject, "attributes">): string {
  return titleWith(object, (name) => `'${name}'`);
}

function titleWith(
  { kind, table, name }: Omit<DescribedObject, "attributes">,
  written: (name: string) => string,
): string {
  if (kind === "column" && table !== undefined) return `${kind} ${written(`${table}.${name}`)}`;
  // the name of what is known by its text alone says its class
  const title =
    kind === "other" ? name : `${kind === "materializedView" ? "materialized view" : kind} ${written(name)}`;
  return table === undefined ? title : `${title} of ${table}`;
}
