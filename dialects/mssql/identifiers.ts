import type { IdentifierRules } from "../../src/compiler/identifiers.js";
import { brackets } from "../shared/sql-text/quotes.js";
import { reserved } from "./reserved.js";

/** What sqlcmd takes for a command of its own at the beginning of a line, where a column may stand. */
const sqlcmdCommands = ["ed", "exit", "go", "quit", "reset"];

/** https://learn.microsoft.com/sql/relational-databases/databases/database-identifiers */
export const identifiers: IdentifierRules = {
  quote: brackets,
  reserved: new Set([...reserved, ...sqlcmdCommands]),
  maxLength: 128,
  lengthUnit: "characters",
  legalStart: /^[^0-9$]/,
};
