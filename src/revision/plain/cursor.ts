/** Thrown where a file is not plain: always the same, since nobody asks where. */
export const notPlain = new Error("The file is not plain.");

/**
 * The tokens of a file, comments among them; what is blank between them matches nothing. It is one pattern because V8
 * then finds all tokens of a file in one call, from the first file on in machine code.
 */
const token = new RegExp(
  [
    /[A-Za-z_$][\w$]*/, // a word
    /[(){},.:;[\]]/, // a mark
    /"(?:[^"\\\n\r]|\\[^])*"|'(?:[^'\\\n\r]|\\[^])*'/, // a string
    /\d[\w.$]*/, // a number, if it is one
    /`(?:[^`\\]|\\[^])*`/, // a template, as long as there is none inside
    /\/\/[^\n\r]*|\/\*[^]*?\*\//, // a comment
    /[=!<>?&|*%^~+-]+/, // an operator
    /\S/, // anything else, which no plain file has
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** What escapes stand for; any other is left to the engine. */
const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "`": "`",
  $: "$",
};

const doubleQuote = 34;
const dollar = 36;
const singleQuote = 39;
const slash = 47;
const asterisk = 42;
const digitZero = 48;
const digitNine = 57;
const letterA = 65;
const letterZ = 90;
const underscore = 95;
const smallA = 97;
const smallZ = 122;

/** Whether an identifier may begin with the character of this code. */
export function beginsWord(code: number): boolean {
  return (
    (code >= smallA && code <= smallZ) || (code >= letterA && code <= letterZ) || code === underscore || code === dollar
  );
}

export function isQuote(code: number): boolean {
  return code === doubleQuote || code === singleQuote;
}

export function isDigit(code: number): boolean {
  return code >= digitZero && code <= digitNine;
}

/** The offset of a token in a text, by its place among all tokens. */
export function tokenOffset(text: string, index: number): number {
  let place = 0;
  for (const match of text.matchAll(token)) if (place++ === index) return match.index;
  return text.length;
}

/** A place in the text of a file, which moves on over one token after the other. */
export class Cursor {
  readonly #tokens: readonly string[];
  #offsets: readonly number[] | undefined;
  /** The place of the token here among all tokens, comments counted. */
  index = -1;
  /** The token here; an empty text at the end. */
  token = "";

  constructor(readonly text: string) {
    this.#tokens = text.match(token) ?? [];
    this.pass();
  }

  get isAtEnd(): boolean {
    return this.index >= this.#tokens.length;
  }

  /** The code of the first character of the token here; NaN at the end. */
  get code(): number {
    return this.token.charCodeAt(0);
  }

  /**
   * Whether a line ended between the last token and this one: there a statement may end without a semicolon. It is
   * seldom asked, and worked out then.
   */
  get isOnNewLine(): boolean {
    let before = this.index - 1;
    while (before >= 0 && isComment(this.#tokens[before] as string)) before -= 1;
    if (before < 0) return false;
    this.#offsets ??= [...this.text.matchAll(token)].map(({ index }) => index);
    const start = (this.#offsets[before] as number) + (this.#tokens[before] as string).length;
    return this.text.slice(start, this.#offsets[this.index]).includes("\n");
  }

  /** Moves to the next token that is no comment. */
  pass(): void {
    const tokens = this.#tokens;
    let next = tokens[++this.index] ?? "";
    while (next.charCodeAt(0) === slash) {
      if (!isComment(next)) throw notPlain;
      next = tokens[++this.index] ?? "";
    }
    this.token = next;
  }

  /** Goes back to the token at a place. */
  goBack(index: number): void {
    this.index = index;
    this.token = this.#tokens[index] ?? "";
  }

  /** Passes a token, if it is the one here. */
  take(wanted: string): boolean {
    if (this.token !== wanted) return false;
    this.pass();
    return true;
  }

  expect(wanted: string): void {
    if (this.token !== wanted) throw notPlain;
    this.pass();
  }

  /** The identifier or keyword here. */
  word(): string {
    const { token } = this;
    if (!beginsWord(token.charCodeAt(0))) throw notPlain;
    this.pass();
    return token;
  }

  /** The value of the string in quotes here. */
  string(): string {
    const { token } = this;
    if (token.length < 2) throw notPlain; // a quote that is never closed
    this.pass();
    const text = token.slice(1, -1);
    return text.includes("\\") ? unescaped(text) : text;
  }

  /** The value of the number here: decimal digits, perhaps with a fraction. */
  number(): number {
    const { token } = this;
    if (!/^(?:0|[1-9]\d*)(?:\.\d+)?$/.test(token)) throw notPlain;
    this.pass();
    return Number(token);
  }

  /** The text of the template here, without its quotes, and with every line end a line feed. */
  template(): string {
    const { token } = this;
    if (token.length < 2) throw notPlain;
    this.pass();
    // https://tc39.es/ecma262/#sec-static-semantics-templatestrings
    return token.slice(1, -1).replaceAll("\r\n", "\n");
  }
}

function isComment(token: string): boolean {
  if (token.charCodeAt(0) !== slash) return false;
  const second = token.charCodeAt(1);
  return second === slash || second === asterisk;
}

/** What a text with escapes means. */
export function unescaped(text: string): string {
  return text.replace(/\\([^])/g, (_all, character: string) => {
    const meant = escapes[character];
    if (meant === undefined) throw notPlain;
    return meant;
  });
}
