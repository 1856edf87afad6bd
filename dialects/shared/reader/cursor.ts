import type { SqlText } from "../../../src/schema/expressions.js";
import { sql } from "../../../src/schema/expressions.js";
import { textOf, type SqlStatement } from "./statements.js";
import type { Token } from "../sql-text/tokens.js";

/** A statement, or a part of one, says something that the reader does not know. */
export class NotUnderstood extends Error {
  constructor(
    message: string,
    /** Catalog keys of objects that it changes, besides those that its words name. */
    readonly keys: readonly string[] = [],
  ) {
    super(message);
  }
}

/** Two-part names: a schema where one is written that is not the default. */
export interface QualifiedName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** How names are read. */
export interface NameRules {
  /** The schema that an unqualified name stands for. */
  readonly defaultSchema?: string;
  /** A name without quotes is meant in small letters. */
  readonly foldCase?: boolean;
  /** What a name in quotes means, where this is not the text alone. */
  readonly quoted?: (text: string) => string;
}

/** Reads the tokens of a statement one after the other. */
export class Cursor {
  #place = 0;

  constructor(
    readonly statement: SqlStatement,
    readonly rules: NameRules = {},
    readonly tokens: readonly Token[] = statement.tokens,
  ) {}

  /** A cursor at the same place, which may go further by itself. */
  copy(): Cursor {
    return new Cursor(this.statement, this.rules, this.tokens.slice(this.#place));
  }

  /** The token here, or further on. */
  peek(ahead = 0): Token | undefined {
    return this.tokens[this.#place + ahead];
  }

  /** The word here in capitals; undefined for anything else, quoted names included. */
  word(ahead = 0): string | undefined {
    const token = this.peek(ahead);
    return token?.kind === "word" ? token.value : undefined;
  }

  get isAtEnd(): boolean {
    return this.#place >= this.tokens.length;
  }

  next(): Token {
    const token = this.peek();
    if (token === undefined || token.kind === "unfinished") throw new NotUnderstood("the statement ends too early");
    this.#place += 1;
    return token;
  }

  /** Whether these words or symbols stand here. */
  isAt(...values: readonly string[]): boolean {
    return values.every((value, ahead) => {
      const token = this.peek(ahead);
      return token?.value === value && (token.kind === "word" || token.kind === "symbol");
    });
  }

  /** Passes over these words or symbols if they stand here. */
  accept(...values: readonly string[]): boolean {
    if (!this.isAt(...values)) return false;
    this.#place += values.length;
    return true;
  }

  /** Passes over one of these words, and says which. */
  acceptOneOf(...words: readonly string[]): string | undefined {
    return words.find((word) => this.accept(word));
  }

  expect(...values: readonly string[]): void {
    if (!this.accept(...values)) throw new NotUnderstood(`expected ${values.join(" ")}`);
  }

  expectEnd(): void {
    if (!this.isAtEnd) throw new NotUnderstood(`unexpected ${this.peek()?.text}`);
  }

  ifExists(): boolean {
    return this.accept("IF", "EXISTS");
  }

  ifNotExists(): boolean {
    return this.accept("IF", "NOT", "EXISTS");
  }

  /** A name, in quotes or not. */
  name(): string {
    const token = this.next();
    if (token.kind === "name" && this.rules.quoted !== undefined) return this.rules.quoted(token.value);
    if (token.kind === "name" || token.kind === "string") return token.value;
    if (token.kind === "word") return this.rules.foldCase === true ? token.text.toLowerCase() : token.text;
    throw new NotUnderstood(`${token.text} is no name`);
  }

  /** A name with its schema; of more parts, the last two count. */
  qualifiedName(): QualifiedName {
    const parts = [this.name()];
    while (this.accept(".")) parts.push(this.name());
    const [name = "", schema] = parts.reverse();
    return { name, schema: schema === this.rules.defaultSchema ? undefined : schema };
  }

  /** What stands in the parentheses here, to be read on its own. */
  parenthesized(): Cursor {
    this.expect("(");
    const first = this.#place;
    for (let depth = 1; ;) {
      const token = this.next();
      if (token.kind !== "symbol") continue;
      if (token.text === "(") depth += 1;
      else if (token.text === ")") depth -= 1;
      if (depth === 0) break;
    }
    return new Cursor(this.statement, this.rules, this.tokens.slice(first, this.#place - 1));
  }

  /** The rest, cut at the commas outside parentheses. */
  commaSeparated(): readonly Cursor[] {
    const parts: Token[][] = [[]];
    for (let depth = 0; !this.isAtEnd;) {
      const token = this.next();
      if (token.kind === "symbol" && token.text === "(") depth += 1;
      if (token.kind === "symbol" && token.text === ")") depth -= 1;
      if (depth === 0 && token.kind === "symbol" && token.text === ",") parts.push([]);
      else parts.at(-1)?.push(token);
    }
    return parts.map((tokens) => new Cursor(this.statement, this.rules, tokens));
  }

  /** The names in the parentheses here. */
  names(): readonly string[] {
    return this.parenthesized()
      .commaSeparated()
      .map((part) => {
        const name = part.name();
        part.expectEnd();
        return name;
      });
  }

  /** The text from the token of a number to the token before the present one, as it was written. */
  textFrom(place: number): string {
    return textOf(this.statement, this.tokens.slice(place, this.#place));
  }

  /** The text up to a comma or a closing parenthesis, or to where `stop` says. */
  textUntil(stop: (token: Token) => boolean = () => false): string {
    const start = this.#place;
    for (let depth = 0; !this.isAtEnd; this.#place += 1) {
      const token = this.tokens[this.#place] as Token;
      const symbol = token.kind === "symbol" ? token.text : "";
      if (depth === 0 && (symbol === "," || symbol === ")" || stop(token))) break;
      if (symbol === "(" || symbol === "[") depth += 1;
      if (symbol === ")" || symbol === "]") depth -= 1;
    }
    return this.textFrom(start);
  }

  /** The number of the present token. */
  get place(): number {
    return this.#place;
  }

  /** All that is left, as it was written. */
  rest(): string {
    const place = this.#place;
    this.#place = this.tokens.length;
    return this.textFrom(place);
  }
}

/** Takes parentheses around a whole expression off: they are written anew with it. */
export function withoutOuterParentheses(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith("(") || !trimmed.endsWith(")")) return trimmed;
  let depth = 0;
  let quote = "";
  for (let position = 0; position < trimmed.length; position += 1) {
    const character = trimmed[position];
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === "'" || character === '"' || character === "`") quote = character;
    else if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    if (depth === 0 && position < trimmed.length - 1) return trimmed;
  }
  return withoutOuterParentheses(trimmed.slice(1, -1));
}

/** SQL text of an expression, without parentheses around the whole. */
export function expressionText(text: string): SqlText {
  return sql.raw(withoutOuterParentheses(text));
}
