import { wordsAlone } from "../../src/catalog/normal-form.js";
import type { ExpressionForms } from "../shared/expressions/expression-forms.js";
import { treeText, type Tree } from "../shared/expressions/tree.js";

const numberTypes = /^(?:TINYINT|SMALLINT|MEDIUMINT|INTEGER|BIGINT|DECIMAL|FLOAT|DOUBLE|BIT|YEAR)\b/;
const timeTypes = /^(?:DATETIME|TIMESTAMP)\b/;

/** A number without the zeros that say nothing: `007.50` is `7.5`. */
function numberText(text: string): string | undefined {
  const [, sign = "", whole = "", fraction = "", power] =
    /^\s*([+-]?)0*(\d*)(?:\.(\d*?)0*)?(?:e([+-]?\d+))?\s*$/i.exec(text) ?? [];
  if (whole === "" && fraction === "" && !/\d/.test(text)) return undefined;
  if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text)) return undefined;
  if (power !== undefined) return String(Number(text));
  const digits = fraction === "" ? whole || "0" : `${whole || "0"}.${fraction}`;
  return (sign === "-" && digits !== "0" ? "-" : "") + digits;
}

/** The bytes of a text as one number. */
function numberOfBytes(text: string): string {
  let number = 0n;
  for (const character of text) number = number * 256n + BigInt(character.charCodeAt(0));
  return String(number);
}

/** A time as the server writes it: with its hours, and without the fraction that is zero. */
function timeText(text: string, type: string): string {
  if (/^0+$/.test(text)) {
    return timeTypes.test(type) ? "0000-00-00 00:00:00" : type.startsWith("DATE") ? "0000-00-00" : "00:00:00";
  }
  const whole = text
    .replace(/^(\d{4}-\d\d-\d\d)T/, "$1 ")
    .replace(/(:\d\d)\.(\d*?)0*$/, (_all, seconds: string, rest: string) =>
      rest === "" ? seconds : `${seconds}.${rest}`,
    );
  return timeTypes.test(type) && /^\d{4}-\d\d-\d\d$/.test(whole) ? `${whole} 00:00:00` : whole;
}

/** A constant, as the type of its column takes it; undefined for what is none. */
function constantText(tree: Tree, type: string): string | undefined {
  if (tree.kind !== "string" && tree.kind !== "number") return undefined;
  const isBytes = tree.kind === "string" && tree.prefix === "bytes";
  if (numberTypes.test(type)) {
    return isBytes ? numberOfBytes(tree.text) : (numberText(tree.text) ?? `'${tree.text}'`);
  }
  if (tree.kind === "string" && tree.prefix !== "" && !isBytes && !/^(?:date|time|timestamp)$/.test(tree.prefix)) {
    return undefined;
  }
  if (/^(?:DATE|TIME)/.test(type)) return `'${timeText(tree.text, type)}'`;
  // a column of a fixed length is filled up with zeros
  return `'${type.startsWith("BINARY") ? tree.text.replace(/\0+$/, "") : tree.text}'`;
}

function valueText(text: string, type: string, forms: ExpressionForms): string | undefined {
  const tree = forms.value(text);
  if (tree === undefined) return wordsAlone.default(text, type, undefined);
  if (tree.kind === "word" && tree.text === "null") return undefined;
  return constantText(tree, type) ?? treeText(tree);
}

/**
 * A default, with the value that a change of its row gives the column: numbers, times and bytes however they are written.
 * https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html
 */
export function defaultText(text: string, type: string, forms: ExpressionForms): string | undefined {
  const [, value = text, onUpdate] = /^([^]*?)\s*\bON\s+UPDATE\s+([^']*)$/i.exec(text) ?? [];
  const given = value.trim() === "" ? undefined : valueText(value, type, forms);
  if (onUpdate === undefined) return given;
  return [given, "ON UPDATE", valueText(onUpdate, type, forms)].filter((part) => part !== undefined).join(" ");
}
