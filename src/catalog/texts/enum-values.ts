import type { SqlText } from "../../schema/expressions.js";
import { replaced, type Replacement } from "../body-references.js";
import { tokensOf, type Token } from "../body-tokens.js";
import { mentions, outsideBodies, type Subject } from "./mentions.js";

/** What of a text is of an enum type: columns and variables by their names in small letters. */
export interface OfEnum {
  readonly type: Subject;
  readonly names: ReadonlySet<string>;
}

/** A value of an enum type that gets another name. */
export interface RenamedValue {
  readonly from: string;
  readonly to: string;
}

/** A text after a value got another name; undefined where it has the value in a place whose type cannot be told. */
export type TextAfterRename = SqlText | undefined;

/** The literal of an array with a value under another name: `{sad,ok}`. */
export function inArrayLiteral(text: string, { from, to }: RenamedValue): string {
  const quoted = (value: string): string =>
    /^[\w-]+$/.test(value) && value.toLowerCase() !== "null" ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
  return text.replace(/"(?:[^"\\]|\\[\s\S])*"|[^{},\s][^{},]*/g, (item) => {
    const value = item.startsWith('"') ? item.slice(1, -1).replace(/\\([\s\S])/g, "$1") : item.trim();
    return value === from ? quoted(to) : item;
  });
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

const comparisons = new Set(["=", "<", ">", "!"]);
const sameTypeCalls = new Set(["COALESCE", "NULLIF", "GREATEST", "LEAST"]);

/** Reads of which type each literal of a text is. */
class LiteralReading {
  readonly tokens: readonly Token[];

  constructor(
    readonly text: SqlText,
    readonly of: OfEnum,
  ) {
    this.tokens = outsideBodies(tokensOf(text));
  }

  /** The string that a token stands for; undefined for anything else. */
  stringAt(at: number): string | undefined {
    const token = this.tokens[at];
    if (token?.kind !== "value") return undefined;
    const part = this.text.parts[token.part];
    if (typeof part === "object" && part.part === "literal")
      return typeof part.value === "string" ? part.value : undefined;
    const inner = /^'((?:[^']|'')*)'$/.exec(token.text)?.[1];
    return inner?.replaceAll("''", "'");
  }

  #sign(at: number): string | undefined {
    const token = this.tokens[at];
    return token?.kind === "sign" ? token.text : undefined;
  }

  #word(at: number): string | undefined {
    const token = this.tokens[at];
    return token?.kind === "word" ? token.text.toUpperCase() : undefined;
  }

  /** Whether what stands there is of the type; undefined where it is no name. */
  #isOfType(at: number): boolean | undefined {
    const token = this.tokens[at];
    if (token?.kind !== "word" && token?.kind !== "quoted") return undefined;
    return this.of.names.has(token.text.toLowerCase());
  }

  /** The type that is said at a literal, as text; undefined where none is. */
  #saidAt(at: number): string | undefined {
    const sign = this.#sign(at + 1);
    const isCast = this.#word(at + 1) === "AS" && this.#word(at - 2) === "CAST";
    if (sign === "::" || isCast) {
      const names: string[] = [];
      for (let next = at + 2; names.length < 5; next += 1) {
        const token = this.tokens[next];
        const isPart = token?.kind === "word" || token?.kind === "quoted" || /^[.[\]]$/.test(token?.text ?? "");
        if (token === undefined || !isPart) break;
        names.push(token.kind === "quoted" ? `"${token.text}"` : token.text);
        const isEnd = this.#sign(next + 1) !== "." && this.#sign(next + 1) !== "[" && this.#sign(next) !== ".";
        if (isEnd && this.#sign(next) !== "[") break;
      }
      return names.join("");
    }
    const before = this.tokens[at - 1];
    if (before?.kind !== "quoted" && before?.kind !== "word") return undefined;
    const qualifier = this.#sign(at - 2) === "." ? `${this.tokens[at - 3]?.text ?? ""}.` : "";
    const typed = `${qualifier}${before.text}`;
    return this.#isEnum(typed) ? typed : undefined;
  }

  #isEnum(type: string): boolean {
    const name = type.replaceAll("[]", "");
    return mentions({ kind: "sql", parts: [name] }, this.of.type, "result");
  }

  /** Whether the literal there is of the type; undefined where that cannot be told. */
  isOfType(at: number): boolean | "array" | undefined {
    const said = this.#saidAt(at);
    if (said !== undefined) {
      if (!this.#isEnum(said)) return false;
      return said.endsWith("]") ? "array" : true;
    }
    return this.#compared(at) ?? this.#inList(at) ?? this.#inCase(at);
  }

  /** By the other side of a comparison. */
  #compared(at: number): boolean | undefined {
    const [before, behind] = [this.#sign(at - 1), this.#sign(at + 1)];
    if (before !== undefined && comparisons.has(before)) {
      let operand = at - 1;
      while (comparisons.has(this.#sign(operand) ?? "")) operand -= 1;
      return this.#isOfType(operand);
    }
    if (behind === undefined || !comparisons.has(behind)) return undefined;
    let operand = at + 1;
    while (comparisons.has(this.#sign(operand) ?? "")) operand += 1;
    if (["ANY", "ALL", "SOME"].includes(this.#word(operand) ?? "")) operand += 2;
    while (this.#sign(operand + 1) === ".") operand += 2;
    return this.#isOfType(operand);
  }

  /** By what stands before `IN (…)`, `= ANY (ARRAY[…])`, or beside it in a call whose arguments are of one type. */
  #inList(at: number): boolean | undefined {
    let open = at - 1;
    for (let depth = 0; open >= 0; open -= 1) {
      const sign = this.#sign(open);
      if (sign === ")" || sign === "]") depth += 1;
      if (sign !== "(" && sign !== "[") continue;
      if (depth === 0) break;
      depth -= 1;
    }
    if (open < 0) return undefined;
    if (this.#sign(open) === "[" && this.#word(open - 1) === "ARRAY") {
      const castType = this.#castBehind(open);
      if (castType !== undefined) return castType;
      if (this.#sign(open - 2) === "(" && ["ANY", "ALL", "SOME"].includes(this.#word(open - 3) ?? "")) {
        let operand = open - 4;
        while (comparisons.has(this.#sign(operand) ?? "")) operand -= 1;
        return this.#isOfType(operand);
      }
      return undefined;
    }
    const word = this.#word(open - 1);
    if (word === "IN") return this.#isOfType(open - (this.#word(open - 2) === "NOT" ? 3 : 2));
    if (!sameTypeCalls.has(word ?? "")) return undefined;
    const close = this.#closing(open);
    const isOne = this.tokens.slice(open, close).some((_token, place) => this.#isOfType(open + place) === true);
    return isOne ? true : undefined;
  }

  #closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.tokens.length; at += 1) {
      const sign = this.#sign(at);
      if (sign === "(" || sign === "[") depth += 1;
      if (sign === ")" || sign === "]") depth -= 1;
      if (depth === 0) return at;
    }
    return this.tokens.length;
  }

  #castBehind(open: number): boolean | undefined {
    const close = this.#closing(open);
    const said = this.#sign(close + 1) === "::" ? this.tokens[close + 2] : undefined;
    return said === undefined ? undefined : this.#isEnum(said.text);
  }

  /** By what stands behind CASE; what a CASE gives is text unless said otherwise. */
  #inCase(at: number): boolean | undefined {
    const before = this.#word(at - 1);
    if (before === "THEN" || before === "ELSE") return false;
    if (before !== "WHEN") return undefined;
    let depth = 0;
    for (let start = at - 2; start >= 0; start -= 1) {
      const word = this.#word(start);
      if (word === "END") depth += 1;
      if (word !== "CASE") continue;
      if (depth > 0) {
        depth -= 1;
        continue;
      }
      let operand = start + 1;
      while (this.#sign(operand + 1) === ".") operand += 2;
      return this.#isOfType(operand);
    }
    return undefined;
  }
}

/** A text in which a value of an enum type has another name; undefined where its type cannot be told. */
export function withEnumValue(text: SqlText, of: OfEnum, value: RenamedValue): TextAfterRename {
  const reading = new LiteralReading(text, of);
  const replacements: Replacement[] = [];
  for (const [at, token] of reading.tokens.entries()) {
    const string = reading.stringAt(at);
    if (string === undefined || !string.includes(value.from)) continue;
    const isSame = string === value.from;
    const isOfType = reading.isOfType(at);
    if (isOfType === true && isSame) replacements.push({ place: token, text: literal(value.to) });
    if (isOfType === "array") replacements.push({ place: token, text: literal(inArrayLiteral(string, value)) });
    // a literal that is all of a text, or an argument, may be of any type
    if (isOfType === undefined && isSame && (of.names.size > 0 || mentions(text, of.type))) return undefined;
  }
  return replacements.length === 0 ? text : replaced(text, replacements);
}
