import { UnsupportedError } from "../../../src/errors.js";
import { tokensOf } from "../../shared/sql-text/tokens.js";
import { lexicalRules } from "../lexical-rules.js";

/** An author's text may hold the lines that end a batch, as scripts of other tools do. */
export function batchesOf(sql: string): readonly string[] {
  if (!/^\s*go\b/im.test(sql)) return [sql];
  const batches: string[] = [];
  let start = 0;
  for (const token of tokensOf(sql, lexicalRules)) {
    if (token.kind !== "word" || token.value !== "GO" || token.start < start) continue;
    const line = sql.slice(sql.lastIndexOf("\n", token.start) + 1, `${sql}\n`.indexOf("\n", token.start)).trim();
    if (/^go\s+\d+/i.test(line)) {
      throw new UnsupportedError("repeated-batch", `A line of the text says ${line}, which repeats a batch.`, {
        hint: "Write the loop in SQL: WHILE …",
      });
    }
    if (!/^go\s*(?:--.*)?$/i.test(line)) continue;
    batches.push(sql.slice(start, token.start));
    start = `${sql}\n`.indexOf("\n", token.start);
  }
  return [...batches, sql.slice(start)].map((batch) => batch.trim()).filter((batch) => batch !== "");
}
