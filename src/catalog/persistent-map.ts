/**
 * An immutable map that shares everything with the map it was made from. The newest version holds the entries; an
 * older one holds its difference to the next newer one and takes the entries over when it is asked. Replay asks for
 * `before` and `after` of each operation in turn, so that each question costs a constant, however large the schema.
 */
export class PersistentMap<V> {
  #state: { entries: Map<string, V> } | { newer: PersistentMap<V>; key: string; value: V | undefined };

  private constructor(state: { entries: Map<string, V> }) {
    this.#state = state;
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>({ entries: new Map() });
  }

  /** Takes the entries over from the newer version that holds them, one difference at a time. */
  #entries(): Map<string, V> {
    const behind: PersistentMap<V>[] = [];
    let holder: PersistentMap<V> = this; // eslint-disable-line @typescript-eslint/no-this-alias
    while ("newer" in holder.#state) {
      behind.push(holder);
      holder = holder.#state.newer;
    }
    const { entries } = holder.#state;
    for (const older of behind.reverse()) {
      const { key, value } = older.#state as { key: string; value: V | undefined };
      holder.#state = { newer: older, key, value: entries.get(key) };
      if (value === undefined) entries.delete(key);
      else entries.set(key, value);
      older.#state = { entries };
      holder = older;
    }
    return entries;
  }

  get(key: string): V | undefined {
    return this.#entries().get(key);
  }

  has(key: string): boolean {
    return this.#entries().has(key);
  }

  get size(): number {
    return this.#entries().size;
  }

  /** A map with this entry set, or removed when the value is undefined. */
  with(key: string, value: V | undefined): PersistentMap<V> {
    const entries = this.#entries();
    const next = new PersistentMap<V>({ entries });
    this.#state = { newer: next, key, value: entries.get(key) };
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
    return next;
  }

  /**
   * The keys whose values differ in another version of the same map; undefined when the two have no common origin. It
   * costs as much as was changed between the two, however large the map is.
   */
  differingKeys(other: PersistentMap<V>): readonly string[] | undefined {
    const entries = other.#entries();
    const changed = new Map<string, V | undefined>();
    let version: PersistentMap<V> = this; // eslint-disable-line @typescript-eslint/no-this-alias
    while ("newer" in version.#state) {
      const { key, value, newer } = version.#state;
      // the difference nearest to this version holds its value
      if (!changed.has(key)) changed.set(key, value);
      version = newer;
    }
    if (version !== other) return undefined;
    return [...changed].filter(([key, value]) => entries.get(key) !== value).map(([key]) => key);
  }

  /** The keys, sorted by code unit, so that no order of insertion is ever seen. */
  keys(): readonly string[] {
    return [...this.#entries().keys()].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  }

  /** The values in the order of their sorted keys. */
  values(): readonly V[] {
    const entries = this.#entries();
    return this.keys().map((key) => entries.get(key) as V);
  }
}
