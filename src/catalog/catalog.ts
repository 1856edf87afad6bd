import type { Origin } from "../errors.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { Index } from "../schema/indexes.js";
import type { Table } from "../schema/tables.js";
import type { EnumType } from "../schema/enum-types.js";
import { isOfKind, tableNameOf, type ObjectKind, type ObjectOf, type SchemaObject } from "../schema/schema-objects.js";
import type { OtherName, OtherObject } from "../schema/other-objects.js";
import { PersistentMap } from "./persistent-map.js";
import { catalogKey } from "./catalog-key.js";
import { namesAfter, namesOf, referrersAfter } from "./lookups.js";
import { othersOfLostParts, othersOfObject } from "./lost-others.js";
import { noRules, withImpliedNames, type CatalogRules } from "./rules.js";

export { catalogKey } from "./catalog-key.js";

function objectKey(kind: ObjectKind, schema: Name | undefined, name: Name, tableName: Name | undefined): string {
  const key = catalogKey(schema, name);
  return tableName === undefined ? `${kind} ${key}` : `${kind} ${key} ${nameText(tableName)}`;
}

function otherKey({ class: kind, schema, name, tableName }: OtherName): string {
  return [kind, catalogKey(schema, name), ...(tableName === undefined ? [] : [nameText(tableName)])].join(" ");
}

/** SQL text that the replay does not understand, and that may have changed an object. */
export interface Unknown {
  readonly sql: string;
  readonly origin: Origin | undefined;
}

/** What a catalog holds, by kind of object. */
interface Contents {
  readonly tables: PersistentMap<Table>;
  readonly enums: PersistentMap<EnumType>;
  readonly objects: PersistentMap<SchemaObject>;
  /** What is known by its text alone. */
  readonly others: PersistentMap<OtherObject>;
  /** Enum types that went with their last column. Alembic leaves such types: a database that it managed has them. */
  readonly enumsGone: PersistentMap<EnumType>;
  /** What is known of tables that were dropped: where it happened. */
  readonly dropped: PersistentMap<{ readonly origin: Origin | undefined }>;
  readonly unknown: PersistentMap<Unknown>;
  /** How many tables of a schema have a constraint or index of a name: what a server must not give once more. */
  readonly names: PersistentMap<number>;
  /** The keys of the tables whose foreign keys refer to a table, by its key. */
  readonly referrers: PersistentMap<readonly string[]>;
}

/** Keys of a catalog, by kind. */
export interface CatalogDifferences {
  readonly tables: readonly string[];
  readonly enums: readonly string[];
  readonly objects: readonly string[];
  readonly others: readonly string[];
}

export interface CatalogSettings {
  readonly rules?: CatalogRules | undefined;
  /**
   * Everything that exists is known: the replay began with an empty database. Otherwise what is not in the catalog may
   * still exist, and nothing is said about it.
   */
  readonly isComplete?: boolean | undefined;
}

/**
 * The schema as replayed so far. Immutable: every change makes a new catalog, and the old one stays as it was, so that
 * what compiles, checks or explains an operation can look at the schema before and after it.
 */
export class Catalog implements Contents {
  readonly tables: PersistentMap<Table>;
  readonly enums: PersistentMap<EnumType>;
  readonly objects: PersistentMap<SchemaObject>;
  readonly others: PersistentMap<OtherObject>;
  readonly enumsGone: PersistentMap<EnumType>;
  readonly dropped: PersistentMap<{ readonly origin: Origin | undefined }>;
  readonly unknown: PersistentMap<Unknown>;
  readonly names: PersistentMap<number>;
  readonly referrers: PersistentMap<readonly string[]>;
  readonly rules: CatalogRules;
  readonly isComplete: boolean;

  private constructor(contents: Contents, settings: CatalogSettings, changed: Partial<Contents> = {}) {
    this.tables = changed.tables ?? contents.tables;
    this.enums = changed.enums ?? contents.enums;
    this.objects = changed.objects ?? contents.objects;
    this.others = changed.others ?? contents.others;
    this.enumsGone = changed.enumsGone ?? contents.enumsGone;
    this.dropped = changed.dropped ?? contents.dropped;
    this.unknown = changed.unknown ?? contents.unknown;
    this.names = changed.names ?? contents.names;
    this.referrers = changed.referrers ?? contents.referrers;
    this.rules = settings.rules ?? noRules;
    this.isComplete = settings.isComplete ?? false;
  }

  /** A catalog without anything in it; complete only when it stands for an empty database. */
  static empty(settings: CatalogSettings = {}): Catalog {
    const contents: Contents = {
      tables: PersistentMap.empty(),
      enums: PersistentMap.empty(),
      objects: PersistentMap.empty(),
      others: PersistentMap.empty(),
      enumsGone: PersistentMap.empty(),
      dropped: PersistentMap.empty(),
      unknown: PersistentMap.empty(),
      names: PersistentMap.empty(),
      referrers: PersistentMap.empty(),
    };
    return new Catalog(contents, settings);
  }

  #with(changed: Partial<Contents>): Catalog {
    return new Catalog(this, this, changed);
  }

  /**
   * The keys of what differs between two catalogs of one replay, by kind; undefined when they are of different replays.
   */
  differences(other: Catalog): CatalogDifferences | undefined {
    const tables = this.tables.differingKeys(other.tables);
    const enums = this.enums.differingKeys(other.enums);
    const objects = this.objects.differingKeys(other.objects);
    const others = this.others.differingKeys(other.others);
    return tables && enums && objects && others && { tables, enums, objects, others };
  }

  /** The table of that name, or undefined when the replay has not met it. */
  table(schema: Name | undefined, name: Name): Table | undefined {
    return this.tables.get(catalogKey(schema, name));
  }

  withTable(table: Table): Catalog {
    const key = catalogKey(table.schema, table.name);
    const old = this.tables.get(key);
    const named = withImpliedNames(table, this.rules, this.#isTaken(table.schema, old));
    const tables = this.tables.with(key, named);
    const dropped = this.dropped.has(key) ? this.dropped.with(key, undefined) : this.dropped;
    const names = this.#namesAfter(old, named);
    const others =
      old === undefined ? this.others : this.#othersAfter(() => othersOfLostParts(this.others, old, named));
    return this.#with({ tables, dropped, names, others, referrers: referrersAfter(this.referrers, key, old, named) });
  }

  /** Whether a table of the schema, other than this one, has something of a name. */
  #isTaken(schema: Name | undefined, table: Table | undefined): (name: string) => boolean {
    return (name) => (this.names.get(catalogKey(schema, name)) ?? 0) > (namesOf(table).includes(name) ? 1 : 0);
  }

  /** Whether a table of the same schema, other than this one, has a constraint or index of a name. */
  isNameTakenBeside(table: Table, name: string): boolean {
    return this.#isTaken(table.schema, this.table(table.schema, table.name))(name);
  }

  /** The name that the server gives a new index of a table, when it can be foretold. */
  impliedIndexName(index: Index, table: Table): string | undefined {
    const known = this.table(table.schema, table.name);
    return this.rules.impliedIndexName?.(index, table, this.#isTaken(table.schema, known));
  }

  withoutTable(schema: Name | undefined, name: Name, origin?: Origin): Catalog {
    const key = catalogKey(schema, name);
    const old = this.tables.get(key);
    const tables = this.tables.with(key, undefined);
    const names = this.#namesAfter(old, undefined);
    const referrers = referrersAfter(this.referrers, key, old, undefined);
    return this.#with({ tables, names, referrers, dropped: this.dropped.with(key, { origin }) });
  }

  /** The names once a table has changed. */
  #namesAfter(old: Table | undefined, changed: Table | undefined): PersistentMap<number> {
    return namesAfter(this.names, (changed ?? old)?.schema, old, changed);
  }

  /** The tables whose foreign keys refer to a table, sorted; the table itself may be among them. */
  tablesReferringTo(schema: Name | undefined, name: Name): readonly Table[] {
    const keys = this.referrers.get(catalogKey(schema, name)) ?? [];
    return keys.map((key) => this.tables.get(key)).filter((table) => table !== undefined);
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
    const key = catalogKey(type.schema, type.name);
    const enumsGone = this.enumsGone.has(key) ? this.enumsGone.with(key, undefined) : this.enumsGone;
    return this.#with({ enums: this.enums.with(key, type), enumsGone });
  }

  withoutEnum(schema: Name | undefined, name: Name): Catalog {
    const key = catalogKey(schema, name);
    const enumsGone = this.enumsGone.has(key) ? this.enumsGone.with(key, undefined) : this.enumsGone;
    return this.#with({ enums: this.enums.with(key, undefined), enumsGone });
  }

  /** The catalog without an enum type that goes with its last column. */
  withoutEnumOfColumn(type: EnumType): Catalog {
    const key = catalogKey(type.schema, type.name);
    return this.#with({ enums: this.enums.with(key, undefined), enumsGone: this.enumsGone.with(key, type) });
  }

  /** The enum type of that name that went with its last column, and is not there since. */
  enumGoneWithColumn(schema: Name | undefined, name: Name): EnumType | undefined {
    return this.enumsGone.get(catalogKey(schema, name));
  }

  /** An object beside tables and enum types; a trigger or partition is looked for among those of its table. */
  object<K extends ObjectKind>(
    kind: K,
    schema: Name | undefined,
    name: Name,
    tableName?: Name,
  ): ObjectOf<K> | undefined {
    const object = this.objects.get(objectKey(kind, schema, name, tableName));
    return object !== undefined && isOfKind(object, kind) ? object : undefined;
  }

  withObject(object: SchemaObject): Catalog {
    const { kind, schema, name } = object;
    const key = objectKey(kind, schema, name, tableNameOf(object));
    return this.#with({ objects: this.objects.with(key, object) });
  }

  withoutObject(kind: ObjectKind, schema: Name | undefined, name: Name, tableName?: Name): Catalog {
    const key = objectKey(kind, schema, name, tableName);
    const object = this.objects.get(key);
    const others = object === undefined ? this.others : this.#othersAfter(() => othersOfObject(this.others, object));
    return this.#with({ objects: this.objects.with(key, undefined), others });
  }

  /** What is known by its text alone, without some of it; there is seldom any. */
  #othersAfter(lost: () => readonly OtherObject[]): PersistentMap<OtherObject> {
    if (this.others.size === 0) return this.others;
    return lost().reduce((others, object) => others.with(otherKey(object), undefined), this.others);
  }

  /** The catalog without an object that it has. */
  without(object: SchemaObject): Catalog {
    return this.withoutObject(object.kind, object.schema, object.name, tableNameOf(object));
  }

  /** What is known by its text alone, by all that tells it from others. */
  other(name: OtherName): OtherObject | undefined {
    return this.others.get(otherKey(name));
  }

  withOther(object: OtherObject): Catalog {
    return this.#with({ others: this.others.with(otherKey(object), object) });
  }

  withoutOther(name: OtherName): Catalog {
    return this.#with({ others: this.others.with(otherKey(name), undefined) });
  }

  /** The SQL text that made an object unknown; undefined when nothing did. */
  unknownBecauseOf(schema: Name | undefined, name: Name): Unknown | undefined {
    return this.unknown.get(catalogKey(schema, name)) ?? this.unknown.get(everything);
  }

  /** The catalog after SQL text that is not understood: the objects that it names may be anything now. */
  withUnknown(names: readonly string[], because: Unknown): Catalog {
    let { unknown } = this;
    for (const name of names) unknown = unknown.with(name, unknown.get(name) ?? because);
    return this.#with({ unknown });
  }
}

/** The key that stands for every object. */
const everything = "*";
