import type { Place } from "./body-tokens.js";

/** A table that a body reads from or writes to. */
export interface TableReference {
  readonly names: readonly string[];
  /** What its columns are qualified with. */
  readonly alias: string;
  readonly place: Place;
  /** Where its names begin. */
  readonly first: Place;
  /** It is a query of a WITH, a variable or another name of a table beside it, and no table itself. */
  readonly isQuery: boolean;
}

/** What one query, or one statement of a body, can name: its own tables, then those of the query that it stands in. */
export interface Scope {
  readonly tables: TableReference[];
  readonly outer: Scope | undefined;
  /** The queries of its WITH, by name. */
  readonly queries: Set<string>;
  /** What its results are called. */
  readonly results: Set<string>;
}

/** A column, or with `*` all columns. */
export interface ColumnReference {
  readonly qualifier: string | undefined;
  readonly qualifierPlace: Place | undefined;
  /** The schema before the qualifier. */
  readonly qualifierSchema: Place | undefined;
  readonly name: string;
  readonly place: Place;
  /** It is all of an item of a list of results, to which it gives its name. */
  readonly isResult: boolean;
  /** A value goes into it, so that it is no variable: it stands in the list of an INSERT or behind SET. */
  readonly isTarget: boolean;
  readonly scope: Scope;
}

/** Where the reading of a WITH is. */
type OfWith = "name" | "behind name" | "query";

/** A statement, or what stands in parentheses, while it is read. */
export interface Frame {
  inTables: boolean;
  expectsTable: boolean;
  inResults: boolean;
  /** The statement writes to a list of names, or to each that stands behind SET or a comma. */
  targets: "list" | "set" | undefined;
  /** Names are variables that values go into. */
  inVariables: boolean;
  /** A name may be that of a result. */
  inOrder: boolean;
  /** How the statement begins. */
  verb: string | undefined;
  readonly ofFunction: string | undefined;
  /** What the statement stands in. */
  readonly outer: Scope | undefined;
  scope: Scope;
  /** A query stands in the frame: a SELECT behind it is of another one. */
  hasQuery: boolean;
  with: { at: OfWith; name: string; readonly isRecursive: boolean } | undefined;
}

export function scopeIn(outer: Scope | undefined, queries: Iterable<string> = []): Scope {
  return { tables: [], outer, queries: new Set(queries), results: new Set() };
}

export function frameIn(scope: Scope, expectsTable = false, ofFunction?: string): Frame {
  return {
    inTables: expectsTable,
    expectsTable,
    inResults: false,
    targets: undefined,
    inVariables: false,
    inOrder: false,
    verb: undefined,
    ofFunction,
    outer: scope.outer,
    scope,
    hasQuery: false,
    with: undefined,
  };
}

/** Whether a query of a WITH has that name where this scope is read. */
export function namesQuery(name: string, innermost: Scope): boolean {
  for (let scope: Scope | undefined = innermost; scope !== undefined; scope = scope.outer) {
    if (scope.queries.has(name)) return true;
  }
  return false;
}
