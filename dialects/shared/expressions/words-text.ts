import { tokensOf } from "../sql-text/tokens.js";
import type { ExpressionGrammar } from "./parser.js";

/** SQL text word by word, without comments, and with names, in quotes or without, as the dialect compares them. */
export function wordsText(text: string, grammar: ExpressionGrammar): string {
  return tokensOf(text, grammar.rules)
    .map((token) => {
      if (token.kind === "string") return `'${token.value.replaceAll("'", "''")}'`;
      if (token.kind === "word") return grammar.name(token);
      if (token.kind !== "name") return token.text;
      const name = grammar.name(token);
      return /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name);
    })
    .join(" ");
}

/** A statement that makes an object, word by word: that it may take the place of one says nothing of the object. */
export function statementText(sql: string, grammar: ExpressionGrammar): string {
  const made = sql
    .replace(/^(\s*create)\s+or\s+(?:replace|alter)\b/i, "$1")
    .replace(/^(\s*create\s+(?:\w+\s+){1,2})if\s+not\s+exists\b/i, "$1")
    .replace(/[;\s]+$/, "");
  return wordsText(made, grammar);
}
