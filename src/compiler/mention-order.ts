import { isSqlText, textOfSql } from "../schema/expressions.js";
import { nameText, type Name } from "../schema/names.js";
import { isObjectText } from "../schema/object-text.js";
import type { OtherObject } from "../schema/other-objects.js";
import { definitionOf, isOfKind, type ObjectOf, type SchemaObject } from "../schema/schema-objects.js";

/** Whether a text has a name as a word in it: enough to keep an order, and no harm where it is only a word. */
export function mentionsName(text: string | undefined, name: string): boolean {
  if (text === undefined || !text.toLowerCase().includes(name.toLowerCase())) return false;
  return new RegExp(`(?<![\\w$])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w$])`, "i").test(text);
}

function domainTexts({ content }: ObjectOf<"domain">): readonly string[] {
  if (isObjectText(content)) return content.statements;
  const { type, serverDefault, checks } = content;
  const { name = "", text = "" } = type.parameters as { readonly name?: Name; readonly text?: string };
  const value = isSqlText(serverDefault) ? [textOfSql(serverDefault)] : [];
  return [nameText(name), text, ...value, ...checks.map(({ condition }) => textOfSql(condition))];
}

/** An object beside tables and enum types, or what is known by its text alone. */
export type Made = SchemaObject | OtherObject;

/** The name by which others speak of an object: without the types of its arguments. */
export function mentionedName({ name }: Made): string {
  return nameText(name).replace(/[( ].*$/, "");
}

/** Whether one of the texts of an object has a name as a word in it. */
export function mentions(object: Made, name: string): boolean {
  return textsOf(object).some((text) => mentionsName(text, name));
}

/** The texts of an object in which others may be named: its definition, and the parameters and the result of a routine. */
function textsOf(object: Made): readonly string[] {
  if (object.kind === "other") return object.content.statements;
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
export function orderByMention<O extends Made>(objects: readonly O[]): readonly O[] {
  const waiting = [...objects];
  const order: O[] = [];
  const texts = new Map(objects.map((object) => [object, textsOf(object)]));
  while (waiting.length > 0) {
    const isFree = (object: O): boolean =>
      !waiting.some((other) => {
        return other !== object && texts.get(object)?.some((text) => mentionsName(text, mentionedName(other))) === true;
      });
    const next = waiting.findIndex(isFree);
    order.push(...waiting.splice(Math.max(next, 0), 1));
  }
  return order;
}
