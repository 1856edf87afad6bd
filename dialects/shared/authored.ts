import type { AuthoredRefusal, AuthoredStatement } from "../../src/compiler/authored-sql.js";
import { splitStatements, type ScriptRules, type SqlStatement } from "./reader/statements.js";
import { Lexer, type Token } from "./sql-text/tokens.js";

/** A statement of an author's text. */
export interface AuthoredPiece {
  /** As it was written, with the comments before it and without its terminator. */
  readonly sql: string;
  readonly tokens: readonly Token[];
  /** Its first words in capitals, names and values as they are. */
  readonly head: string;
}

/** How many tokens tell what a statement is. */
const headLength = 12;

function headOf(tokens: readonly Token[]): string {
  return tokens
    .slice(0, headLength)
    .map(({ kind, value, text }) => (kind === "word" ? value : text))
    .join(" ");
}

/** The comments in front of a statement: they are a part of what people read. */
function commentsBefore(script: string, end: number, start: number, rules: ScriptRules): string {
  const lexer = new Lexer(script, rules);
  lexer.position = end;
  if (end > 0) {
    lexer.skip();
    if (script[lexer.position] !== ";") return "";
    lexer.position += 1;
  }
  const comments = lexer.position;
  lexer.skip();
  // lines for the client may stand between the comments
  return lexer.position === start ? script.slice(comments, start).trimStart() : "";
}

/** Cuts a text into its statements, by the dialect's rules of strings, comments and bodies. */
export function authoredPieces(sql: string, rules: ScriptRules): readonly AuthoredPiece[] {
  let end = 0;
  return splitStatements(sql, rules).map(({ tokens }: SqlStatement) => {
    const start = tokens[0]?.start ?? 0;
    const comments = commentsBefore(sql, end, start, rules);
    end = tokens.at(-1)?.end ?? start;
    return { sql: comments + sql.slice(start, end), tokens, head: headOf(tokens) };
  });
}

/** A kind of statement that no script can hold, by its first words. */
export interface RefusedKind extends AuthoredRefusal {
  readonly head: RegExp;
}

/** What a dialect's transaction statements do, by their first words; the first that fits counts. */
export type TransactionWords = readonly (readonly [head: RegExp, does: "ends" | "begins" | "other"])[];

/** The first kind that a statement is of. */
export function refusalOf(head: string, kinds: readonly RefusedKind[]): AuthoredRefusal | undefined {
  return kinds.find((kind) => kind.head.test(head));
}

/** What a statement does to the transaction around it. */
export function transactionOf(head: string, words: TransactionWords): AuthoredStatement["transaction"] {
  return words.find(([pattern]) => pattern.test(head))?.[1];
}

/** Whether something has to be known of a statement besides its text. */
export function isOrdinary({ transaction, refusal, settings }: AuthoredStatement): boolean {
  return transaction === undefined && refusal === undefined && settings === undefined;
}
