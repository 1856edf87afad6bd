function setEntry<V>(entries: Map<string, V>, key: string, value: V | undefined): void {
  if (value === undefined) entries.delete(key);
  else entries.set(key, value);
}

/**
 * An immutable map that shares everything with the map it was made from. The newest version holds the entries; an
 * older one holds its difference to the next newer one and takes the entries over when it is asked. Replay asks for
 * `before` and `after` of each operation in turn, so that each question costs a constant, however large the schema.
 */
export class PersistentMap<V> {
  /** What this version holds, while it is the newest one that was asked. */
  #held: Map<string, V> | undefined;
  /** Else the next newer version, and the entry in which this one differs from it. */
  #newer: PersistentMap<V> | undefined;
  #key = "";
  #value: V | undefined;

  private constructor(held: Map<string, V>) {
    this.#held = held;
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>(new Map());
  }

  #entries(): Map<string, V> {
    return this.#held ?? this.#takeOver();
  }

  /** Takes the entries over from the newer version that holds them, one difference at a time. */
  #takeOver(): Map<string, V> {
    const behind: PersistentMap<V>[] = [];
    let holder: PersistentMap<V> = this; // eslint-disable-line @typescript-eslint/no-this-alias
    while (holder.#newer !== undefined) {
      behind.push(holder);
      holder = holder.#newer;
    }
    const entries = holder.#held as Map<string, V>;
    for (const older of behind.reverse()) {
      holder.#differFrom(older, older.#key, entries.get(older.#key));
      setEntry(entries, older.#key, older.#value);
      older.#newer = undefined;
      older.#value = undefined;
      older.#held = entries;
      holder = older;
    }
    return entries;
  }

  /** Leaves the entries to another version, in which one of them has another value. */
  #differFrom(other: PersistentMap<V>, key: string, value: V | undefined): void {
    this.#held = undefined;
    this.#newer = other;
    this.#key = key;
    this.#value = value;
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
    const next = new PersistentMap<V>(entries);
    this.#differFrom(next, key, entries.get(key));
    setEntry(entries, key, value);
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
    while (version.#newer !== undefined) {
      // the difference nearest to this version holds its value
      if (!changed.has(version.#key)) changed.set(version.#key, version.#value);
      version = version.#newer;
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
