import type { ExpressionForms } from "../shared/expressions/expression-forms.js";
import { numberText } from "../shared/expressions/number-text.js";
import type { Tree } from "../shared/expressions/tree.js";

const numberTypes = /^(?:TINYINT|SMALLINT|MEDIUMINT|INTEGER|BIGINT|DECIMAL|FLOAT|DOUBLE|BIT|YEAR)\b/;
const timeTypes = /^(?:DATETIME|TIMESTAMP)\b/;

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
  const whole = (/^TIME\b/.test(type) && /^-?\d+:\d\d$/.test(text) ? `${text}:00` : text)
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
  return forms.default(text, (tree) => constantText(tree, type));
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
