import type { Catalog } from "../../../src/catalog/catalog.js";
import type { Breach, TableView } from "../../../src/compiler/server-rules.js";
import type { Constraint } from "../../../src/schema/constraints.js";
import type { Index } from "../../../src/schema/indexes.js";
import type { Name } from "../../../src/schema/names.js";
import { nameText, sameName } from "../../../src/schema/names.js";
import { constraintsOf, type Table } from "../../../src/schema/tables.js";

/** What of a table has a name: its constraints and its indexes. */
export type Named = Constraint | Index;

/** How far the names of one kind of things reach. */
export interface NameSpace {
  /** How messages call these things. */
  readonly what: string;
  readonly has: (item: Named) => boolean;
  /** No two things of a schema have one name, or no two of a table. */
  readonly reach: "schema" | "table";
  /** Tables and views are among the things. */
  readonly withTables?: boolean;
}

/** The names that the things of a space have in a table, each as often as it is there. */
function namesIn(table: Table, { has }: NameSpace): readonly string[] {
  return [...constraintsOf(table), ...table.indexes].flatMap((item) => {
    if (!has(item)) return [];
    const name = item.name ?? (item.kind === "index" ? undefined : item.impliedName);
    return name === undefined ? [] : [nameText(name)];
  });
}

function isRelation(catalog: Catalog, schema: Name | undefined, name: string): boolean {
  return (
    catalog.table(schema, name) !== undefined ||
    catalog.object("view", schema, name) !== undefined ||
    catalog.object("materializedView", schema, name) !== undefined
  );
}

/** The table, other than this one, that has something of a name. */
function otherOwner(catalog: Catalog, table: Table, name: string, space: NameSpace): Table | undefined {
  if (!catalog.isNameTakenBeside(table, name)) return undefined;
  return catalog.tables
    .values()
    .filter((other) => sameName(other.schema, table.schema) && !sameName(other.name, table.name))
    .filter((other) => catalog.unknownBecauseOf(other.schema, other.name) === undefined)
    .find((other) => namesIn(other, space).includes(name));
}

/** Constraints and indexes have names that nothing else has, as far as the server wants them to. */
export function distinctNames(spaces: readonly NameSpace[]) {
  return function* ({ table, catalog }: TableView): Iterable<Breach> {
    for (const space of spaces) {
      const names = namesIn(table, space);
      for (const [position, name] of names.entries()) {
        const hint = "Give it another name.";
        if (names.indexOf(name) < position) {
          yield { text: `the table "${nameText(table.name)}" has two of the name "${name}" (${space.what}).`, hint };
        }
        if (space.reach === "table") continue;
        if (space.withTables === true && isRelation(catalog, table.schema, name)) {
          yield { text: `"${name}" of "${nameText(table.name)}" has the name of a table or view.`, hint };
        }
        const other = otherOwner(catalog, table, name, space);
        if (other === undefined) continue;
        yield {
          text: `"${name}" of "${nameText(table.name)}" has the name of another of "${nameText(other.name)}" (${space.what}).`,
          hint,
        };
      }
    }
  };
}

export const isIndex = (item: Named): boolean => item.kind === "index";
export const isKey = (item: Named): boolean =>
  item.kind === "primaryKey" || item.kind === "unique" || item.kind === "exclude";
export const isForeignKey = (item: Named): boolean => item.kind === "foreignKey";
export const isCheck = (item: Named): boolean => item.kind === "check";
export const isConstraint = (item: Named): boolean => item.kind !== "index";
