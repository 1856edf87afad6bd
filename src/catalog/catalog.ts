import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { EnumType } from "./enums.js";
import { PersistentMap } from "./persistent-map.js";

/** The key of an object in the catalog: its schema, when it has one, and its name. */
export function catalogKey(schema: Name | undefined, name: Name): string {
  return schema === undefined ? nameText(name) : `${nameText(schema)}.${nameText(name)}`;
}

/** What a catalog holds, by kind of object. */
interface Contents {
  readonly tables: PersistentMap<Table>;
  readonly enums: PersistentMap<EnumType>;
}

/**
 * The schema as replayed so far. Immutable: every change makes a new catalog, and the old one stays as it was, so that
 * what compiles, checks or explains an operation can look at the schema before and after it.
 */
export class Catalog implements Contents {
  /** A catalog without anything in it. */
  static empty(): Catalog {
    return new Catalog({ tables: PersistentMap.empty(), enums: PersistentMap.empty() });
  }

  readonly tables: PersistentMap<Table>;
  readonly enums: PersistentMap<EnumType>;

  private constructor(contents: Contents) {
    this.tables = contents.tables;
    this.enums = contents.enums;
  }

  #with(changed: Partial<Contents>): Catalog {
    return new Catalog({ tables: this.tables, enums: this.enums, ...changed });
  }

  /** The table of that name, or undefined when the replay has not met it. */
  table(schema: Name | undefined, name: Name): Table | undefined {
    return this.tables.get(catalogKey(schema, name));
  }

  withTable(table: Table): Catalog {
    return this.#with({ tables: this.tables.with(catalogKey(table.schema, table.name), table) });
  }

  withoutTable(schema: Name | undefined, name: Name): Catalog {
    return this.#with({ tables: this.tables.with(catalogKey(schema, name), undefined) });
  }

  /** The catalog with one table changed; unchanged when the replay does not know the table. */
  changeTable(schema: Name | undefined, name: Name, change: (table: Table) => Table): Catalog {
    const table = this.table(schema, name);
    return table === undefined ? this : this.withTable(change(table));
  }

  /** The enum type of that name, or undefined when the replay has not met it. */
  enum(schema: Name | undefined, name: Name): EnumType | undefined {
    return this.enums.get(catalogKey(schema, name));
  }

  withEnum(type: EnumType): Catalog {
    return this.#with({ enums: this.enums.with(catalogKey(type.schema, type.name), type) });
  }

  withoutEnum(schema: Name | undefined, name: Name): Catalog {
    return this.#with({ enums: this.enums.with(catalogKey(schema, name), undefined) });
  }
}
