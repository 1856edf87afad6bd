import { isSqlText, textOfSql } from "../schema/expressions.js";
import { nameText, type Name } from "../schema/names.js";
import { isObjectText } from "../schema/object-text.js";
import { definitionOf, isOfKind, type ObjectOf, type SchemaObject } from "../schema/schema-objects.js";

/** Whether a text has a name as a word in it: enough to keep an order, and no harm where it is only a word. */
export function mentionsName(text: string | undefined, name: string): boolean {
  if (text === undefined) return false;
  return new RegExp(`(?<![\\w$])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w$])`, "i").test(text);
}

function domainTexts({ content }: ObjectOf<"domain">): readonly string[] {
  if (isObjectText(content)) return content.statements;
  const { type, serverDefault, checks } = content;
  const { name = "", text = "" } = type.parameters as { readonly name?: Name; readonly text?: string };
  const value = isSqlText(serverDefault) ? [textOfSql(serverDefault)] : [];
  return [nameText(name), text, ...value, ...checks.map(({ condition }) => textOfSql(condition))];
}

/** The texts of an object in which others may be named: its definition, and the parameters and the result of a routine. */
export function textsOf(object: SchemaObject): readonly string[] {
  const definition = definitionOf(object);
  const texts = definition === undefined ? [] : [definition];
  if (isOfKind(object, "domain")) return domainTexts(object);
  if (!isOfKind(object, "function") && !isOfKind(object, "procedure")) return texts;
  const heads = object.overloads.flatMap(({ signature, content }) => {
    if (isObjectText(content)) return content.statements;
    return "returns" in content && isSqlText(content.returns) ? [signature, textOfSql(content.returns)] : [signature];
  });
  return [...texts, ...heads];
}

/** Objects whose texts speak of one another, those first that others speak of. */
export function orderByMention(objects: readonly SchemaObject[]): readonly SchemaObject[] {
  const waiting = [...objects];
  const order: SchemaObject[] = [];
  while (waiting.length > 0) {
    const isFree = (object: SchemaObject): boolean =>
      !waiting.some((other) => {
        return other !== object && textsOf(object).some((text) => mentionsName(text, nameText(other.name)));
      });
    const next = waiting.findIndex(isFree);
    order.push(...waiting.splice(Math.max(next, 0), 1));
  }
  return order;
}
