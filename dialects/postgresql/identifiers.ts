import type { IdentifierRules } from "../../src/compiler/identifiers.js";
import { doubleQuotes } from "../shared/sql-text/quotes.js";
import { reserved } from "./reserved.js";

/** Names longer than 63 bytes are cut by the server: https://www.postgresql.org/docs/current/sql-syntax-lexical.html */
export const identifiers: IdentifierRules = {
  quote: doubleQuotes,
  reserved,
  maxLength: 63,
  lengthUnit: "bytes",
  cutsLongNames: true,
  legalStart: /^[^0-9$]/,
};
