import type { Constraint, PrimaryKey, Unique } from "../schema/constraints.js";
import { nameText } from "../schema/names.js";
import type { Table } from "../schema/tables.js";

type Key = PrimaryKey | Unique;

function isKey(constraint: Constraint): constraint is Key {
  return constraint.kind === "primaryKey" || constraint.kind === "unique";
}

/** What two keys have in common that are one to the server. */
function contentOf({ columns, deferrable = false, initially, options }: Key): string {
  const { include = [], nullsNotDistinct = false } = options.postgresql ?? {};
  const waits = initially?.toUpperCase() === "DEFERRED";
  return JSON.stringify([columns.map(nameText), deferrable || waits, waits, include, nullsNotDistinct]);
}

/**
 * A table as the server makes it where it makes equal keys of one CREATE TABLE only once: the primary key, or else the
 * first, stays, and takes the name of another when it has none.
 */
export function withEqualKeysOnce(table: Table): Table {
  const keys = table.constraints.filter(isKey);
  if (keys.length < 2) return table;
  const first = new Map<string, Key>();
  const inOrder = [
    ...keys.filter(({ kind }) => kind === "primaryKey"),
    ...keys.filter(({ kind }) => kind === "unique"),
  ];
  for (const key of inOrder) {
    const known = first.get(contentOf(key));
    if (known === undefined) first.set(contentOf(key), key);
    else if (known.name === undefined && key.name !== undefined)
      first.set(contentOf(key), { ...known, name: key.name });
  }
  if (first.size === keys.length) return table;
  const constraints = table.constraints.flatMap((constraint): readonly Constraint[] => {
    if (!isKey(constraint)) return [constraint];
    const kept = first.get(contentOf(constraint));
    if (kept?.kind !== constraint.kind) return [];
    first.delete(contentOf(constraint));
    return [kept];
  });
  return { ...table, constraints };
}
