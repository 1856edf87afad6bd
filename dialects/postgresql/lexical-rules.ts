import type { LexicalRules } from "../shared/sql-reader/tokens.js";

/** How PostgreSQL reads text. */
export const lexicalRules: LexicalRules = { dollarQuotes: true, nestedComments: true };
