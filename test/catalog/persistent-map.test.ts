import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PersistentMap } from "../../src/catalog/persistent-map.js";

const keys = ["a", "b", "c", "d", "e"] as const;
const key = fc.constantFrom(...keys);

/** A change of one version, or a question to one: the version is chosen among all that were made so far. */
const action = fc.record({
  version: fc.nat(),
  key,
  value: fc.option(fc.nat(9), { nil: undefined }),
  changes: fc.boolean(),
});

interface Versions {
  readonly maps: PersistentMap<number>[];
  /** What each version holds, in a plain map of its own. */
  readonly models: ReadonlyMap<string, number>[];
}

function changed(model: ReadonlyMap<string, number>, name: string, value: number | undefined): Map<string, number> {
  const copy = new Map(model);
  if (value === undefined) copy.delete(name);
  else copy.set(name, value);
  return copy;
}

/** Versions that grow out of one another like a tree, questions among the changes. */
const versions = fc.array(action, { maxLength: 60 }).map((actions): Versions => {
  const maps = [PersistentMap.empty<number>()];
  const models: ReadonlyMap<string, number>[] = [new Map()];
  for (const { version, key: name, value, changes } of actions) {
    const from = version % maps.length;
    const map = maps[from] as PersistentMap<number>;
    const model = models[from] as ReadonlyMap<string, number>;
    expect(map.get(name)).toBe(model.get(name));
    if (!changes) continue;
    maps.push(map.with(name, value));
    models.push(changed(model, name, value));
  }
  return { maps, models };
});

describe("a persistent map", () => {
  it("answers in every version what a map of its own would, in whichever order versions are asked", () => {
    fc.assert(
      fc.property(versions, fc.infiniteStream(fc.nat()), ({ maps, models }, picks) => {
        for (let question = 0; question < 30; question++) {
          const position = (picks.next().value as number) % maps.length;
          const map = maps[position] as PersistentMap<number>;
          const model = models[position] as ReadonlyMap<string, number>;
          const sorted = [...model.keys()].sort();
          expect(map.size).toBe(model.size);
          expect(map.keys()).toEqual(sorted);
          expect(map.values()).toEqual(sorted.map((name) => model.get(name)));
          for (const name of keys) {
            expect(map.has(name)).toBe(model.has(name));
            expect(map.get(name)).toBe(model.get(name));
          }
        }
      }),
      { seed: 20260731, numRuns: 300 },
    );
  });

  it("tells the keys that differ between two versions, whichever is older", () => {
    fc.assert(
      fc.property(versions, fc.nat(), fc.nat(), ({ maps, models }, one, other) => {
        const [left, right] = [one % maps.length, other % maps.length];
        const found = (maps[left] as PersistentMap<number>).differingKeys(maps[right] as PersistentMap<number>);
        const expected = keys.filter((name) => models[left]?.get(name) !== models[right]?.get(name));
        expect([...(found ?? [])].sort()).toEqual(expected);
      }),
      { seed: 20260731, numRuns: 500 },
    );
  });

  it("does not compare with a map of another origin", () => {
    expect(PersistentMap.empty<number>().with("a", 1).differingKeys(PersistentMap.empty<number>())).toBeUndefined();
  });

  it("keeps an old version as it was while thousands of newer ones are made and asked", () => {
    const start = PersistentMap.empty<number>().with("first", 1);
    let newest = start;
    for (let number = 0; number < 10_000; number++) newest = newest.with(`key ${number % 100}`, number);
    expect(start.keys()).toEqual(["first"]);
    expect(newest.size).toBe(101);
    expect(start.size).toBe(1);
  });
});
