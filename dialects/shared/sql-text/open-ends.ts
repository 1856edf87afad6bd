import type { OpenEnd } from "../../../src/compiler/text-ends.js";
import { Lexer, type LexicalRules } from "./tokens.js";

/** Text in which nothing begins that needs an end. */
const bare = /^[^'"`[$#*();-]*$/;

/** What a text leaves open, or ends that it has not begun. */
export function openEndOf(sql: string, rules: LexicalRules): OpenEnd | undefined {
  if (bare.test(sql)) return undefined;
  const lexer = new Lexer(sql, rules);
  let depth = 0;
  let endsStatement = false;
  for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
    if (token.kind === "unfinished") return "quote";
    if (token.text === "(") depth += 1;
    else if (token.text === ")") depth -= 1;
    else if (token.text === ";") endsStatement = true;
    if (depth < 0) return "closing parenthesis";
  }
  if (lexer.openComment === "block") return "comment";
  if (lexer.hasStrayEnd) return "end of a comment";
  if (rules.commentsEndExecuted === true && lexer.hasInnerComment) return "inner comment";
  if (depth > 0) return "parenthesis";
  if (lexer.openComment === "line") return "line comment";
  return endsStatement ? "semicolon" : undefined;
}
