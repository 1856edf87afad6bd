import { catalogKey } from "../catalog/catalog-key.js";
import type { ObjectKind } from "../schema/schema-objects.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { ObjectName } from "./facts.js";

/** What operations on one table say of it. */
interface OfTable {
  readonly tableName: Name;
  readonly schema: Name | undefined;
}

export function tableOf({ schema, tableName }: OfTable): ObjectName {
  return { kind: "table", schema, name: tableName };
}

export function columnOf({ schema, tableName }: OfTable, name: Name): ObjectName {
  return { kind: "column", schema, tableName, name };
}

export function constraintOf({ schema, tableName }: OfTable, name: Name | undefined): ObjectName {
  return { kind: "constraint", schema, tableName, name };
}

export function indexOf(schema: Name | undefined, tableName: Name | undefined, name: Name | undefined): ObjectName {
  return { kind: "index", schema, tableName, name };
}

export function objectOf(
  kind: ObjectKind | "enumType",
  { schema, name }: { readonly schema?: Name | undefined; readonly name: Name },
): ObjectName {
  return { kind, schema, name };
}

/** An object as people are told of it: with its schema, and a column with its table. */
export function objectText({ kind, schema, name, tableName }: ObjectName): string {
  const own = name === undefined ? "?" : nameText(name);
  if (kind === "column" && tableName !== undefined) return `${catalogKey(schema, tableName)}.${own}`;
  return name === undefined ? own : catalogKey(schema, name);
}
