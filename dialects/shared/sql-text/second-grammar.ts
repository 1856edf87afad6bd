import { requirePackage } from "../../../src/on-demand.js";

type Package = typeof import("@guanmingchiu/sqlparser-ts");

/** The dialects of sqlparser-ts that are asked. */
export type SecondGrammar = "mysql" | "sqlite" | "mssql";

/** Quotes and parentheses that are closed, whatever stands in them. */
const closed = /^(?:[^'"`()[\]]|'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|\((?:[^'"`()]|'[^']*'|"[^"]*")*\))*$/;

/**
 * Whether a second grammar takes a text that the first does not know, or it begins with a command that neither knows.
 *
 * @param commands the first words of what a server takes besides SQL
 */
export async function loadSecondGrammar(
  grammar: SecondGrammar,
  commands: readonly string[],
): Promise<(sql: string) => boolean> {
  const { init, validate } = requirePackage("@guanmingchiu/sqlparser-ts") as Package;
  await init();
  const command = new RegExp(`^\\s*(?:${commands.join("|")})\\b`, "i");
  return (sql) => {
    if (command.test(sql) && closed.test(sql)) return true;
    try {
      return validate(sql, grammar);
    } catch {
      return false;
    }
  };
}
