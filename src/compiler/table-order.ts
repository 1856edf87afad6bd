import { catalogKey } from "../catalog/catalog.js";
import type { ForeignKey } from "../schema/constraints.js";
import type { Table } from "../schema/tables.js";

/** Tables in an order in which each stands behind those that its foreign keys refer to. */
export interface OrderedTables {
  readonly order: readonly Table[];
  /** The foreign keys that close a circle: they have to be added once all tables are there. */
  readonly later: ReadonlyMap<Table, readonly ForeignKey[]>;
}

function keyOf({ schema, name }: Table): string {
  return catalogKey(schema, name);
}

function foreignKeysOf(table: Table): readonly ForeignKey[] {
  return table.constraints.filter((constraint) => constraint.kind === "foreignKey");
}

/** The first table by name that stands, over others, on itself. */
function firstOfCircle(
  waiting: ReadonlyMap<string, Table>,
  waitsFor: (table: Table) => readonly ForeignKey[],
): readonly Table[] {
  const standsOnItself = (table: Table): boolean => {
    const seen = new Set<string>();
    const pending = [table];
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      for (const { referredSchema, referredTable } of waitsFor(current)) {
        const target = catalogKey(referredSchema, referredTable);
        const next = waiting.get(target);
        if (next === undefined || seen.has(target)) continue;
        seen.add(target);
        pending.push(next);
      }
    }
    return seen.has(keyOf(table));
  };
  return [...waiting.values()].filter(standsOnItself).slice(0, 1);
}

/**
 * Orders tables by their foreign keys, and by name where these leave a choice. Where tables refer to each other in a
 * circle, it is opened at its first table by name.
 *
 * @param tables sorted by name
 * @param canAddLater whether a foreign key can be added to a table that exists
 */
export function orderTables(tables: readonly Table[], canAddLater: boolean): OrderedTables {
  const waiting = new Map(tables.map((table) => [keyOf(table), table]));
  const order: Table[] = [];
  const later = new Map<Table, readonly ForeignKey[]>();
  const waitsFor = (table: Table): readonly ForeignKey[] =>
    foreignKeysOf(table).filter((key) => {
      const target = catalogKey(key.referredSchema, key.referredTable);
      return target !== keyOf(table) && waiting.has(target);
    });
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter((table) => waitsFor(table).length === 0);
    const next = ready.length > 0 ? ready : firstOfCircle(waiting, waitsFor);
    for (const table of next) {
      const open = waitsFor(table);
      if (canAddLater && open.length > 0) later.set(table, open);
      waiting.delete(keyOf(table));
      order.push(table);
    }
  }
  return { order, later };
}
