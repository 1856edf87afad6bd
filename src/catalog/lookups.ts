import { nameText, type Name } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { catalogKey } from "./catalog-key.js";
import type { PersistentMap } from "./persistent-map.js";
import { constraintsOf } from "../schema/tables.js";

const none: ReadonlySet<string> = new Set();
const noNames: readonly string[] = [];

/** The names of a table's constraints and indexes. */
export function namesOf(table: Table | undefined): readonly string[] {
  if (table === undefined) return noNames;
  const constraints = constraintsOf(table);
  if (constraints.length === 0 && table.indexes.length === 0) return noNames;
  const names: string[] = [];
  for (const { name, impliedName } of constraints) {
    const text = name === undefined ? impliedName : nameText(name);
    if (text !== undefined) names.push(text);
  }
  for (const { name } of table.indexes) if (name !== undefined) names.push(nameText(name));
  return names;
}

/** Whether two versions of a table have the same constraints and indexes, so that their names need no look. */
function hasSameNames(old: Table, changed: Table): boolean {
  return old.indexes === changed.indexes && constraintsOf(old) === constraintsOf(changed);
}

/** The names that are in one list and not in the other, each once. */
function without(names: readonly string[], others: readonly string[]): readonly string[] {
  return names.filter((name, place) => !others.includes(name) && names.indexOf(name) === place);
}

/** How many tables have a constraint or index of each name, once a table has changed. */
export function namesAfter(
  names: PersistentMap<number>,
  schema: Name | undefined,
  old: Table | undefined,
  changed: Table | undefined,
): PersistentMap<number> {
  if (old !== undefined && changed !== undefined && hasSameNames(old, changed)) return names;
  const before = namesOf(old);
  const after = namesOf(changed);
  let result = names;
  const count = (name: string, difference: number): void => {
    const key = catalogKey(schema, name);
    const total = (result.get(key) ?? 0) + difference;
    result = result.with(key, total === 0 ? undefined : total);
  };
  for (const name of without(before, after)) count(name, -1);
  for (const name of without(after, before)) count(name, 1);
  return result;
}

/** The keys of the tables that a table's foreign keys refer to. */
function referredBy(table: Table | undefined): ReadonlySet<string> {
  let keys: Set<string> | undefined;
  for (const constraint of table?.constraints ?? []) {
    if (constraint.kind !== "foreignKey") continue;
    (keys ??= new Set()).add(catalogKey(constraint.referredSchema, constraint.referredTable));
  }
  return keys ?? none;
}

/** The keys of the tables that refer to each table, sorted, once a table has changed. */
export function referrersAfter(
  referrers: PersistentMap<readonly string[]>,
  key: string,
  old: Table | undefined,
  changed: Table | undefined,
): PersistentMap<readonly string[]> {
  if (old?.constraints === changed?.constraints) return referrers;
  const before = referredBy(old);
  const after = referredBy(changed);
  let result = referrers;
  for (const referred of before) {
    if (after.has(referred)) continue;
    const others = (result.get(referred) ?? []).filter((other) => other !== key);
    result = result.with(referred, others.length === 0 ? undefined : others);
  }
  for (const referred of after) {
    if (!before.has(referred)) result = result.with(referred, [...(result.get(referred) ?? []), key].sort());
  }
  return result;
}
