import type { Token } from "./body-tokens.js";
import { afterTables, beforeTables, otherWords, valueWords } from "./body-words.js";

/** Goes through the tokens of a body from its beginning to its end, and looks at those around the one that is next. */
export class BodyCursor {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** Which of the tokens is next. */
  get index(): number {
    return this.#index;
  }

  /** The token that is next, or one so many before or behind it. */
  token(offset = 0): Token | undefined {
    return this.#tokens[this.#index + offset];
  }

  /** The keyword or sign there, in capitals. */
  word(offset = 0): string | undefined {
    const token = this.token(offset);
    return token?.kind === "word" || token?.kind === "sign" ? token.text.toUpperCase() : undefined;
  }

  /** Whether the token there is a name: quoted, or a word that is no keyword. */
  isName(offset = 0): boolean {
    const token = this.token(offset);
    if (token?.kind === "quoted") return true;
    const word = token?.kind === "word" ? token.text.toUpperCase() : undefined;
    return (
      word !== undefined &&
      !beforeTables.has(word) &&
      !afterTables.has(word) &&
      !otherWords.has(word) &&
      !valueWords.has(word)
    );
  }

  pass(count = 1): void {
    this.#index += count;
  }

  /** Passes over what stands in parentheses, behind the opening one. */
  passParentheses(): void {
    for (let depth = 1; depth > 0 && this.token() !== undefined; this.pass()) {
      const sign = this.word();
      depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    }
  }

  /** Passes over a name with dots, and gives its parts. */
  passName(): readonly Token[] {
    const names: Token[] = [];
    for (;;) {
      const token = this.token();
      if (token === undefined || token.kind === "value") return names;
      if (token.kind === "sign" && !(token.text === "*" && names.length > 0)) return names;
      names.push(token);
      this.pass();
      if (this.word() !== ".") return names;
      this.pass();
    }
  }
}
