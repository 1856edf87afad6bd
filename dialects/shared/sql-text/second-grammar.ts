import { requirePackage } from "../../../src/on-demand.js";
import { openEndOf } from "./open-ends.js";
import type { LexicalRules } from "./tokens.js";

type Package = typeof import("@guanmingchiu/sqlparser-ts");

/** The dialects of sqlparser-ts that are asked. */
export type SecondGrammar = "mysql" | "sqlite" | "mssql";

/** Whether the quotes, comments and parentheses of a text are closed, whatever stands in them. */
function isClosed(sql: string, rules: LexicalRules): boolean {
  const open = openEndOf(sql, rules);
  return open === undefined || open === "semicolon" || open === "line comment";
}

/**
 * Whether a second grammar takes a text that the first does not know, or it begins with a command that neither knows.
 *
 * @param commands the first words of what a server takes besides SQL
 * @param rules how the dialect writes strings, names and comments
 */
export async function loadSecondGrammar(
  grammar: SecondGrammar,
  commands: readonly string[],
  rules: LexicalRules,
): Promise<(sql: string) => boolean> {
  const { init, validate } = requirePackage("@guanmingchiu/sqlparser-ts") as Package;
  await init();
  const command = new RegExp(`^\\s*(?:${commands.join("|")})\\b`, "i");
  return (sql) => {
    if (command.test(sql) && isClosed(sql, rules)) return true;
    try {
      return validate(sql, grammar);
    } catch {
      return false;
    }
  };
}
