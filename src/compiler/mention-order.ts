import { nameText } from "../schema/names.js";
import { definitionOf, type SchemaObject } from "../schema/schema-objects.js";

/** Whether a text has a name as a word in it: enough to keep an order, and no harm where it is only a word. */
export function mentionsName(text: string | undefined, name: string): boolean {
  if (text === undefined) return false;
  return new RegExp(`(?<![\\w$])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w$])`, "i").test(text);
}

/** Objects whose texts speak of one another, those first that others speak of. */
export function orderByMention(objects: readonly SchemaObject[]): readonly SchemaObject[] {
  const waiting = [...objects];
  const order: SchemaObject[] = [];
  while (waiting.length > 0) {
    const isFree = (object: SchemaObject): boolean =>
      !waiting.some((other) => other !== object && mentionsName(definitionOf(object), nameText(other.name)));
    const next = waiting.findIndex(isFree);
    order.push(...waiting.splice(Math.max(next, 0), 1));
  }
  return order;
}
