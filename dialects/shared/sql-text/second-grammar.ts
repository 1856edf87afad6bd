import { requirePackage } from "../../../src/on-demand.js";

type Package = typeof import("@guanmingchiu/sqlparser-ts");

/** The dialects of sqlparser-ts that are asked. */
export type SecondGrammar = "mysql" | "sqlite" | "mssql";

/** Whether a second grammar takes a text that the first does not know. */
export async function loadSecondGrammar(grammar: SecondGrammar): Promise<(sql: string) => boolean> {
  const { init, validate } = requirePackage("@guanmingchiu/sqlparser-ts") as Package;
  await init();
  return (sql) => {
    try {
      return validate(sql, grammar);
    } catch {
      return false;
    }
  };
}
