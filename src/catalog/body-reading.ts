import type { SqlText } from "../schema/expressions.js";
import { BodyCursor } from "./body-cursor.js";
import {
  frameIn,
  namesQuery,
  scopeIn,
  type ColumnReference,
  type Frame,
  type Scope,
  type TableReference,
} from "./body-frames.js";
import { tokensOf, type Place, type Token } from "./body-tokens.js";
import { afterTables, beforeTables, beginsStatement, standsBeforeNoTable, valueWords, withUnit } from "./body-words.js";

/** Reads which tables and columns a query or body names, without knowing the grammar of the dialect. */
export class BodyReading {
  readonly tables: TableReference[] = [];
  readonly columns: ColumnReference[] = [];
  readonly tokens: readonly Token[];
  readonly #cursor: BodyCursor;
  readonly #frames: Frame[] = [frameIn(scopeIn(undefined))];
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
    this.#cursor = new BodyCursor(this.tokens);
    for (let token = this.#cursor.token(); token !== undefined; token = this.#cursor.token()) this.#read(token);
  }

  get #frame(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  #read(token: Token): void {
    if (token.kind === "sign") return this.#sign(token.text);
    if (token.kind === "value") return this.#value(token);
    if (this.#cursor.isName()) return this.#name();
    this.#keyword(token.text.toUpperCase());
  }

  /** A variable may stand where a table does: `FROM @rows AS r`. */
  #value(token: Token): void {
    this.#cursor.pass();
    const frame = this.#frame;
    if (frame.expectsTable) {
      frame.expectsTable = false;
      this.#addTable([token], true);
    }
    this.#isBehindValue = true;
  }

  /** Whether a WITH begins a list of queries with names; `WITH (NOLOCK)` and `WITH CHECK OPTION` do not. */
  #beginsWith(): boolean {
    const isRecursive = this.#cursor.word() === "RECURSIVE";
    const offset = isRecursive ? 1 : 0;
    const next = this.#cursor.word(offset + 1);
    if (!this.#cursor.isName(offset) || (next !== "AS" && next !== "(")) return false;
    if (isRecursive) this.#cursor.pass();
    this.#frame.with = { at: "name", name: "", isRecursive: isRecursive || this.withIsRecursive };
    return true;
  }

  /** The scope of a query that begins here. */
  #queryScope(frame: Frame): Scope {
    const own = frame.with;
    if (own === undefined) return scopeIn(frame.scope);
    return scopeIn(frame.scope, own.isRecursive ? [own.name] : []);
  }

  #sign(sign: string): void {
    const frame = this.#frame;
    const before = this.#cursor.word(-1);
    this.#cursor.pass();
    if (sign === "(") {
      if (frame.with?.at === "behind name") {
        this.#cursor.passParentheses(); // the names of its columns
        return;
      }
      const isQuery = ["SELECT", "WITH", "VALUES"].includes(this.#cursor.word() ?? "");
      const expectsTable = frame.expectsTable && !isQuery;
      const scope = isQuery || frame.with !== undefined ? this.#queryScope(frame) : frame.scope;
      this.#frames.push(frameIn(scope, expectsTable, before));
      if (this.#targetsAt === this.#cursor.index - 1) this.#frame.targets = "list";
      frame.expectsTable = false;
      this.#isBehindValue = false;
    } else if (sign === ")") {
      if (this.#frames.length > 1) this.#frames.pop();
      this.#isBehindValue = true;
      this.#endOfQuery();
    } else if (sign === "::") {
      this.#isBehindValue = false;
      this.#cursor.passName();
      this.#isBehindValue = true;
    } else if (sign === "*" && !this.#isBehindValue && before !== "(") {
      this.#column(undefined, undefined, this.#cursor.token(-1) as Token);
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
    if (this.#cursor.word() !== ",") {
      this.#frame.with = undefined;
      return;
    }
    this.#cursor.pass();
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
    if (mayBeFollowed && this.#cursor.isName()) frame.expectsTable = true;
    if (word === "TRUNCATE" && this.#cursor.word() === "TABLE") this.#cursor.pass();
  }

  #keyword(word: string): void {
    const frame = this.#frame;
    const before = this.#cursor.index === 0 ? "" : this.#cursor.word(-1);
    this.#cursor.pass();
    const next = this.#cursor.word();
    if (word === "UPDATE" && next === "(" && this.#updatedColumn()) return;
    this.#isBehindValue = valueWords.has(word);
    if (beginsStatement(word, { before, next, inMerge: frame.verb === "MERGE" })) this.#beginStatement(word, frame);
    if (frame.expectsTable && word !== "UPDATE" && ["INSERT", "DELETE", "MERGE", "REPLACE"].includes(word)) return;
    if (word === "WITH" && this.#beginsWith()) return;
    if (frame.with !== undefined && word === "AS") {
      frame.with.at = "query";
      while (["NOT", "MATERIALIZED"].includes(this.#cursor.word() ?? "")) this.#cursor.pass();
      return;
    }
    if (word === "AS") {
      // what follows is a name for what stands before, or the type of a cast
      if (this.#cursor.isName()) this.#calledAs(frame);
      this.#isBehindValue = true;
    } else if (beforeTables.has(word)) {
      const [twoBefore, second] = [this.#cursor.word(-3), this.#cursor.word(1)];
      const { verb, ofFunction } = frame;
      const isPart = standsBeforeNoTable(word, { before, next, second, twoBefore, verb, ofFunction });
      frame.inVariables = isPart && word === "INTO";
      if (isPart) return;
      Object.assign(frame, { inTables: word === "FROM" || frame.inTables, expectsTable: true, inResults: false });
    } else if (afterTables.has(word)) {
      const inResults = word === "SELECT" || word === "RETURNING";
      if (word === "SELECT") this.#beginQuery(frame);
      const targets = word === "SET" ? "set" : undefined;
      Object.assign(frame, { inTables: false, expectsTable: false, inResults, targets });
      Object.assign(frame, { inOrder: word === "ORDER", inVariables: false });
    }
  }

  /** `UPDATE(a)` in a trigger: https://learn.microsoft.com/sql/t-sql/functions/update-trigger-functions-transact-sql */
  #updatedColumn(): boolean {
    const name = this.#cursor.token(1);
    if (name === undefined || !this.#cursor.isName(1) || this.#cursor.word(2) !== ")") return false;
    this.#cursor.pass(3);
    this.#column("inserted", undefined, name);
    this.#isBehindValue = true;
    return true;
  }

  /** The name behind AS. */
  #calledAs(frame: Frame): void {
    const [name] = this.#cursor.passName();
    if (frame.inResults && name !== undefined) frame.scope.results.add(name.text.toLowerCase());
  }

  /** Another query in the same place, as behind UNION, sees none of the tables of the one before. */
  #beginQuery(frame: Frame): void {
    const { hasQuery, scope } = frame;
    frame.hasQuery = true;
    if (hasQuery) frame.scope = { ...scopeIn(scope.outer), queries: scope.queries };
    else if (scope.tables.length > 0) frame.scope = scopeIn(scope); // INSERT INTO t SELECT …
  }

  #name(): void {
    const frame = this.#frame;
    const isFirst = ["SELECT", "DISTINCT", "ALL", ","].includes(this.#cursor.word(-1) ?? "");
    const wasBehindValue = this.#isBehindValue;
    const before = this.#cursor.word(-1);
    const names = this.#cursor.passName();
    const last = names.at(-1);
    if (last === undefined) {
      this.#cursor.pass();
      return;
    }
    if (frame.with?.at === "name") {
      frame.with.at = "behind name";
      frame.with.name = last.text.toLowerCase();
      return;
    }
    if (this.#cursor.word() === "%" && this.#typeOf(names, last)) return;
    const isInserted = before === "INTO" || before === "INSERT" || before === "REPLACE" || before === "IGNORE";
    const isCall = this.#cursor.word() === "(" && !(frame.expectsTable && isInserted);
    if (frame.expectsTable) {
      frame.expectsTable = false;
      this.#isBehindValue = true;
      if (!isCall) this.#table(names);
      if (isInserted && this.#cursor.word() === "(") this.#targetsAt = this.#cursor.index;
      return;
    }
    this.#isBehindValue = !isCall;
    if (isCall || (wasBehindValue && names.length === 1)) return;
    const next = this.#cursor.word();
    if (names.length === 1 && this.#isNoValue(last, before, next, frame)) return;
    const qualifier = names.at(-2);
    const isAll = next === undefined || [",", "FROM", ")", ";"].includes(next);
    const isResult = frame.inResults && isFirst && isAll && this.#cursor.token()?.kind !== "quoted";
    const isSet = next === "=" && (before === "SET" || before === ",");
    this.#column(qualifier?.text, qualifier, last, { isResult, isSet, schema: names.at(-3) });
  }

  /** Whether a name is a unit of time, or that of a variable, an argument or a result. */
  #isNoValue(name: Token, before: string | undefined, next: string | undefined, frame: Frame): boolean {
    if (before === "(" && withUnit.has(frame.ofFunction ?? "") && (next === "," || next === "FROM")) return true;
    const following = this.#cursor.word(1);
    if ((next === "=" && following === ">") || (next === ":" && following === "=")) return true;
    if (frame.inVariables) return true;
    return frame.inOrder && frame.scope.results.has(name.text.toLowerCase());
  }

  /** A type that is taken from a column or a table: `one.amt%TYPE`, `one%ROWTYPE`. */
  #typeOf(names: readonly Token[], last: Token): boolean {
    const word = this.#cursor.word(1);
    if (word !== "TYPE" && word !== "ROWTYPE") return false;
    this.#cursor.pass(2);
    this.#isBehindValue = true;
    const scope = scopeIn(undefined);
    const of = word === "ROWTYPE" ? names : names.slice(0, -1);
    const owner = of.at(-1);
    if (owner === undefined) return true;
    const table = {
      names: of.map(({ text }) => text),
      alias: owner.text,
      place: owner,
      first: of[0] ?? owner,
      isQuery: false,
    };
    this.tables.push(table);
    scope.tables.push(table);
    if (word === "TYPE") this.#column(owner.text, owner, last, { scope });
    return true;
  }

  #table(names: readonly Token[]): void {
    const last = names.at(-1);
    const isQuery = names.length === 1 && last !== undefined && namesQuery(last.text.toLowerCase(), this.#frame.scope);
    this.#addTable(names, isQuery);
  }

  #addTable(names: readonly Token[], isQuery: boolean): void {
    const last = names.at(-1);
    if (last === undefined) return;
    if (this.#cursor.word() === "AS") this.#cursor.pass();
    let alias = last;
    if (this.#cursor.isName()) {
      alias = this.#cursor.token() as Token;
      this.#cursor.pass();
    }
    const { tables } = this.#frame.scope;
    if (alias !== last) this.#forgetTarget(alias.text.toLowerCase(), tables);
    const table = {
      names: names.map(({ text }) => text),
      alias: alias.text,
      place: last,
      first: names[0] ?? last,
      isQuery,
    };
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

  #column(
    qualifier: string | undefined,
    qualifierPlace: Place | undefined,
    last: Token,
    more: {
      readonly isResult?: boolean;
      readonly isSet?: boolean;
      readonly scope?: Scope;
      readonly schema?: Token | undefined;
    } = {},
  ): void {
    const { targets, scope } = this.#frame;
    const isTarget = targets === "list" || (targets === "set" && more.isSet === true);
    this.columns.push({
      ...{ qualifier, qualifierPlace, qualifierSchema: more.schema, name: last.text, place: last, isTarget },
      ...{ isResult: more.isResult ?? false, scope: more.scope ?? scope },
    });
  }
}
