import type { ScriptRules } from "../shared/reader/statements.js";

/** How SQL Server reads text. */
export const lexicalRules: ScriptRules = { brackets: true, nestedComments: true, client: {} };
