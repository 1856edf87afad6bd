type Pair = readonly [before: string, after: string];

/**
 * The items in an order that keeps every pair, and as near to their own order as that allows: again and again all items
 * whose predecessors have been placed, in their own order, as SQLAlchemy sorts. Undefined when the pairs go in a circle.
 */
function sortByPairs(items: readonly string[], pairs: readonly Pair[]): readonly string[] | undefined {
  const waiting = new Set(items);
  const sorted: string[] = [];
  while (waiting.size > 0) {
    const free = [...waiting].filter((item) =>
      pairs.every(([before, after]) => after !== item || before === item || !waiting.has(before)),
    );
    if (free.length === 0) return undefined;
    for (const item of free) waiting.delete(item);
    sorted.push(...free);
  }
  return sorted;
}

/** Where the columns of a new table stand, when some are put before or after others: Alembic's rules. */
export class ColumnOrder {
  /** The columns of the old table that are still there. */
  readonly #existing: string[];
  readonly #added: Pair[] = [];

  /** @param isPartial the author orders groups of columns, so that nothing but these groups and neighbours counts */
  constructor(
    existing: readonly string[],
    readonly isPartial: boolean,
  ) {
    this.#existing = [...existing];
  }

  /** The other neighbour of a column that is put after or before one. */
  #otherNeighbour(neighbour: string, step: 1 | -1): string | undefined {
    const position = this.#existing.indexOf(neighbour);
    if (position !== -1) return this.#existing[position + step];
    const [one, other] = step === 1 ? ([0, 1] as const) : ([1, 0] as const);
    return this.#added.findLast((pair) => pair[one] === neighbour)?.[other];
  }

  /** Notes a new column; without a neighbour it comes after the last of the old ones. */
  add(name: string, insertBefore: string | undefined, insertAfter: string | undefined): void {
    let [before, after] = [insertBefore, insertAfter];
    if (!this.isPartial) {
      if (before === undefined && insertAfter !== undefined) before = this.#otherNeighbour(insertAfter, 1);
      else if (after === undefined && insertBefore !== undefined) after = this.#otherNeighbour(insertBefore, -1);
      else if (before === undefined && after === undefined) after = this.#existing.at(-1);
    }
    if (before !== undefined) this.#added.push([name, before]);
    if (after !== undefined) this.#added.push([after, name]);
  }

  drop(name: string): void {
    const position = this.#existing.indexOf(name);
    if (position !== -1) this.#existing.splice(position, 1);
  }

  /** The columns in order; undefined when what was asked for goes in a circle. */
  sorted(
    names: readonly string[],
    partialReordering: readonly (readonly string[])[] | undefined,
  ): readonly string[] | undefined {
    if (partialReordering === undefined && this.#added.length === 0) return names;
    const groups = partialReordering ?? [this.#existing];
    const pairs = groups.flatMap((group) =>
      group.slice(1).map((name, position): Pair => [group[position] ?? "", name]),
    );
    return sortByPairs(names, [...pairs, ...this.#added]);
  }
}
