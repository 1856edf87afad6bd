import { splitStatements, type ScriptRules } from "./reader/statements.js";
import { tokensOf } from "./sql-text/tokens.js";

/** How many statements a server reads in a text. */
export function statementCount(sql: string, rules: ScriptRules): number {
  return splitStatements(sql, rules).length;
}

/**
 * The same for the making of a routine or a trigger whose body has semicolons outside of blocks: declarations before BEGIN,
 * IF … END IF. It ends with the first semicolon behind its last END.
 */
export function unitCount(sql: string, rules: ScriptRules): number {
  const tokens = tokensOf(sql, rules);
  const end = tokens.findLastIndex(({ kind, value }) => kind === "word" && value === "END");
  if (end === -1) return statementCount(sql, rules);
  const rest = tokens.slice(end);
  const semicolon = rest.findIndex(({ text }) => text === ";");
  return semicolon !== -1 && rest.slice(semicolon).some(({ text }) => text !== ";") ? 2 : 1;
}
