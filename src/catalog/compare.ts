import type { DescribedObject, SchemaDescription } from "./description.js";
import { describedKinds, titleOf } from "./description.js";

/** One way in which a schema differs from the one that was expected. */
export type Difference =
  | { readonly difference: "missing"; readonly object: DescribedObject }
  | { readonly difference: "extra"; readonly object: DescribedObject }
  | {
      readonly difference: "changed";
      readonly object: DescribedObject;
      readonly attribute: string;
      readonly expected: string | undefined;
      readonly found: string | undefined;
    }
  | {
      readonly difference: "order";
      readonly table: string;
      readonly expected: readonly string[];
      readonly found: readonly string[];
    };

function keyOf({ kind, table, name }: DescribedObject): string {
  return JSON.stringify([kind, table ?? null, name]);
}

function byKey(description: SchemaDescription): ReadonlyMap<string, DescribedObject> {
  return new Map(description.map((object) => [keyOf(object), object]));
}

function changesOf(expected: DescribedObject, found: DescribedObject): readonly Difference[] {
  const attributes = new Set([...Object.keys(expected.attributes), ...Object.keys(found.attributes)]);
  // of what one side has as text alone, only that is compared which both know
  const isPartial = expected.isText !== found.isText;
  const isKnown = (attribute: string): boolean =>
    !isPartial || (attribute in expected.attributes && attribute in found.attributes);
  return [...attributes]
    .filter(isKnown)
    .filter((attribute) => expected.attributes[attribute] !== found.attributes[attribute])
    .map((attribute) => ({
      difference: "changed",
      object: found,
      attribute,
      expected: expected.attributes[attribute],
      found: found.attributes[attribute],
    }));
}

function columnsByTable(description: SchemaDescription): ReadonlyMap<string, readonly string[]> {
  const columns = new Map<string, string[]>();
  for (const { kind, table, name } of description) {
    if (kind !== "column" || table === undefined) continue;
    const known = columns.get(table);
    if (known === undefined) columns.set(table, [name]);
    else known.push(name);
  }
  return columns;
}

/** The tables whose common columns stand in another order. */
function orderDifferences(expected: SchemaDescription, found: SchemaDescription): readonly Difference[] {
  const foundColumns = columnsByTable(found);
  return [...columnsByTable(expected)].flatMap(([table, columns]): readonly Difference[] => {
    const others = new Set(foundColumns.get(table) ?? []);
    const known = new Set(columns);
    const before = columns.filter((column) => others.has(column));
    const after = [...others].filter((column) => known.has(column));
    if (before.every((column, position) => column === after[position])) return [];
    return [{ difference: "order", table, expected: before, found: after }];
  });
}

/** What of a table that is not there at all has to be said: the table alone. */
function withoutParts(objects: readonly DescribedObject[]): readonly DescribedObject[] {
  const tables = new Set(objects.filter(({ kind }) => kind === "table").map(({ name }) => name));
  return objects.filter(({ table }) => table === undefined || !tables.has(table));
}

/**
 * All differences between two descriptions, in a fixed order. A table that is only in one of them is one difference, not
 * one for each of its columns.
 */
export function compareSchemas(expected: SchemaDescription, found: SchemaDescription): readonly Difference[] {
  const wanted = byKey(expected);
  const there = byKey(found);
  const missing = withoutParts([...wanted].filter(([key]) => !there.has(key)).map(([, object]) => object));
  const extra = withoutParts([...there].filter(([key]) => !wanted.has(key)).map(([, object]) => object));
  const sorted = (objects: readonly DescribedObject[]): readonly DescribedObject[] =>
    [...objects].sort((one, other) => compareTexts(sortKey(one), sortKey(other)));
  const changed = sorted([...wanted.values()].filter((object) => there.has(keyOf(object)))).flatMap((object) =>
    changesOf(object, there.get(keyOf(object)) ?? object),
  );
  return [
    ...sorted(missing).map((object): Difference => ({ difference: "missing", object })),
    ...sorted(extra).map((object): Difference => ({ difference: "extra", object })),
    ...changed,
    ...orderDifferences(expected, found),
  ];
}

function sortKey({ kind, table, name }: DescribedObject): string {
  const rank = describedKinds.indexOf(kind);
  return `${String(rank).padStart(2, "0")} ${table ?? ""} ${name}`;
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * A difference as a sentence.
 *
 * @example differenceText(difference) // "column account.name: type VARCHAR(40) instead of VARCHAR(20)"
 */
export function differenceText(difference: Difference): string {
  switch (difference.difference) {
    case "missing":
      return `${titleOf(difference.object)} is missing`;
    case "extra":
      return `${titleOf(difference.object)} is left over`;
    case "changed": {
      const { object, attribute, expected, found } = difference;
      return `${titleOf(object)}: ${attribute} ${found ?? "none"} instead of ${expected ?? "none"}`;
    }
    case "order":
      return `table ${difference.table}: columns in the order ${difference.found.join(", ")} instead of ${difference.expected.join(", ")}`;
  }
}
