/** What a piece of SQL is: a word, a name in quotes, a string, a number, or anything else. */
export type TokenKind = "word" | "name" | "string" | "number" | "symbol" | "unfinished";

/** One piece of SQL text, by its place in the text. */
export interface Token {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** A word in capitals; what a quoted name or string holds; else the same as the text. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** How a dialect writes strings, names and comments. */
export interface LexicalRules {
  /** A backslash in a string escapes the next character. */
  readonly backslashEscapes?: boolean;
  /** `"text"` is a string and no name. */
  readonly doubleQuotedStrings?: boolean;
  readonly backticks?: boolean;
  readonly brackets?: boolean;
  readonly dollarQuotes?: boolean;
  /** `q'[text]'` is a string that ends with the bracket that it began with, or the same character. */
  readonly delimitedStrings?: boolean;
  /** `#` begins a comment, and `--` does so only before a space. */
  readonly hashComments?: boolean;
  /** `/* /* *\/ *\/` is one comment. */
  readonly nestedComments?: boolean;
  /**
   * Whether what stands in a comment that begins with `/*!` or `/*M!`, perhaps with a version, is SQL.
   * https://dev.mysql.com/doc/refman/8.4/en/comments.html https://mariadb.com/kb/en/comment-syntax/
   */
  readonly executes?: (opening: string, version: number) => boolean;
  /** A comment ends what stands in such a comment, as the client reads it. */
  readonly commentsEndExecuted?: boolean;
}

const patterns = {
  space: /\s+/y,
  plain: /[^'"`[;/#-]+/y,
  lineComment: /--[^\n]*/y,
  spacedLineComment: /(?:--(?=\s|$)|#)[^\n]*/y,
  executableComment: /\/\*M?!(\d{5,6})?/y,
  string: /'[^']*(?:''[^']*)*'/y,
  escapedString: /'[^'\\]*(?:(?:''|\\[^])[^'\\]*)*'/y,
  doubleQuoted: /"[^"]*(?:""[^"]*)*"/y,
  escapedDoubleQuoted: /"[^"\\]*(?:(?:""|\\[^])[^"\\]*)*"/y,
  backticked: /`[^`]*(?:``[^`]*)*`/y,
  bracketed: /\[[^\]]*(?:\]\][^\]]*)*\]/y,
  dollarQuote: /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy,
  number: /0x[\da-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy,
  word: /[\p{L}_@#][\p{L}\p{N}_@#$]*/uy,
};

const backslashMeanings: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", 0: "\0", b: "\b", Z: "\x1a" };

const closingDelimiters: Readonly<Record<string, string>> = { "[": "]", "{": "}", "<": ">", "(": ")" };

/** A comment that its line ends, or one with an end of its own. */
type CommentKind = "line" | "block";

/** Cuts SQL text into tokens, comments and spaces left out. */
export class Lexer {
  #position = 0;
  /** Where the marks are at the ends of comments that are SQL. */
  readonly marks = new Set<number>();
  /** How many executable comments are open; below zero where one ends that none began. */
  #openMarks = 0;
  #hasInnerComment = false;
  #endsInComment: CommentKind | undefined;

  constructor(
    readonly text: string,
    readonly rules: LexicalRules,
  ) {}

  /** Where the next token is looked for. */
  get position(): number {
    return this.#position;
  }

  set position(position: number) {
    this.#position = position;
  }

  /** The comment that the text ends in, of what was read. */
  get openComment(): CommentKind | undefined {
    return this.#openMarks > 0 ? "block" : this.#endsInComment;
  }

  /** Whether a comment stands in a comment that is SQL. */
  get hasInnerComment(): boolean {
    return this.#hasInnerComment;
  }

  /** Whether the end of a comment was read that no comment began. */
  get hasStrayEnd(): boolean {
    return this.#openMarks < 0;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    return pattern.exec(this.text)?.[0];
  }

  /** Passes over spaces and comments. */
  skip(): void {
    for (;;) {
      const passed = this.#match(patterns.space) ?? this.#comment();
      if (passed === undefined) return;
      this.#position += passed.length;
    }
  }

  #comment(): string | undefined {
    const { hashComments, executes } = this.rules;
    const line = this.#match(hashComments === true ? patterns.spacedLineComment : patterns.lineComment);
    if (line !== undefined) {
      if (this.#position + line.length === this.text.length) this.#endsInComment = "line";
      return line;
    }
    if (executes !== undefined) {
      if (this.text.startsWith("*/", this.#position)) {
        this.#openMarks -= 1;
        this.marks.add(this.#position);
        return "*/";
      }
      const opening = this.#match(patterns.executableComment);
      if (opening !== undefined && executes(opening, Number(opening.replace(/\D+/g, "")))) {
        this.#openMarks += 1;
        this.marks.add(this.#position);
        return opening;
      }
    }
    if (!this.text.startsWith("/*", this.#position)) return undefined;
    this.#hasInnerComment ||= this.#openMarks > 0;
    return this.#blockComment();
  }

  #blockComment(): string {
    const mark = /\/\*|\*\//g;
    mark.lastIndex = this.#position + 2;
    let depth = 1;
    for (let found = mark.exec(this.text); found !== null; found = mark.exec(this.text)) {
      if (found[0] === "*/") depth -= 1;
      else if (this.rules.nestedComments === true) depth += 1;
      if (depth === 0) return this.text.slice(this.#position, mark.lastIndex);
    }
    this.#endsInComment = "block";
    return this.text.slice(this.#position);
  }

  /** Passes over text in which nothing begins that may hide a semicolon; false when there is none here. */
  passPlain(): boolean {
    const passed = this.#match(patterns.plain);
    this.#position += passed?.length ?? 0;
    return passed !== undefined;
  }

  /** The next token, or undefined at the end. */
  next(): Token | undefined {
    this.skip();
    if (this.#position >= this.text.length) return undefined;
    const token = this.#token();
    this.#position = token.end;
    return token;
  }

  #make(kind: TokenKind, text: string, value: string): Token {
    return { kind, text, value, start: this.#position, end: this.#position + text.length };
  }

  #token(): Token {
    const character = this.text[this.#position] ?? "";
    const { rules } = this;
    if (character === "'") return this.#string("'", rules.backslashEscapes === true);
    if (character === '"' && rules.doubleQuotedStrings === true) return this.#string('"', true);
    if (character === '"') return this.#quotedName(patterns.doubleQuoted, '"');
    if (character === "`" && rules.backticks === true) return this.#quotedName(patterns.backticked, "`");
    if (character === "[" && rules.brackets === true) return this.#quotedName(patterns.bracketed, "]");
    if (character === "$" && rules.dollarQuotes === true) {
      const mark = this.#match(patterns.dollarQuote);
      if (mark !== undefined) return this.#dollarQuoted(mark);
    }
    const number = this.#match(patterns.number);
    if (number !== undefined) return this.#make("number", number, number);
    const word = this.#match(patterns.word);
    if (word === undefined) return this.#make("symbol", character, character);
    if (rules.dollarQuotes === true && /^e$/i.test(word) && this.text[this.#position + 1] === "'") {
      return this.#prefixedString(word);
    }
    if (rules.delimitedStrings === true && /^n?q$/i.test(word) && this.text[this.#position + word.length] === "'") {
      return this.#delimitedString(word.length + 1);
    }
    return this.#make("word", word, word.toUpperCase());
  }

  /** `q'[…]'`: Oracle's strings without doubled quotes. */
  #delimitedString(prefix: number): Token {
    const start = this.#position + prefix;
    const opening = this.text[start] ?? "";
    const end = this.text.indexOf(`${closingDelimiters[opening] ?? opening}'`, start + 1);
    if (end === -1) return this.#rest();
    return this.#make("string", this.text.slice(this.#position, end + 2), this.text.slice(start + 1, end));
  }

  /** `E'…'`: PostgreSQL's strings with escapes. */
  #prefixedString(prefix: string): Token {
    const start = this.#position;
    this.#position += prefix.length;
    const token = this.#string("'", true);
    this.#position = start;
    return { ...token, text: prefix + token.text, start };
  }

  #string(quote: "'" | '"', escapes: boolean): Token {
    const [plain, escaped] =
      quote === "'" ? [patterns.string, patterns.escapedString] : [patterns.doubleQuoted, patterns.escapedDoubleQuoted];
    const text = this.#match(escapes ? escaped : plain);
    if (text === undefined) return this.#rest();
    const content = text.slice(1, -1).replaceAll(quote + quote, quote);
    const value = escapes
      ? content.replace(/\\([^])/g, (_all, letter: string) => backslashMeanings[letter] ?? letter)
      : content;
    return this.#make("string", text, value);
  }

  #quotedName(pattern: RegExp, close: string): Token {
    const text = this.#match(pattern);
    if (text === undefined) return this.#rest();
    return this.#make("name", text, text.slice(1, -1).replaceAll(close + close, close));
  }

  #dollarQuoted(mark: string): Token {
    const end = this.text.indexOf(mark, this.#position + mark.length);
    if (end === -1) return this.#rest();
    const text = this.text.slice(this.#position, end + mark.length);
    return this.#make("string", text, text.slice(mark.length, -mark.length));
  }

  /** A quote without its end. */
  #rest(): Token {
    const text = this.text.slice(this.#position);
    return this.#make("unfinished", text, text);
  }
}

/** All tokens of a text. */
export function tokensOf(text: string, rules: LexicalRules): readonly Token[] {
  const lexer = new Lexer(text, rules);
  const tokens: Token[] = [];
  for (let token = lexer.next(); token !== undefined; token = lexer.next()) tokens.push(token);
  return tokens;
}
