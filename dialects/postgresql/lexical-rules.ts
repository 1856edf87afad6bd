import type { LexicalRules } from "../shared/sql-text/tokens.js";

/** How PostgreSQL reads text. */
export const lexicalRules: LexicalRules = { dollarQuotes: true, nestedComments: true };
