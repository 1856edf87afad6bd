import type { SqlText } from "../schema/expressions.js";
import { frameIn, scopeIn, type ColumnReference, type Frame, type Scope, type TableReference } from "./body-frames.js";
import { tokensOf, type Place, type Token } from "./body-tokens.js";
import {
  afterTables,
  beforeTables,
  beginsStatement,
  otherWords,
  standsBeforeNoTable,
  valueWords,
  withUnit,
} from "./body-words.js";

/** Reads which tables and columns a query or body names, without knowing the grammar of the dialect. */
export class BodyReading {
  readonly tables: TableReference[] = [];
  readonly columns: ColumnReference[] = [];
  readonly tokens: readonly Token[];
  readonly #frames: Frame[] = [frameIn(scopeIn(undefined))];
  #at = 0;
  /** Where the list of the columns that an INSERT writes to begins. */
  #targetsAt: number | undefined;
  /** A value has just ended: a name behind it is what it is called from there on. */
  #isBehindValue = false;

  constructor(
    text: SqlText,
    /** A query of a WITH may name itself without being called RECURSIVE. */
    readonly withIsRecursive: boolean,
  ) {
    this.tokens = tokensOf(text);
    while (this.#at < this.tokens.length) this.#read(this.tokens[this.#at] as Token);
  }

  get #frame(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  #wordAt(place: number): string | undefined {
    const token = this.tokens[place];
    return token?.kind === "word" || token?.kind === "sign" ? token.text.toUpperCase() : undefined;
  }

  #isNameAt(place: number): boolean {
    const token = this.tokens[place];
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
    if (token.kind === "value") return this.#value(token);
    if (this.#isNameAt(this.#at)) return this.#name();
    this.#keyword(token.text.toUpperCase());
  }

  /** A variable may stand where a table does: `FROM @rows AS r`. */
  #value(token: Token): void {
    this.#at += 1;
    const frame = this.#frame;
    if (frame.expectsTable) {
      frame.expectsTable = false;
      this.#addTable([token], true);
    }
    this.#isBehindValue = true;
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
    for (let depth = 1; depth > 0 && this.#at < this.tokens.length; this.#at += 1) {
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
      if (this.#targetsAt === this.#at - 1) this.#frame.targets = "list";
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
      this.#column(undefined, undefined, this.tokens[this.#at - 1] as Token);
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
    Object.assign(frame, { inTables: false, expectsTable: false, hasQuery: false, with: undefined, verb: undefined });
    Object.assign(frame, { inResults: false, targets: undefined, inOrder: false, inVariables: false });
    frame.scope = scopeIn(frame.outer);
  }

  /** What a statement begins with; a table may stand behind it at once: `DELETE a WHERE …`. */
  #beginStatement(word: string, frame: Frame): void {
    const queries = frame.verb === "WITH" ? frame.scope.queries : [];
    this.#nextStatement(frame);
    frame.scope = scopeIn(frame.outer, queries);
    frame.verb = word;
    const mayBeFollowed = word === "INSERT" || word === "DELETE" || word === "MERGE" || word === "REPLACE";
    if (mayBeFollowed && this.#isNameAt(this.#at)) frame.expectsTable = true;
    if (word === "TRUNCATE" && this.#wordAt(this.#at) === "TABLE") this.#at += 1;
  }

  #keyword(word: string): void {
    const frame = this.#frame;
    const before = this.#at === 0 ? "" : this.#wordAt(this.#at - 1);
    this.#at += 1;
    const next = this.#wordAt(this.#at);
    this.#isBehindValue = valueWords.has(word);
    if (beginsStatement(word, { before, next, inMerge: frame.verb === "MERGE" })) this.#beginStatement(word, frame);
    if (frame.expectsTable && word !== "UPDATE" && ["INSERT", "DELETE", "MERGE", "REPLACE"].includes(word)) return;
    if (word === "WITH" && this.#beginsWith()) return;
    if (frame.with !== undefined && word === "AS") {
      frame.with.at = "query";
      while (["NOT", "MATERIALIZED"].includes(this.#wordAt(this.#at) ?? "")) this.#at += 1;
      return;
    }
    if (word === "AS") {
      // what follows is a name for what stands before, or the type of a cast
      if (this.#isNameAt(this.#at)) this.#calledAs(frame);
      this.#isBehindValue = true;
    } else if (beforeTables.has(word)) {
      const [twoBefore, second] = [this.#wordAt(this.#at - 3), this.#wordAt(this.#at + 1)];
      const { verb, ofFunction } = frame;
      const isPart = standsBeforeNoTable(word, { before, next, second, twoBefore, verb, ofFunction });
      frame.inVariables = isPart && word === "INTO";
      if (isPart) return;
      Object.assign(frame, { inTables: word === "FROM" || frame.inTables, expectsTable: true, inResults: false });
    } else if (afterTables.has(word)) {
      const inResults = word === "SELECT" || word === "RETURNING";
      if (word === "SELECT") this.#beginQuery(frame);
      Object.assign(frame, { inTables: false, expectsTable: false, inResults });
      Object.assign(frame, {
        targets: word === "SET" ? "set" : undefined,
        inOrder: word === "ORDER",
        inVariables: false,
      });
    }
  }

  /** The name behind AS. */
  #calledAs(frame: Frame): void {
    const [name] = this.#dotted();
    if (frame.inResults && name !== undefined) frame.scope.results.add(name.text.toLowerCase());
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
      const token = this.tokens[this.#at];
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
    if (this.#wordAt(this.#at) === "%" && this.#typeOf(names, last)) return;
    const isInserted = before === "INTO" || before === "INSERT" || before === "REPLACE" || before === "IGNORE";
    const isCall = this.#wordAt(this.#at) === "(" && !(frame.expectsTable && isInserted);
    if (frame.expectsTable) {
      frame.expectsTable = false;
      this.#isBehindValue = true;
      if (!isCall) this.#table(names);
      if (isInserted && this.#wordAt(this.#at) === "(") this.#targetsAt = this.#at;
      return;
    }
    this.#isBehindValue = !isCall;
    if (isCall || (wasBehindValue && names.length === 1)) return;
    const next = this.#wordAt(this.#at);
    if (names.length === 1 && this.#isNoValue(last, before, next, frame)) return;
    const qualifier = names.at(-2);
    const isAll = next === undefined || [",", "FROM", ")", ";"].includes(next);
    const isResult = frame.inResults && isFirst && isAll && this.tokens[this.#at]?.kind !== "quoted";
    const isSet = next === "=" && (before === "SET" || before === ",");
    this.#column(qualifier?.text, qualifier, last, { isResult, isSet });
  }

  /** Whether a name is a unit of time, or that of a variable, an argument or a result. */
  #isNoValue(name: Token, before: string | undefined, next: string | undefined, frame: Frame): boolean {
    if (before === "(" && withUnit.has(frame.ofFunction ?? "") && (next === "," || next === "FROM")) return true;
    const following = this.#wordAt(this.#at + 1);
    if ((next === "=" && following === ">") || (next === ":" && following === "=")) return true;
    if (frame.inVariables) return true;
    return frame.inOrder && frame.scope.results.has(name.text.toLowerCase());
  }

  /** A type that is taken from a column or a table: `one.amt%TYPE`, `one%ROWTYPE`. */
  #typeOf(names: readonly Token[], last: Token): boolean {
    const word = this.#wordAt(this.#at + 1);
    if (word !== "TYPE" && word !== "ROWTYPE") return false;
    this.#at += 2;
    this.#isBehindValue = true;
    const scope = scopeIn(undefined);
    const of = word === "ROWTYPE" ? names : names.slice(0, -1);
    const owner = of.at(-1);
    if (owner === undefined) return true;
    const table = { names: of.map(({ text }) => text), alias: owner.text, place: owner, isQuery: false };
    this.tables.push(table);
    scope.tables.push(table);
    if (word === "TYPE") this.#column(owner.text, owner, last, { scope });
    return true;
  }

  #table(names: readonly Token[]): void {
    const last = names.at(-1);
    const isQuery = names.length === 1 && last !== undefined && this.#isNameOfQuery(last.text.toLowerCase());
    this.#addTable(names, isQuery);
  }

  #addTable(names: readonly Token[], isQuery: boolean): void {
    const last = names.at(-1);
    if (last === undefined) return;
    if (this.#wordAt(this.#at) === "AS") this.#at += 1;
    let alias = last;
    if (this.#isNameAt(this.#at)) {
      alias = this.tokens[this.#at] as Token;
      this.#at += 1;
    }
    const { tables } = this.#frame.scope;
    if (alias !== last) this.#forgetTarget(alias.text.toLowerCase(), tables);
    const table = { names: names.map(({ text }) => text), alias: alias.text, place: last, isQuery };
    this.tables.push(table);
    tables.push(table);
  }

  /** What an UPDATE or DELETE is said to be of may be what FROM calls a table: `UPDATE o SET … FROM one o`. */
  #forgetTarget(alias: string, tables: TableReference[]): void {
    const isTarget = ({ names }: TableReference): boolean => names.length === 1 && names[0]?.toLowerCase() === alias;
    const target = tables.find(isTarget);
    if (target === undefined) return;
    tables.splice(tables.indexOf(target), 1);
    this.tables.splice(this.tables.indexOf(target), 1);
  }

  #isNameOfQuery(name: string): boolean {
    for (let scope: Scope | undefined = this.#frame.scope; scope !== undefined; scope = scope.outer) {
      if (scope.queries.has(name)) return true;
    }
    return false;
  }

  #column(
    qualifier: string | undefined,
    qualifierPlace: Place | undefined,
    last: Token,
    more: { readonly isResult?: boolean; readonly isSet?: boolean; readonly scope?: Scope } = {},
  ): void {
    const { targets, scope } = this.#frame;
    const isTarget = targets === "list" || (targets === "set" && more.isSet === true);
    this.columns.push({
      ...{ qualifier, qualifierPlace, name: last.text, place: last, isTarget },
      ...{ isResult: more.isResult ?? false, scope: more.scope ?? scope },
    });
  }
}
