import type { SqlText } from "../../schema/expressions.js";
import { nameText, type Name } from "../../schema/names.js";
import { defaultSchemas, replaced, type Replacement } from "../body-references.js";
import { tokensOf, type Token } from "../body-tokens.js";

/** How a text is read: an expression or query, the parameters of a routine, what it returns, or the statement that makes it. */
export type TextKind = "expression" | "parameters" | "result" | "routine";

/** What a text may mention by a name of its own, besides tables and columns. */
export interface Subject {
  readonly kind: "routine" | "type" | "relation";
  readonly schema: Name | undefined;
  /** Undefined: whatever is in the schema. */
  readonly name: Name | undefined;
}

/** A name with its schema, as far as it is said, where it stands in a text. */
interface Mention {
  readonly names: readonly Token[];
  /** It stands inside a string, as in `nextval('counter')`. */
  readonly isInString: boolean;
}

function same(text: string, name: Name): boolean {
  return text.toLowerCase() === nameText(name).toLowerCase();
}

function isName(token: Token | undefined): token is Token {
  return token?.kind === "word" || token?.kind === "quoted";
}

function signAt(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at];
  return token?.kind === "sign" ? token.text : undefined;
}

function wordAt(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at];
  return token?.kind === "word" ? token.text.toUpperCase() : undefined;
}

/** The tokens that the server reads when it makes the object: not those of a body in dollar quotes, which is a string. */
export function outsideBodies(tokens: readonly Token[]): readonly Token[] {
  const result: Token[] = [];
  let quote: string | undefined;
  for (const token of tokens) {
    const isQuote = token.kind === "value" && /^\$[\p{L}_]*\$$/u.test(token.text);
    if (quote === undefined && isQuote) quote = token.text;
    else if (quote === undefined) result.push(token);
    else if (isQuote && token.text === quote) quote = undefined;
  }
  return result;
}

/** What stands before a name in the declaration of a parameter. */
const beforeParameters = new Set(["IN", "OUT", "INOUT", "VARIADIC"]);
const notTypes = new Set(["DEFAULT", "AS", "LANGUAGE"]);

/** Reads where a text mentions things of one kind, without knowing its grammar. */
class MentionReading {
  readonly mentions: Mention[] = [];
  /** What each open parenthesis belongs to. */
  readonly #open: ("cast" | "parameters" | "other")[] = [];
  #at = 0;

  constructor(
    readonly tokens: readonly Token[],
    readonly subject: Subject["kind"],
    readonly kind: TextKind,
  ) {
    if (kind === "parameters") this.#open.push("parameters");
    while (this.#at < tokens.length) this.#step();
  }

  #step(): void {
    const token = this.tokens[this.#at];
    if (isName(token)) return this.#name();
    const sign = signAt(this.tokens, this.#at);
    if (sign === "(") this.#open.push(this.#opened());
    if (sign === ")") this.#open.pop();
    if (token !== undefined && sign === undefined && this.subject === "relation") this.#string(token);
    this.#at += 1;
  }

  #opened(): "cast" | "parameters" | "other" {
    const before = wordAt(this.tokens, this.#at - 1);
    if (before === "CAST") return "cast";
    if (before === "TABLE" && (this.kind === "result" || this.kind === "routine")) return "parameters";
    const isOwn = this.kind === "routine" && this.#open.length === 0 && !this.#hasParameters;
    if (isOwn) this.#hasParameters = true;
    return isOwn ? "parameters" : "other";
  }

  /** The parameters of a routine stand in the first parentheses of its statement. */
  #hasParameters = false;

  /** `nextval('counter')` and `'counter'::regclass` mean what has that name. */
  #string(token: Token): void {
    const isCounted = /^(?:nextval|currval|setval)$/i.test(this.tokens[this.#at - 2]?.text ?? "");
    const isClass = signAt(this.tokens, this.#at + 1) === "::" && wordAt(this.tokens, this.#at + 2) === "REGCLASS";
    const inner = /^'((?:[^']|'')*)'$/.exec(token.text)?.[1];
    if (inner === undefined || !((isCounted && signAt(this.tokens, this.#at - 1) === "(") || isClass)) return;
    const names = tokensOf({ kind: "sql", parts: [inner] }).filter(isName);
    const shift = (name: Token): Token => ({ ...token, kind: name.kind, text: name.text });
    this.mentions.push({ names: names.map(shift), isInString: true });
  }

  #name(): void {
    const start = this.#at;
    const names: Token[] = [];
    for (;;) {
      const token = this.tokens[this.#at];
      if (!isName(token)) break;
      names.push(token);
      this.#at += 1;
      if (signAt(this.tokens, this.#at) !== ".") break;
      this.#at += 1;
    }
    if (this.#isMeant(start)) this.mentions.push({ names, isInString: false });
  }

  #isMeant(start: number): boolean {
    if (this.subject !== "routine") return this.#isType(start);
    // the statement of a routine begins with its own name
    const isOwn = this.kind === "routine" && !this.#hasParameters;
    return !isOwn && signAt(this.tokens, this.#at) === "(" && this.#open.at(-1) !== "parameters";
  }

  #isType(start: number): boolean {
    const before = wordAt(this.tokens, start - 1);
    const sign = signAt(this.tokens, start - 1);
    if (sign === "::") return true;
    const place = this.#open.at(-1);
    if (before === "AS" && place === "cast") return true;
    if (place === "parameters") return this.#isTypeOfParameter(before, sign, start);
    if (this.kind === "result" && this.#open.length === 0) return true;
    if (this.kind === "routine" && (before === "RETURNS" || before === "SETOF")) return true;
    // a literal with its type before it: date '2000-01-01'
    const next = this.tokens[this.#at];
    return next?.kind === "value" && next.text.startsWith("'") && sign !== ".";
  }

  /** A name behind the name of a parameter, or alone. */
  #isTypeOfParameter(before: string | undefined, sign: string | undefined, start: number): boolean {
    const isFirst = start === 0 || sign === "(" || sign === "," || beforeParameters.has(before ?? "");
    const next = this.tokens[this.#at];
    const isFollowed = isName(next) && !notTypes.has(next.text.toUpperCase());
    return !(isFirst && isFollowed);
  }
}

function isSubject({ names }: Mention, { schema, name }: Subject): boolean {
  const [last, written] = names.toReversed();
  if (last === undefined || (name !== undefined && !same(last.text, name))) return false;
  if (written === undefined) return schema === undefined;
  return schema === undefined ? defaultSchemas.has(written.text.toLowerCase()) : same(written.text, schema);
}

const known = new WeakMap<SqlText, Map<string, readonly Mention[]>>();

function mentionsIn(text: SqlText, subject: Subject["kind"], kind: TextKind): readonly Mention[] {
  const read = known.get(text) ?? new Map<string, readonly Mention[]>();
  known.set(text, read);
  const key = `${subject} ${kind}`;
  const found = read.get(key) ?? new MentionReading(outsideBodies(tokensOf(text)), subject, kind).mentions;
  read.set(key, found);
  return found;
}

/** Whether a text has a name in it at all: most have not, and need no closer look. */
function hasName(text: SqlText, name: Name): boolean {
  const wanted = nameText(name).toLowerCase();
  return text.parts.some((part) => {
    if (typeof part === "string") return part.toLowerCase().includes(wanted);
    return part.part === "identifier" && part.names.some((other) => nameText(other).toLowerCase() === wanted);
  });
}

function found(text: SqlText, subject: Subject, kind: TextKind): readonly Mention[] {
  const name = subject.name ?? subject.schema;
  if (name === undefined || !hasName(text, name)) return [];
  return mentionsIn(text, subject.kind, kind).filter((mention) => isSubject(mention, subject));
}

/** Whether a text mentions a routine or type, or a table, view or sequence as a type or by a string. */
export function mentions(text: SqlText, subject: Subject, kind: TextKind = "expression"): boolean {
  return found(text, subject, kind).length > 0;
}

function quoted(name: Name): string {
  const text = nameText(name);
  return /^[a-z_][a-z0-9_$]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

/** What stands for a mention under another name, or in another schema where no name is said. */
function replacement({ names, isInString }: Mention, to: Pick<Subject, "schema" | "name">): Replacement | undefined {
  const [first, last] = [names[0], names.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { schema, name = last.text } = to;
  if (isInString) {
    const text = [...(schema === undefined ? [] : [schema]), name].map(quoted).join(".");
    return { place: last, text: `'${text.replaceAll("'", "''")}'` };
  }
  const qualifier = schema === undefined ? (names.length > 1 ? ["public"] : []) : [nameText(schema)];
  return { place: { ...last, start: first.start }, to: [...qualifier, nameText(name)] };
}

/** The text in which a subject has another name; the same text where it is not mentioned. */
export function withMention(
  text: SqlText,
  subject: Subject,
  to: Pick<Subject, "schema" | "name">,
  kind: TextKind = "expression",
): SqlText {
  const replacements = found(text, subject, kind).flatMap((mention) => replacement(mention, to) ?? []);
  return replacements.length === 0 ? text : replaced(text, replacements);
}
