import type { SqlText } from "../schema/expressions.js";
import { tokensOf, type Place, type Token } from "./body-tokens.js";

/** A table that a body reads from or writes to. */
export interface TableReference {
  readonly names: readonly string[];
  /** What its columns are qualified with. */
  readonly alias: string;
  readonly place: Place;
  /** It is a query of a WITH, and no table. */
  readonly isQuery: boolean;
}

/** What one query, or one statement of a body, can name: its own tables, then those of the query that it stands in. */
export interface Scope {
  readonly tables: TableReference[];
  readonly outer: Scope | undefined;
  /** The queries of its WITH, by name. */
  readonly queries: Set<string>;
}

/** A column, or with `*` all columns. */
export interface ColumnReference {
  readonly qualifier: string | undefined;
  readonly qualifierPlace: Place | undefined;
  readonly name: string;
  readonly place: Place;
  /** It is all of an item of a list of results, to which it gives its name. */
  readonly isResult: boolean;
  readonly scope: Scope;
}

/** Words behind which a table stands. */
const beforeTables = new Set(["FROM", "JOIN", "INTO", "UPDATE", "USING", "APPLY"]);
/** Words that end a list of tables. */
const afterTables = new Set([
  ...["WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "FETCH", "UNION", "INTERSECT", "EXCEPT", "MINUS", "SET"],
  ...["VALUES", "SELECT", "WINDOW", "RETURNING", "OUTPUT", "WHEN", "THEN", "CONNECT", "QUALIFY", "BEGIN"],
]);
/** Other words that are no names. */
const otherWords = new Set([
  ...["AND", "OR", "NOT", "ON", "BY", "CASE", "ELSE", "BETWEEN", "IN", "LIKE", "ILIKE", "IS", "AS", "DISTINCT", "ALL"],
  ...[
    "ANY",
    "SOME",
    "EXISTS",
    "INNER",
    "LEFT",
    "RIGHT",
    "FULL",
    "OUTER",
    "CROSS",
    "NATURAL",
    "ONLY",
    "LATERAL",
    "WITH",
  ],
  ...["RECURSIVE", "INSERT", "DELETE", "REPLACE", "IGNORE", "FOR", "IF", "ELSEIF", "ELSIF", "WHILE", "RETURN", "DO"],
  ...["COLLATE", "OVER", "PARTITION", "ESCAPE", "SIMILAR", "DIV", "MOD", "XOR", "RLIKE", "REGEXP", "GLOB", "MATCH"],
  ...["MERGE", "CALL", "DECLARE", "FILTER", "WITHIN", "ASC", "DESC", "INTERVAL", "STRAIGHT_JOIN"],
]);
/** Words that stand where a value does. */
const valueWords = new Set(["NULL", "TRUE", "FALSE", "END", "DEFAULT", "CURRENT_TIMESTAMP", "CURRENT_DATE"]);
/** Functions in whose parentheses FROM stands before no table. */
const withFrom = new Set(["EXTRACT", "TRIM", "SUBSTRING", "OVERLAY", "POSITION"]);

/** Where the reading of a WITH is. */
type OfWith = "name" | "behind name" | "query";

interface Frame {
  inTables: boolean;
  expectsTable: boolean;
  inResults: boolean;
  readonly ofFunction: string | undefined;
  scope: Scope;
  /** A query stands in the frame: a SELECT behind it is of another one. */
  hasQuery: boolean;
  with: { at: OfWith; name: string; readonly isRecursive: boolean } | undefined;
}

function scopeIn(outer: Scope | undefined, queries: Iterable<string> = []): Scope {
  return { tables: [], outer, queries: new Set(queries) };
}

function frameIn(scope: Scope, expectsTable = false, ofFunction?: string): Frame {
  return {
    inTables: expectsTable,
    expectsTable,
    inResults: false,
    ofFunction,
    scope,
    hasQuery: false,
    with: undefined,
  };
}

/** Reads which tables and columns a query or body names, without knowing the grammar of the dialect. */
export class BodyReading {
  readonly tables: TableReference[] = [];
  readonly columns: ColumnReference[] = [];
  readonly #tokens: readonly Token[];
  readonly #frames: Frame[] = [frameIn(scopeIn(undefined))];
  #at = 0;
  /** A value has just ended: a name behind it is what it is called from there on. */
  #isBehindValue = false;

  constructor(
    text: SqlText,
    /** A query of a WITH may name itself without being called RECURSIVE. */
    readonly withIsRecursive: boolean,
  ) {
    this.#tokens = tokensOf(text);
    while (this.#at < this.#tokens.length) this.#read(this.#tokens[this.#at] as Token);
  }

  get #frame(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  #wordAt(place: number): string | undefined {
    const token = this.#tokens[place];
    return token?.kind === "word" || token?.kind === "sign" ? token.text.toUpperCase() : undefined;
  }

  #isNameAt(place: number): boolean {
    const token = this.#tokens[place];
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

  #read(token: Token): void {
    if (token.kind === "sign") return this.#sign(token.text);
    if (token.kind === "value") {
      this.#at += 1;
      this.#isBehindValue = true;
      return;
    }
    if (this.#isNameAt(this.#at)) return this.#name();
    this.#keyword(token.text.toUpperCase());
  }

  /** What begins a list of queries that are called by name; `WITH (NOLOCK)` and `WITH CHECK OPTION` do not. */
  #beginsWith(): boolean {
    const isRecursive = this.#wordAt(this.#at) === "RECURSIVE";
    const at = this.#at + (isRecursive ? 1 : 0);
    const next = this.#wordAt(at + 1);
    if (!this.#isNameAt(at) || (next !== "AS" && next !== "(")) return false;
    if (isRecursive) this.#at += 1;
    this.#frame.with = { at: "name", name: "", isRecursive: isRecursive || this.withIsRecursive };
    return true;
  }

  /** Passes over what stands in parentheses, behind the opening one. */
  #passParentheses(): void {
    for (let depth = 1; depth > 0 && this.#at < this.#tokens.length; this.#at += 1) {
      const sign = this.#wordAt(this.#at);
      depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    }
  }

  /** The scope of a query that begins here. */
  #queryScope(frame: Frame): Scope {
    const own = frame.with;
    if (own === undefined) return scopeIn(frame.scope);
    return scopeIn(frame.scope, own.isRecursive ? [own.name] : []);
  }

  #sign(sign: string): void {
    const frame = this.#frame;
    const before = this.#wordAt(this.#at - 1);
    this.#at += 1;
    if (sign === "(") {
      if (frame.with?.at === "behind name") {
        this.#passParentheses(); // the names of its columns
        return;
      }
      const isQuery = ["SELECT", "WITH", "VALUES"].includes(this.#wordAt(this.#at) ?? "");
      const expectsTable = frame.expectsTable && !isQuery;
      const scope = isQuery || frame.with !== undefined ? this.#queryScope(frame) : frame.scope;
      this.#frames.push(frameIn(scope, expectsTable, before));
      frame.expectsTable = false;
      this.#isBehindValue = false;
    } else if (sign === ")") {
      if (this.#frames.length > 1) this.#frames.pop();
      this.#isBehindValue = true;
      this.#endOfQuery();
    } else if (sign === "::") {
      this.#isBehindValue = false;
      this.#dotted();
      this.#isBehindValue = true;
    } else if (sign === "*" && !this.#isBehindValue && before !== "(") {
      this.#column(undefined, undefined, this.#tokens[this.#at - 1] as Token, false);
      this.#isBehindValue = true;
    } else {
      if (sign === "," && frame.inTables) frame.expectsTable = true;
      if (sign === ";") this.#nextStatement(frame);
      this.#isBehindValue = false;
    }
  }

  /** Behind the query of a WITH stands another one, or the statement that they are for. */
  #endOfQuery(): void {
    const own = this.#frame.with;
    if (own?.at !== "query") return;
    this.#frame.scope.queries.add(own.name);
    if (this.#wordAt(this.#at) !== ",") {
      this.#frame.with = undefined;
      return;
    }
    this.#at += 1;
    own.at = "name";
  }

  #nextStatement(frame: Frame): void {
    Object.assign(frame, { inTables: false, expectsTable: false, inResults: false, hasQuery: false, with: undefined });
    frame.scope = scopeIn(frame.scope.outer);
  }

  #keyword(word: string): void {
    const frame = this.#frame;
    const before = this.#wordAt(this.#at - 1);
    this.#at += 1;
    const next = this.#wordAt(this.#at);
    this.#isBehindValue = valueWords.has(word);
    if (word === "WITH" && this.#beginsWith()) return;
    if (frame.with !== undefined && word === "AS") {
      frame.with.at = "query";
      while (["NOT", "MATERIALIZED"].includes(this.#wordAt(this.#at) ?? "")) this.#at += 1;
      return;
    }
    if (word === "AS") {
      // what follows is a name for what stands before, or the type of a cast
      if (this.#isNameAt(this.#at)) this.#dotted();
      this.#isBehindValue = true;
    } else if (beforeTables.has(word)) {
      const isPart =
        (word === "FROM" && (before === "DISTINCT" || withFrom.has(frame.ofFunction ?? ""))) ||
        (word === "USING" && next === "(" && this.#wordAt(this.#at + 1) !== "SELECT") ||
        (word === "UPDATE" && ["FOR", "ON", "OR", "KEY", "BEFORE", "AFTER"].includes(before ?? ""));
      if (isPart) return;
      Object.assign(frame, { inTables: word === "FROM" || frame.inTables, expectsTable: true, inResults: false });
    } else if (afterTables.has(word)) {
      const inResults = word === "SELECT" || word === "RETURNING";
      if (word === "SELECT") this.#beginQuery(frame);
      Object.assign(frame, { inTables: false, expectsTable: false, inResults });
    }
  }

  /** Another query in the same place, as behind UNION, sees none of the tables of the one before. */
  #beginQuery(frame: Frame): void {
    const { hasQuery, scope } = frame;
    frame.hasQuery = true;
    if (hasQuery) frame.scope = { ...scopeIn(scope.outer), queries: scope.queries };
    else if (scope.tables.length > 0) frame.scope = scopeIn(scope); // INSERT INTO t SELECT …
  }

  /** Passes over a name with dots, and gives its parts. */
  #dotted(): readonly Token[] {
    const names: Token[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token === undefined || token.kind === "value") return names;
      if (token.kind === "sign" && !(token.text === "*" && names.length > 0)) return names;
      names.push(token);
      this.#at += 1;
      if (this.#wordAt(this.#at) !== ".") return names;
      this.#at += 1;
    }
  }

  #name(): void {
    const frame = this.#frame;
    const isFirst = ["SELECT", "DISTINCT", "ALL", ","].includes(this.#wordAt(this.#at - 1) ?? "");
    const wasBehindValue = this.#isBehindValue;
    const before = this.#wordAt(this.#at - 1);
    const names = this.#dotted();
    const last = names.at(-1);
    if (last === undefined) {
      this.#at += 1;
      return;
    }
    if (frame.with?.at === "name") {
      frame.with.at = "behind name";
      frame.with.name = last.text.toLowerCase();
      return;
    }
    const isCall = this.#wordAt(this.#at) === "(" && !(frame.expectsTable && before === "INTO");
    if (frame.expectsTable) {
      frame.expectsTable = false;
      this.#isBehindValue = true;
      if (!isCall) this.#table(names, last);
      return;
    }
    this.#isBehindValue = !isCall;
    if (isCall || (wasBehindValue && names.length === 1)) return;
    const qualifier = names.at(-2);
    const next = this.#wordAt(this.#at);
    const isAll = next === undefined || [",", "FROM", ")", ";"].includes(next);
    this.#column(
      qualifier?.text,
      qualifier,
      last,
      frame.inResults && isFirst && isAll && this.#tokens[this.#at]?.kind !== "quoted",
    );
  }

  #table(names: readonly Token[], last: Token): void {
    if (this.#wordAt(this.#at) === "AS") this.#at += 1;
    let alias = last;
    if (this.#isNameAt(this.#at)) {
      alias = this.#tokens[this.#at] as Token;
      this.#at += 1;
    }
    const isQuery = names.length === 1 && this.#isNameOfQuery(last.text.toLowerCase());
    const table = { names: names.map(({ text }) => text), alias: alias.text, place: last, isQuery };
    this.tables.push(table);
    this.#frame.scope.tables.push(table);
  }

  #isNameOfQuery(name: string): boolean {
    for (let scope: Scope | undefined = this.#frame.scope; scope !== undefined; scope = scope.outer) {
      if (scope.queries.has(name)) return true;
    }
    return false;
  }

  #column(qualifier: string | undefined, qualifierPlace: Place | undefined, last: Token, isResult: boolean): void {
    this.columns.push({ qualifier, qualifierPlace, name: last.text, place: last, isResult, scope: this.#frame.scope });
  }
}
