import type { ScriptRules } from "../shared/reader/statements.js";

/** How MySQL and MariaDB read text, with the sql_mode that scripts set, and that their clients know DELIMITER. */
export const lexicalRules: ScriptRules = {
  backslashEscapes: true,
  doubleQuotedStrings: true,
  backticks: true,
  hashComments: true,
  executableComments: true,
  client: { delimiterCommand: true },
};
