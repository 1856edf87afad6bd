import type { IdentifierRules } from "../../src/compiler/identifiers.js";
import { backticks } from "../shared/sql-text/quotes.js";
import { reserved } from "./reserved.js";

const maxLength = 64;

/**
 * MySQL stores a character outside the Basic Multilingual Plane as a question mark, and refuses the rest of these:
 * https://dev.mysql.com/doc/refman/8.4/en/identifiers.html
 */
function objection(text: string): string | undefined {
  const length = [...text].length;
  if (length === 0) return "is empty";
  if (length > maxLength) return `has ${length} characters; the server takes ${maxLength}`;
  if (text.endsWith(" ")) return "ends with a space, which the server refuses";
  if (text.includes("\0")) return "has a NUL character, which the server refuses";
  if (/[\u{10000}-\u{10ffff}]/u.test(text) || !text.isWellFormed()) {
    return "has a character that the server cannot keep in names, such as an emoji";
  }
  return undefined;
}

/** https://dev.mysql.com/doc/refman/8.4/en/identifier-length.html */
export const identifiers: IdentifierRules = {
  quote: backticks,
  reserved,
  maxLength,
  lengthUnit: "characters",
  legalStart: /^[^0-9$]/,
  objection,
};
