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

/** A table that another one stands on. */
type Waited = Pick<ForeignKey, "referredSchema" | "referredTable">;

/** The tables that a table of PostgreSQL inherits from, as things that it waits for. */
function parentsOf({ schema, options }: Table): readonly Waited[] {
  const inherits = options.postgresql?.["inherits"] as string | readonly string[] | undefined;
  return (inherits === undefined ? [] : [inherits].flat()).map((name) => ({
    referredSchema: schema,
    referredTable: name,
  }));
}

/** The first table by name that stands, over others, on itself. */
function firstOfCircle(
  waiting: ReadonlyMap<string, Table>,
  waitsFor: (table: Table) => readonly Waited[],
  isFree: (table: Table) => boolean,
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
  return [...waiting.values()].filter((table) => isFree(table) && standsOnItself(table)).slice(0, 1);
}

/**
 * Orders tables by their foreign keys and by what they inherit from, and by name where these leave a choice. Where tables refer to each other in a
 * circle, it is opened at its first table by name.
 *
 * @param tables sorted by name
 * @param canAddLater whether a foreign key can be added to a table that exists
 */
export function orderTables(tables: readonly Table[], canAddLater: boolean): OrderedTables {
  const waiting = new Map(tables.map((table) => [keyOf(table), table]));
  const order: Table[] = [];
  const later = new Map<Table, readonly ForeignKey[]>();
  const waitingOf = <W extends Waited>(table: Table, all: readonly W[]): readonly W[] =>
    all.filter(({ referredSchema, referredTable }) => {
      const target = catalogKey(referredSchema, referredTable);
      return target !== keyOf(table) && waiting.has(target);
    });
  const waitsFor = (table: Table): readonly Waited[] =>
    waitingOf<Waited>(table, [...foreignKeysOf(table), ...parentsOf(table)]);
  const hasParents = (table: Table): boolean => waitingOf(table, parentsOf(table)).length === 0;
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter((table) => waitsFor(table).length === 0);
    const next = ready.length > 0 ? ready : firstOfCircle(waiting, waitsFor, hasParents);
    for (const table of next) {
      const open = waitingOf(table, foreignKeysOf(table));
      if (canAddLater && open.length > 0) later.set(table, open);
      waiting.delete(keyOf(table));
      order.push(table);
    }
  }
  return { order, later };
}
