import type { Catalog } from "../catalog/catalog.js";
import type { NormalWriter } from "../catalog/normal-form.js";
import type { CatalogRules } from "../catalog/rules.js";
import type { Dialect } from "../compiler/dialect.js";
import type { RenderContext } from "../compiler/render-context.js";
import type { Table } from "../schema/tables.js";
import type { Filters } from "./filters.js";

/**
 * What was said of tables and objects once: each is looked at on the way there and on the way back, and once more when nothing is to be
 * left, and its expressions are parsed for that.
 */
export class Descriptions {
  readonly #known = new WeakMap<object, Map<object, unknown>>();

  /** @param about what is described: the table or object itself, or a part of it */
  of<V>(whole: object, about: object, describe: () => V): V {
    let known = this.#known.get(whole);
    if (known === undefined) this.#known.set(whole, (known = new Map<object, unknown>()));
    if (!known.has(about)) known.set(about, describe());
    return known.get(about) as V;
  }
}

/** Two schemas that are compared, and how. */
export interface Comparison {
  /** What is there. */
  readonly current: Catalog;
  /** What is wanted. */
  readonly wanted: Catalog;
  readonly dialect: Dialect;
  /** The server's version. */
  readonly version: string;
  readonly rules: CatalogRules;
  readonly writer: NormalWriter;
  /** Writes what is put into operations as SQL text. */
  readonly context: RenderContext;
  readonly filters: Filters;
  readonly known: Descriptions;
  readonly compareType: boolean;
  readonly compareServerDefault: boolean;
  /** A table without what says nothing. */
  readonly settled: (table: Table, catalog: Catalog) => Table;
}

/** The operations that autogenerate makes stand nowhere in a file yet. */
export const origin = undefined;

/** Attributes as one text. */
export function contentOf(attributes: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1)));
}
