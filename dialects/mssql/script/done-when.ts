import { tokensOf, type Token } from "../../shared/sql-text/tokens.js";
import { lexicalRules } from "../lexical-rules.js";
import { sqlString } from "./text.js";

/** A name of one part, as the catalog has it. */
function catalogName({ kind, text, value }: Token): string {
  return sqlString(kind === "name" ? value : text);
}

/** A name with its schema, as OBJECT_ID takes it. */
function objectName(tokens: readonly Token[]): string {
  const end = tokens.findIndex(({ text }, position) => position % 2 === 1 && text !== ".");
  const parts = tokens.slice(0, end === -1 ? tokens.length : end);
  return sqlString(parts.map(({ text }) => text).join(""));
}

/** What stands behind CREATE or DROP, and a condition that holds when the object is there. */
const probes: readonly (readonly [
  words: readonly string[],
  isThere: (name: readonly [Token, ...Token[]]) => string,
])[] = [
  [["DATABASE"], ([name]) => `DB_ID(${catalogName(name)}) IS NOT NULL`],
  [
    ["FULLTEXT", "CATALOG"],
    ([name]) => `EXISTS (SELECT 1 FROM sys.fulltext_catalogs WHERE name = ${catalogName(name)})`,
  ],
  [
    ["FULLTEXT", "INDEX", "ON"],
    (name) => `EXISTS (SELECT 1 FROM sys.fulltext_indexes WHERE object_id = OBJECT_ID(${objectName(name)}))`,
  ],
];

/**
 * A condition that holds once a statement outside the transaction has done its work, for those that would fail if they ran
 * again. Nearly all others set something to what it is to be.
 */
export function doneWhen(sql: string): string | undefined {
  const [verb, ...rest] = tokensOf(sql, lexicalRules);
  if (verb?.value !== "CREATE" && verb?.value !== "DROP") return undefined;
  // DROP DATABASE IF EXISTS may run again, and of several databases no one says that the statement is done
  if (verb.value === "DROP" && rest.some(({ value }) => value === "IF" || value === ",")) return undefined;
  for (const [words, isThere] of probes) {
    const [name, ...more] = rest.slice(words.length);
    if (name === undefined || !words.every((word, position) => rest[position]?.value === word)) continue;
    const condition = isThere([name, ...more]);
    return verb.value === "CREATE" ? condition : `NOT (${condition})`;
  }
  return undefined;
}
