import { sameData } from "../schema/equality.js";
import { dialectNames } from "../schema/dialect-names.js";
import { isSqlText, type SqlPart, type SqlText } from "../schema/expressions.js";
import type { MarkedName } from "../schema/names.js";
import { isSqlType, type SqlType } from "../schema/types/type.js";
import { literalOf } from "../schema/values.js";
import { isItem, itemCall, type Item } from "./items.js";
import { literalText, objectText, stringText, templateText } from "./literals.js";
import { typeCall, variantCalls } from "./types.js";
import type { Wording } from "./vocabulary.js";

function callText(name: string, given: readonly string[]): string {
  return `${name}(${given.join(", ")})`;
}

/** A type, as in `t.string(50).withVariant(mysql.TEXT(), "mysql")`. */
function typeText(type: SqlType, wording: Wording): string {
  const own = wording.rendered(type);
  if (own !== undefined) return own;
  const { space, name, given } = typeCall(type);
  const base = callText(
    `${wording.use(space)}.${name}`,
    given.map((value) => vocabularyText(value, wording)),
  );
  return variantCalls(type).reduce(
    (text, call) =>
      `${text}.${callText(
        "withVariant",
        call.map((value) => vocabularyText(value, wording)),
      )}`,
    base,
  );
}

function partText(part: Exclude<SqlPart, string>, wording: Wording): string {
  if (part.part === "identifier") return callText(`${wording.use("sql")}.identifier`, part.names.map(stringText));
  const value = valueText(literalOf(part.value), wording);
  const given = part.type === undefined ? [value] : [value, typeText(part.type, wording)];
  return callText(`${wording.use("sql")}.literal`, given);
}

/** A part where a template has a hole: a value by itself becomes a literal, unless it looks like SQL text. */
function holeText(part: Exclude<SqlPart, string>, wording: Wording): string {
  const isBare = part.part === "literal" && part.type === undefined && !isSqlText(literalOf(part.value));
  return isBare ? valueText(literalOf(part.value), wording) : partText(part, wording);
}

/**
 * SQL text, as in `` sql`name = ${"O'Hara"}` ``. Text that the template would take as one with what stands before it
 * keeps to itself.
 */
function sqlText({ parts }: SqlText, wording: Wording): string {
  const [first, ...others] = parts;
  if (first !== undefined && others.length === 0) {
    if (first === "") return callText(`${wording.use("sql")}.raw`, ['""']);
    if (typeof first !== "string") return partText(first, wording);
  }
  const texts = parts.map((part, position) => {
    if (typeof part !== "string") return `\${${holeText(part, wording)}}`;
    const isAlone = part === "" || typeof parts[position - 1] === "string";
    return isAlone ? `\${${wording.use("sql")}.raw(${stringText(part)})}` : templateText(part);
  });
  return `${wording.use("sql")}\`${texts.join("")}\``;
}

function isMarkedName(value: object): value is MarkedName {
  const { text, quote, final, ...others } = value as Partial<MarkedName>;
  const isMarked = quote === undefined ? final === true : typeof quote === "boolean" && final !== false;
  return typeof text === "string" && isMarked && Object.keys(others).length === 0;
}

function nameText({ text, quote, final }: MarkedName, wording: Wording): string {
  const name =
    quote === undefined ? stringText(text) : callText(wording.use("quotedName"), [stringText(text), String(quote)]);
  return final === true ? callText("op.f", [name]) : name;
}

/** An item by the call that makes it; what no call makes of it stands beside. */
function itemText(item: Item, wording: Wording): string {
  const own = wording.rendered(item);
  if (own !== undefined) return own;
  const { name, given, made } = itemCall(item);
  const [imported, ...members] = name.split(".") as [Parameters<Wording["use"]>[0], ...string[]];
  const text = callText(
    [wording.use(imported), ...members].join("."),
    given.map((value) => vocabularyText(value, wording)),
  );
  const usual = made as unknown as Readonly<Record<string, unknown>>;
  const others = Object.entries(item).filter(([key, value]) => key !== "impliedName" && !sameData(value, usual[key]));
  if (others.length === 0) return text;
  return `{ ...${text}, ${objectText(others.map(([key, value]) => [key, vocabularyText(value, wording)] as const)).slice(2)}`;
}

/** A value in which nothing is a name or an item, whatever it looks like: rows, literals, the options of a dialect. */
export function valueText(value: unknown, wording: Wording): string {
  if (isSqlText(value)) return sqlText(value, wording);
  if (isSqlType(value)) return typeText(value, wording);
  return literalText(value, (inner) => valueText(inner, wording));
}

/** A value of the vocabulary of revisions: names, items, types, SQL, and lists and options of these. */
export function vocabularyText(value: unknown, wording: Wording): string {
  if (typeof value !== "object" || value === null) return literalText(value, String);
  if (isSqlText(value) || isSqlType(value)) return valueText(value, wording);
  if (isItem(value)) return itemText(value, wording);
  if (isMarkedName(value)) return nameText(value, wording);
  if (Array.isArray(value) || Object.getPrototypeOf(value) !== Object.prototype) {
    return literalText(value, (inner) => vocabularyText(inner, wording));
  }
  const isGroup = (name: string): boolean => (dialectNames as readonly string[]).includes(name);
  return objectText(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(
        ([name, member]) =>
          [name, isGroup(name) ? valueText(member, wording) : vocabularyText(member, wording)] as const,
      ),
  );
}
