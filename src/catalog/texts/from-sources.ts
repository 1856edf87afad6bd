/** The names of what a query gives; undefined where one, or their number, is not known. */
export type Results = readonly (string | undefined)[] | undefined;

/** A column as a query gives it, and what it is qualified with where it stands in the query. */
export interface GivenColumn {
  readonly qualifier: string | undefined;
  readonly name: string;
}

/** What stands in FROM, under the name by which its columns are qualified. */
export interface Source {
  readonly alias: string | undefined;
  /** Undefined where they are not known. */
  readonly columns: readonly string[] | undefined;
}

/** What a FROM, or a part of it, gives: all columns in their order, and its sources. */
export interface FromResult {
  readonly columns: readonly GivenColumn[] | undefined;
  readonly sources: readonly Source[];
}

/** What a single source gives. */
export function fromSource({ alias, columns }: Source): FromResult {
  return {
    columns: columns?.map((name) => ({ qualifier: alias, name })),
    sources: [{ alias, columns }],
  };
}

/** Two parts beside each other, with a comma between them. */
export function beside(one: FromResult, other: FromResult): FromResult {
  const columns = one.columns && other.columns && [...one.columns, ...other.columns];
  return { columns, sources: [...one.sources, ...other.sources] };
}

/** How two parts are joined. */
export interface Join {
  readonly side: "left" | "right" | "full";
  /** The columns that both have and that are one in the result; all of the same name for a natural join. */
  readonly using: readonly string[] | "natural";
}

/** Two parts that are joined; what both have comes first, and once. https://www.postgresql.org/docs/current/sql-select.html */
export function joined(one: FromResult, other: FromResult, { side, using }: Join): FromResult {
  const sources = [...one.sources, ...other.sources];
  if (one.columns === undefined || other.columns === undefined) return { columns: undefined, sources };
  const [left, right] = [one.columns, other.columns];
  const has = (columns: readonly GivenColumn[], name: string): boolean => columns.some((one) => one.name === name);
  const names = using === "natural" ? left.map(({ name }) => name).filter((name) => has(right, name)) : using;
  const merged = names.map((name): GivenColumn => {
    if (side === "full") return { qualifier: undefined, name };
    const from = side === "left" ? left : right;
    return from.find((column) => column.name === name) ?? { qualifier: undefined, name };
  });
  const others = [...left, ...right].filter(({ name }) => !names.includes(name));
  return { columns: [...merged, ...others], sources };
}

/** The columns of the source that has a name. */
export function columnsUnder(qualifier: string, { sources }: FromResult): readonly GivenColumn[] | undefined {
  const columns = sources.find(({ alias }) => alias === qualifier)?.columns;
  return columns?.map((name) => ({ qualifier, name }));
}

/** Results of which each has a name. */
export function known(results: Results): readonly string[] | undefined {
  if (results === undefined || results.some((name) => name === undefined)) return undefined;
  return results.map((name) => name ?? "");
}

/** Columns under the names that are given to the first of them. */
export function called(results: Results, names: readonly string[] | undefined): readonly string[] | undefined {
  if (names === undefined || results === undefined) return known(results);
  return known([...names, ...results.slice(names.length)]);
}
