import type { IdentifierRules } from "../../src/compiler/identifiers.js";
import { doubleQuotes } from "../shared/sql-text/quotes.js";
import { reserved } from "./reserved.js";

/**
 * Names without quotes are folded to capitals; a lower-case name therefore goes without, and one with capitals gets them.
 * Names have up to 128 bytes from 12.2 on: https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Database-Object-Names-and-Qualifiers.html
 */
export const identifiers: IdentifierRules = {
  quote: doubleQuotes,
  reserved,
  maxLength: 128,
  lengthUnit: "bytes",
  legalStart: /^[^0-9_$]/,
};
