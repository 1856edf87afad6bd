import type { IdentifierRules } from "../../src/compiler/identifiers.js";
import { doubleQuotes } from "../shared/sql-text/quotes.js";
import { reserved } from "./reserved.js";

/** SQLite takes names of any length; the limit is SQLAlchemy's. https://www.sqlite.org/lang_keywords.html */
export const identifiers: IdentifierRules = {
  quote: doubleQuotes,
  reserved,
  maxLength: 9999,
  lengthUnit: "characters",
  legalStart: /^[^0-9$]/,
};
