import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { terminated } from "../../../src/compiler/script/terminated.js";
import { sqlString } from "./names.js";
import type { ServerWords } from "./server.js";

/**
 * A statement with semicolons inside. The mysql client, which looks for the end by itself, is told another delimiter;
 * MariaDB takes the statement as a string, which every client can read; else it stands as it is, for drivers that leave
 * the reading to the server.
 */
export function bodyText(sql: string, { client, dialect }: ScriptModel, words: ServerWords): string {
  if (client.changesDelimiter) return terminated(sql, dialect.script);
  return words.executesText ? `EXECUTE IMMEDIATE ${sqlString(sql)};` : `${sql};`;
}
