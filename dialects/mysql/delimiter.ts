import type { Enclosure } from "../../src/compiler/dialect.js";

// `/*! … */` is no comment: the server runs what is in it.
const quotedOrComment =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`]|``)*`|--\s.*|#.*|\/\*(?!!)[\s\S]*?\*\//g;

/** What has statements inside it: https://dev.mysql.com/doc/refman/8.4/en/stored-programs-defining.html */
const compound =
  /^\s*(?:(?:\/\*!\d*\s*)?(?:create|alter)\b(?:(?!\b(?:table|view|index|database|schema|user|role)\b)[^;(])*?\b(?:trigger|procedure|function|event|package)\b|begin\s+not\s+atomic\b)/i;

/**
 * The DELIMITER lines around a statement with semicolons inside it, at which the client would cut it without them.
 * Undefined for any other statement. https://dev.mysql.com/doc/refman/8.4/en/mysql-commands.html
 *
 * @example enclose("CREATE PROCEDURE p() BEGIN SELECT 1; END") // { before: "DELIMITER $$\n", after: "\n$$\nDELIMITER ;" }
 */
export function enclose(sql: string): Enclosure | undefined {
  const bare = sql.replace(quotedOrComment, " ");
  if (!bare.includes(";") || !compound.test(bare)) return undefined;
  let delimiter = "$$";
  while (sql.includes(delimiter)) delimiter += "$";
  return { before: `DELIMITER ${delimiter}\n`, after: `\n${delimiter}\nDELIMITER ;` };
}
