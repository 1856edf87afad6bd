import { isKeyword } from "./query-words.js";
import type { SqlText } from "../../schema/expressions.js";
import { replaced, type Replacement } from "../body-references.js";
import { tokensOf, type Token } from "../body-tokens.js";
import {
  beside,
  called,
  columnsUnder,
  fromSource,
  joined,
  known,
  type FromResult,
  type GivenColumn,
  type Join,
  type Results,
  type Source,
} from "./from-sources.js";
import { outsideBodies } from "./mentions.js";

/** The columns of a table or view, by its names as they are written; undefined when they are not known. */
export type ColumnsOf = (names: readonly string[]) => readonly string[] | undefined;

/** What a query sees of others by their names: those of WITH. */
type Queries = ReadonlyMap<string, readonly string[] | undefined>;

const endsOfFrom = new Set([
  ...["WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"],
  ...["UNION", "INTERSECT", "EXCEPT"],
]);
const setWords = ["UNION", "INTERSECT", "EXCEPT"];
const joinWords = ["JOIN", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "NATURAL"];

/**
 * Reads what a query gives, column by column, and puts the columns in the place of each star, as servers do that keep a
 * view by what it was made of.
 */
class QueryReading {
  readonly tokens: readonly Token[];
  readonly replacements: Replacement[] = [];
  readonly results: Results;
  #at = 0;

  constructor(
    text: SqlText,
    readonly columnsOf: ColumnsOf,
  ) {
    this.tokens = outsideBodies(tokensOf(text));
    this.results = this.#query(new Map());
  }

  #word(at = this.#at): string | undefined {
    const token = this.tokens[at];
    return token?.kind === "word" ? token.text.toUpperCase() : undefined;
  }

  #sign(at = this.#at): string | undefined {
    const token = this.tokens[at];
    return token?.kind === "sign" ? token.text : undefined;
  }

  #accept(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => (this.#word(this.#at + ahead) ?? this.#sign(this.#at + ahead)) === word))
      return false;
    this.#at += words.length;
    return true;
  }

  /** A name as the server keeps it. */
  #name(at = this.#at): string | undefined {
    const token = this.tokens[at];
    if (token?.kind === "quoted") return token.text;
    return token?.kind === "word" && !isKeyword(token.text) ? token.text.toLowerCase() : undefined;
  }

  get #isAtEnd(): boolean {
    return this.#at >= this.tokens.length;
  }

  #isQueryAt(at: number): boolean {
    return this.#word(at) === "SELECT" || this.#word(at) === "WITH" || this.#word(at) === "VALUES";
  }

  /** Passes over tokens up to a place, and reads the queries in parentheses among them. */
  #pass(isEnd: () => boolean, queries: Queries): void {
    while (!this.#isAtEnd && this.#sign() !== ")" && !isEnd()) {
      if (this.#sign() === "(") this.#parentheses(queries);
      else this.#at += 1;
    }
  }

  /** What stands in the parentheses here; the columns of a query in them. */
  #parentheses(queries: Queries): Results {
    this.#at += 1;
    let results: Results;
    if (this.#isQueryAt(this.#at)) results = this.#query(queries);
    else this.#pass(() => false, queries);
    this.#accept(")");
    return results;
  }

  #query(outer: Queries): Results {
    const queries = new Map(outer);
    if (this.#accept("WITH")) this.#with(queries);
    const results = this.#operand(queries);
    while (setWords.includes(this.#word() ?? "")) {
      this.#at += 1;
      if (!this.#accept("ALL")) this.#accept("DISTINCT");
      this.#operand(queries);
    }
    this.#pass(() => this.#sign() === ";", queries);
    return results;
  }

  #with(queries: Map<string, readonly string[] | undefined>): void {
    const isRecursive = this.#accept("RECURSIVE");
    do {
      const name = this.#name() ?? "";
      this.#at += 1;
      const names = this.#sign() === "(" ? this.#names() : undefined;
      if (isRecursive) queries.set(name, names);
      this.#accept("AS");
      if (!this.#accept("NOT", "MATERIALIZED")) this.#accept("MATERIALIZED");
      queries.set(name, called(this.#parentheses(queries), names));
    } while (this.#accept(","));
  }

  /** The names in the parentheses here; of a list with types, the names alone. */
  #names(): readonly string[] {
    const names: string[] = [];
    let isFirst = true;
    for (this.#at += 1; !this.#isAtEnd && this.#sign() !== ")"; this.#at += 1) {
      const name = this.#name();
      if (isFirst && name !== undefined) names.push(name);
      isFirst = this.#sign() === ",";
    }
    this.#at += 1;
    return names;
  }

  #operand(queries: Queries): Results {
    if (this.#sign() === "(") return this.#parentheses(queries);
    if (this.#accept("SELECT")) return this.#select(queries);
    if (this.#accept("TABLE")) return undefined;
    this.#pass(() => endsOfFrom.has(this.#word() ?? ""), queries);
    return undefined;
  }

  #isFrom(): boolean {
    return this.#word() === "FROM" && !(this.#word(this.#at - 1) === "DISTINCT" && this.#isDistinctFrom());
  }

  #isDistinctFrom(): boolean {
    return this.#word(this.#at - 2) === "IS" || this.#word(this.#at - 2) === "NOT";
  }

  #select(queries: Queries): Results {
    if (!this.#accept("ALL") && this.#accept("DISTINCT") && this.#accept("ON")) this.#parentheses(queries);
    const items: (readonly [start: number, end: number])[] = [];
    do {
      const start = this.#at;
      const isEnd = (): boolean =>
        this.#sign() === "," || this.#isFrom() || endsOfFrom.has(this.#word() ?? "") || this.#sign() === ";";
      this.#pass(isEnd, queries);
      items.push([start, this.#at]);
    } while (this.#accept(","));
    const from: FromResult = this.#accept("FROM") ? this.#from(queries) : { columns: [], sources: [] };
    const results = items.map(([start, end]) => this.#item(start, end, from));
    this.#pass(() => setWords.includes(this.#word() ?? "") || this.#sign() === ";", queries);
    return results.some((one) => one === undefined) ? undefined : results.flatMap((one) => one ?? []);
  }

  #from(queries: Queries): FromResult {
    let result = this.#joins(queries);
    while (this.#accept(",")) result = beside(result, this.#joins(queries));
    return result;
  }

  #joins(queries: Queries): FromResult {
    let result = this.#source(queries);
    while (joinWords.includes(this.#word() ?? "")) {
      const isNatural = this.#accept("NATURAL");
      const side = this.#accept("RIGHT") ? "right" : this.#accept("FULL") ? "full" : "left";
      for (const word of ["LEFT", "OUTER", "INNER", "CROSS"]) this.#accept(word);
      this.#accept("JOIN");
      const other = this.#source(queries);
      const using: Join["using"] = this.#accept("USING") ? this.#names() : isNatural ? "natural" : [];
      if (this.#accept("ON")) this.#pass(() => this.#isEndOfJoin(), queries);
      result = joined(result, other, { side, using });
    }
    return result;
  }

  #isEndOfJoin(): boolean {
    const word = this.#word() ?? "";
    // LEFT and RIGHT are functions, too
    const isJoin = joinWords.includes(word) && this.#sign(this.#at + 1) !== "(";
    return isJoin || endsOfFrom.has(word) || this.#sign() === "," || this.#sign() === ";";
  }

  /** A table, view, query or function, with the name that it is given. */
  #source(queries: Queries): FromResult {
    if (!this.#accept("LATERAL")) this.#accept("ONLY");
    if (this.#sign() === "(" && !this.#isQueryAt(this.#at + 1)) {
      this.#at += 1;
      const inner = this.#joins(queries);
      this.#accept(")");
      return this.#alias() === undefined ? inner : fromSource({ alias: "", columns: undefined });
    }
    if (this.#sign() === "(") return fromSource(this.#named(undefined, known(this.#parentheses(queries))));
    const names: string[] = [];
    do {
      const token = this.tokens[this.#at];
      names.push(token?.kind === "quoted" ? token.text : (token?.text ?? "").toLowerCase());
      this.#at += 1;
    } while (this.#accept("."));
    const last = names.at(-1);
    if (this.#sign() === "(") {
      this.#parentheses(queries);
      this.#accept("WITH", "ORDINALITY");
      return fromSource(this.#named(last, undefined));
    }
    this.#accept("*");
    const isQuery = names.length === 1 && last !== undefined && queries.has(last);
    return fromSource(this.#named(last, isQuery ? queries.get(last) : this.columnsOf(names)));
  }

  #alias(): string | undefined {
    const isSaid = this.#accept("AS");
    const name = this.#name();
    if (name === undefined || (!isSaid && joinWords.includes(this.#word() ?? ""))) return undefined;
    this.#at += 1;
    return name;
  }

  #named(own: string | undefined, columns: readonly string[] | undefined): Source {
    const alias = this.#alias() ?? own;
    const names = this.#sign() === "(" ? this.#names() : undefined;
    return { alias, columns: called(columns, names) };
  }

  /** What an item of the results is called: a star stands for many. */
  #item(start: number, end: number, from: FromResult): Results {
    if (this.#sign(end - 1) === "*" && (end - start === 1 || this.#sign(end - 2) === ".")) {
      const qualifier = end - start === 1 ? undefined : this.#qualifier(end - 3);
      const columns = qualifier === undefined ? from.columns : columnsUnder(qualifier, from);
      if (columns === undefined) return undefined;
      this.#expand(start, end - 1, columns);
      return columns.map(({ name }) => name);
    }
    const last = this.#name(end - 1);
    if (last === undefined) return [this.#nameOfCall(start, end)];
    const isColumn = this.tokens
      .slice(start, end)
      .every((token, place) => (place % 2 === 0 ? token.kind !== "sign" : token.text === "."));
    const isCalled = this.#word(end - 2) === "AS" || isColumn;
    const isBehindValue = end - start > 1 && this.#sign(end - 2) !== "::" && this.#sign(end - 2) !== ".";
    return [isCalled || isBehindValue ? last : undefined];
  }

  #qualifier(at: number): string {
    const token = this.tokens[at];
    return token?.kind === "quoted" ? token.text : (token?.text ?? "").toLowerCase();
  }

  /** A call is called like its function. */
  #nameOfCall(start: number, end: number): string | undefined {
    if (this.#word(start) === "CASE" && this.#word(end - 1) === "END") return "case";
    const name = this.#name(start);
    if (name === undefined || this.#sign(start + 1) !== "(" || this.#sign(end - 1) !== ")") return undefined;
    let depth = 0;
    for (let at = start + 1; at < end; at += 1) {
      depth += this.#sign(at) === "(" ? 1 : this.#sign(at) === ")" ? -1 : 0;
      if (depth === 0 && at < end - 1) return undefined;
    }
    return name;
  }

  #expand(first: number, last: number, columns: readonly GivenColumn[]): void {
    const [start, end] = [this.tokens[first], this.tokens[last]];
    if (start === undefined || end === undefined) return;
    const names = columns.map(({ qualifier, name }) => (qualifier === undefined ? [name] : [qualifier, name]));
    this.replacements.push({ place: { ...end, start: start.start }, list: names });
  }
}

/** A query with its columns in the place of each star, as far as they are known, and what it gives. */
export interface ReadQuery {
  readonly text: SqlText;
  /** Undefined where not all names are known. */
  readonly columns: readonly string[] | undefined;
}

/** Reads what a query gives. */
export function readQuery(text: SqlText, columnsOf: ColumnsOf): ReadQuery {
  const { replacements, results } = new QueryReading(text, columnsOf);
  return { text: replacements.length === 0 ? text : replaced(text, replacements), columns: known(results) };
}
