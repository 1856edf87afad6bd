import type { SqlReader } from "../../src/compiler/sql-reader.js";
import { objectsNamedIn } from "../shared/sql-reader/named-objects.js";
import { noEffects, sqlReader } from "../shared/sql-reader/reader.js";
import { harmlessWords, schemaWords } from "../shared/sql-reader/statement-reader.js";

/**
 * Says which objects a statement may have changed, and nothing more: no grammar of Oracle's is at hand. Names without
 * quotes are in small letters, as authors write those whose case does not matter.
 */
export function loadReader(): SqlReader {
  const rules = { client: { batchLine: /^\/$/ } };
  return sqlReader(rules, () => (statement) => {
    const [first] = statement.tokens;
    if (first?.kind === "word" && harmlessWords.has(first.value) && first.value !== "DECLARE") return noEffects;
    const unknown = objectsNamedIn(statement, { foldCase: true });
    const begins = first?.kind === "word" && (schemaWords.has(first.value) || first.value === "DECLARE");
    if (begins && statement.tokens.at(-1)?.kind !== "unfinished") return { operations: [], unknown };
    return { operations: [], unknown, problem: { message: "no statement of Oracle's begins here", offset: 0 } };
  });
}
