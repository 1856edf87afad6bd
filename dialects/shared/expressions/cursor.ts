import { tokensOf, type LexicalRules, type Token } from "../sql-text/tokens.js";

const symbols = /^(?:->>|<=>|<>|!=|<=|>=|==|\|\||&&|->|<<|>>|\*\*|::)/;

/** Thrown where a text is no expression of the grammar: it is compared word by word then. */
export class NotParsed extends Error {}

/** The tokens of a text, with the symbols of several characters in one. */
function joinedTokens(text: string, rules: LexicalRules): readonly Token[] {
  const tokens = tokensOf(text, rules);
  const result: Token[] = [];
  for (let place = 0; place < tokens.length; place += 1) {
    const token = tokens[place];
    if (token === undefined) break;
    const symbol = token.kind === "symbol" ? symbols.exec(text.slice(token.start, token.start + 3))?.[0] : undefined;
    if (symbol === undefined) {
      result.push(token);
      continue;
    }
    result.push({ ...token, text: symbol, value: symbol, end: token.start + symbol.length });
    place += symbol.length - 1;
  }
  return result;
}

/** Goes through the tokens of an expression. */
export class ExpressionCursor {
  #place = 0;
  readonly #tokens: readonly Token[];

  constructor(text: string, rules: LexicalRules) {
    this.#tokens = joinedTokens(text, rules);
  }

  get isAtEnd(): boolean {
    return this.#place >= this.#tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#place + ahead];
  }

  pass(count = 1): void {
    this.#place += count;
  }

  /** A token as an operator or keyword: words in small letters; names, strings and numbers are none. */
  mark(ahead = 0): string | undefined {
    const token = this.peek(ahead);
    return token?.kind === "word" || token?.kind === "symbol" ? token.text.toLowerCase() : undefined;
  }

  isAt(...marks: readonly string[]): boolean {
    const mark = this.mark();
    return mark !== undefined && marks.includes(mark);
  }

  accept(mark: string): boolean {
    if (this.mark() !== mark) return false;
    this.pass();
    return true;
  }

  expect(mark: string): void {
    if (!this.accept(mark)) throw new NotParsed(mark);
  }
}
