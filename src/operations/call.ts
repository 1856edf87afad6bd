import type { DialectName, DialectOptions } from "../schema/dialect-names.js";
import type { Name } from "../schema/names.js";

/*
 * The call that records an operation, as data: what `src/authoring` prints as TypeScript. Its arguments are values of
 * the vocabulary of revisions, and the type checker knows that the directive takes them.
 */

/** What stands in a call where the directive takes a function: the operations that the calls inside it record. */
export interface CallBody<Held> {
  readonly kind: "body";
  readonly operations: readonly Held[];
  /** The table of a batch, which the function gets an argument for. */
  readonly batch?: { readonly name: Name; readonly schema: Name | undefined };
}

/** Values of rows and literals, in which nothing is a name or an item of a schema, whatever it looks like. */
export interface CallValues<V> {
  readonly kind: "values";
  readonly values: V;
}

export function values<V>(given: V): CallValues<V> {
  return { kind: "values", values: given };
}

/** Options as a definition keeps them: dialect groups are not taken apart there. */
type Options<P> = P extends object
  ? keyof P & DialectName extends never
    ? P
    : Omit<P, DialectName> & DialectOptions
  : P;

type Argument<P, Held> = P extends (...given: never[]) => unknown ? CallBody<Held> : Options<P> | CallValues<P>;

/** What a function of the vocabulary takes. */
export type CallArguments<A extends readonly unknown[], Held = never> = {
  readonly [I in keyof A]: Argument<A[I], Held>;
};

/** The calls of some directives: the name of one, and what it takes. */
export type DirectiveCallOf<D extends object, Held = never> = {
  [N in keyof D & string]: D[N] extends (...given: infer A) => unknown
    ? readonly [directive: N, ...CallArguments<A, Held>]
    : never;
}[keyof D & string];

/** Any call. */
export type DirectiveCall = readonly [directive: string, ...given: readonly unknown[]];

type Given<O> = { readonly [K in keyof O]?: Exclude<O[K], undefined> };

/** The options of a call, those left out that are undefined; no argument at all when none is left. */
export function options<O extends object>(all: O): readonly [] | readonly [Given<O>] {
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return given.length === 0 ? [] : [Object.fromEntries(given) as Given<O>];
}

/** An option that is left out where it is false. */
export function whenSet(option: boolean): true | undefined {
  return option ? true : undefined;
}

/** An option that is left out where it has what it has without being said. */
export function unless<V>(usual: V, option: V): V | undefined {
  return option === usual ? undefined : option;
}

/** An option that is a list, left out where that is empty. */
export function whenAny<V>(list: readonly V[]): readonly V[] | undefined {
  return list.length === 0 ? undefined : list;
}

function isSameName(one: Name | undefined, other: Name | undefined): boolean {
  if (typeof one !== "object" || typeof other !== "object") return one === other;
  return one.text === other.text && one.quote === other.quote && one.final === other.final;
}

/** Whether an operation is on the table of a batch, so that a call inside the batch need not say so. */
export function isOnTable(
  operation: { readonly tableName: Name | undefined; readonly schema: Name | undefined },
  table: { readonly name: Name; readonly schema: Name | undefined },
): boolean {
  return isSameName(operation.tableName, table.name) && isSameName(operation.schema, table.schema);
}
