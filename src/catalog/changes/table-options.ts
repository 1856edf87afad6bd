import type { DialectName, DialectOptions } from "../../schema/dialect-names.js";
import type { Table } from "../../schema/tables.js";
import { catalogKey } from "../catalog-key.js";
import type { Charset } from "../rules.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";
import { withKnownTable } from "./known-tables.js";

/** A table gets other options. */
export interface ChangeTableOptions extends Change {
  readonly change: "changeTableOptions";
  readonly table: QualifiedName;
  /** The names of options that are gone, by the group that they are in. */
  readonly removed: { readonly [D in DialectName]?: readonly string[] };
  readonly added: DialectOptions;
  /** PostgreSQL: storage parameters that are set, and those that are as by default again. */
  readonly parameters?: {
    readonly set: Readonly<Record<string, string | number>>;
    readonly reset: readonly string[];
  };
  /** PostgreSQL: what stands before the word TABLE. */
  readonly prefixes?: readonly string[];
  /** Null: none from here on; undefined: as it was. */
  readonly comment?: string | null;
  /** The character set of columns to come; undefined: as it was. */
  readonly defaultCharset?: Charset;
}

/** The text in a table goes over to another character set, and with it the types that hold it. */
export interface ConvertCharset extends Change {
  readonly change: "convertCharset";
  readonly table: QualifiedName;
  readonly to: Charset;
}

function keysOf({ table }: { readonly table: QualifiedName }): readonly string[] {
  return [catalogKey(table.schema, table.name)];
}

/** The options of a table without some of them, and with others. */
export function withOptions(
  table: Table,
  removed: ChangeTableOptions["removed"],
  added: ChangeTableOptions["added"],
): Table {
  const groups = new Map(Object.entries(table.options) as [DialectName, Readonly<Record<string, unknown>>][]);
  for (const [dialect, names] of Object.entries(removed) as [DialectName, readonly string[]][]) {
    const kept = Object.entries(groups.get(dialect) ?? {}).filter(([name]) => !names.includes(name));
    groups.set(dialect, Object.fromEntries(kept));
  }
  for (const [dialect, options] of Object.entries(added) as [DialectName, Readonly<Record<string, unknown>>][]) {
    groups.set(dialect, { ...groups.get(dialect), ...options });
  }
  const filled = [...groups].filter(([, options]) => Object.keys(options).length > 0);
  return { ...table, options: Object.fromEntries(filled) };
}

function withParameters(table: Table, change: ChangeTableOptions["parameters"]): Table {
  if (change === undefined) return table;
  const known = (table.options.postgresql?.["with"] ?? {}) as Readonly<Record<string, unknown>>;
  const all = {
    ...Object.fromEntries(Object.entries(known).filter(([name]) => !change.reset.includes(name))),
    ...change.set,
  };
  const isEmpty = Object.keys(all).length === 0;
  return withOptions(table, { postgresql: isEmpty ? ["with"] : [] }, isEmpty ? {} : { postgresql: { with: all } });
}

export const changeTableOptions: ChangeDefinition<ChangeTableOptions> = {
  keys: keysOf,
  apply: (catalog, { table, removed, added, parameters, prefixes, comment, defaultCharset }) =>
    withKnownTable(catalog, table, (known) => {
      const optioned = withParameters(withOptions(known, removed, added), parameters);
      const changed = prefixes === undefined ? optioned : { ...optioned, prefixes };
      const described = comment === undefined ? changed : { ...changed, comment: comment ?? undefined };
      return defaultCharset === undefined ? described : catalog.rules.charsets?.withDefault(described, defaultCharset);
    }),
};

export const convertCharset: ChangeDefinition<ConvertCharset> = {
  keys: keysOf,
  apply: (catalog, { table, to }) =>
    withKnownTable(catalog, table, (known) => catalog.rules.charsets?.converted(known, to)),
};
