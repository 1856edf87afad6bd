import { nameText, type Name } from "../schema/names.js";

/** The key of an object in the catalog: its schema, when it has one, and its name. */
export function catalogKey(schema: Name | undefined, name: Name): string {
  return schema === undefined ? nameText(name) : `${nameText(schema)}.${nameText(name)}`;
}
