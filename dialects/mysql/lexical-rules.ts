import type { ScriptRules } from "../shared/reader/statements.js";

/** A version above every release, by which text is for no server. */
const neverOnMysql = 99_999;

/** How MySQL reads text, with the sql_mode that scripts set, and that its client knows DELIMITER. */
export const lexicalRules: ScriptRules = {
  backslashEscapes: true,
  doubleQuotedStrings: true,
  backticks: true,
  hashComments: true,
  executes: (opening, version) => !opening.startsWith("/*M") && version < neverOnMysql,
  client: { delimiterCommand: true },
};
