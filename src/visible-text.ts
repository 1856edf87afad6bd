/**
 * Characters that change how the text around them is shown: control characters, which a terminal obeys, and marks of
 * direction, which let a line be read in another order than it is run in. https://www.unicode.org/reports/tr36/
 */
const hiding = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * Text as it is: what would hide something of it is shown by its code. Line feeds and tabs stay.
 *
 * @example visibleText("a\u202eb") // "a\\u{202e}b"
 */
export function visibleText(text: string): string {
  return text.replace(hiding, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** Whether something of a text is hidden, or ends its line. */
export function hidesText(text: string): boolean {
  return /[\t\n]/.test(text) || visibleText(text) !== text;
}

/** JSON as it is read, with the same characters shown by the codes that JSON has for them. */
export function visibleJson(json: string): string {
  return json.replace(hiding, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
