import type { LexicalRules } from "../shared/sql-text/tokens.js";

/** How SQLite reads text: https://www.sqlite.org/lang_keywords.html */
export const lexicalRules: LexicalRules = { backticks: true, brackets: true };
