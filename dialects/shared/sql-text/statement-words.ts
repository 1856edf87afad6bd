import type { SyntaxProblem } from "../../../src/compiler/sql-parser.js";
import { openEndOf } from "./open-ends.js";
import { Lexer, tokensOf, type LexicalRules } from "./tokens.js";

/** The words that the statements of a server begin with, and what no grammar for queries knows of them. */
export interface StatementWords {
  /** First words of queries, of changes of rows and of objects: grammars know these. */
  readonly parsed: readonly string[];
  /** First words of all else, of which grammars know a few forms at best: what begins so is taken as it is. */
  readonly others: readonly string[];
  /** What CREATE, ALTER and DROP take besides what grammars know. */
  readonly kinds?: readonly string[];
  /** Beginnings of statements that grammars know in another form. One space stands between any two tokens. */
  readonly forms?: readonly string[];
  /** Parts of statements that grammars do not know, wherever they stand. One space stands between any two tokens. */
  readonly clauses?: readonly string[];
  /** Whether a word that none of these is may begin a statement, by what stands behind it. */
  readonly mayBegin?: (word: string, following: string | undefined) => boolean;
}

/** Whether the quotes, comments and parentheses of a text are closed, whatever stands in them. */
function isClosed(sql: string, rules: LexicalRules): boolean {
  const open = openEndOf(sql, rules);
  return open === undefined || open === "semicolon" || open === "line comment";
}

/** The tokens of a text with one space between any two, so that no string, name or comment is taken for words. */
function outlineOf(sql: string, rules: LexicalRules): string {
  return tokensOf(sql, rules)
    .map(({ kind, text }) => (kind === "string" ? "''" : kind === "name" ? '""' : text))
    .join(" ")
    .replace(/^[; ]+/, "");
}

function anyOf(patterns: readonly string[]): string {
  return `(?:${patterns.join("|")})(?!\\w)`;
}

/**
 * Whether a text has what grammars for queries do not know, so that nothing is to be made of their refusal. It has to be
 * closed all the same.
 */
export function beyondGrammars(
  { parsed, others, kinds = [], forms = [], clauses = [] }: StatementWords,
  rules: LexicalRules,
): (sql: string) => boolean {
  const patterns = [`^${anyOf([...others, ...forms])}`];
  if (kinds.length > 0) patterns.push(`^(?:CREATE|ALTER|DROP) ${anyOf(kinds)}`);
  if (clauses.length > 0) patterns.push(`^${anyOf(parsed)}[^]* ${anyOf(clauses)}`);
  const pattern = new RegExp(patterns.join("|"), "i");
  return (sql) => pattern.test(outlineOf(sql, rules)) && isClosed(sql, rules);
}

/** What is wrong with the first word of a text, which grammars may take for a call or a label. */
export function problemOfFirstWord(
  { parsed, others, mayBegin }: StatementWords,
  rules: LexicalRules,
): (sql: string) => SyntaxProblem | undefined {
  const known = new Set([...parsed, ...others]);
  return (sql) => {
    const lexer = new Lexer(sql, rules);
    let first = lexer.next();
    while (first?.text === ";" || first?.text === "(") first = lexer.next();
    if (first?.kind !== "word" || known.has(first.value)) return undefined;
    if (mayBegin?.(first.value, lexer.next()?.text) === true) return undefined;
    return { message: `no statement begins with "${first.text.slice(0, 40)}"`, offset: first.start };
  };
}
