import type { LexicalRules } from "../shared/sql-text/tokens.js";

/** How Oracle reads text. https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Literals.html */
export const lexicalRules: LexicalRules = { delimitedStrings: true };
