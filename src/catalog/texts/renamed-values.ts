import type { Column } from "../../schema/columns.js";
import { isSqlText, sql, textOfSql, type SqlText } from "../../schema/expressions.js";
import { nameText, sameName } from "../../schema/names.js";
import { isObjectText } from "../../schema/object-text.js";
import type { BoundItem, Partition, PlainBound, PlainBounds } from "../../schema/partitions.js";
import type { SchemaObject } from "../../schema/schema-objects.js";
import type { Table } from "../../schema/tables.js";
import { isType, type SqlType } from "../../schema/types/type.js";
import { referencesIn } from "../bodies.js";
import { catalogKey, type Catalog, type Unknown } from "../catalog.js";
import { enumTypeOf } from "../enums.js";
import { inArrayLiteral, withEnumValue, type RenamedValue } from "./enum-values.js";
import { mentions, type Subject } from "./mentions.js";
import { objectWithTexts, tableWithTexts, type TrackedChange } from "./tracked-texts.js";

/** Gives a value another name in texts, and remembers where that could not be done. */
class Renaming implements TrackedChange {
  isUnclear = false;

  constructor(
    readonly enumType: Subject,
    readonly value: RenamedValue,
    readonly names: ReadonlySet<string>,
  ) {}

  text(text: SqlText): SqlText {
    const renamed = withEnumValue(text, { type: this.enumType, names: this.names }, this.value);
    this.isUnclear ||= renamed === undefined;
    return renamed ?? text;
  }

  type(type: SqlType): SqlType {
    return type;
  }
}

/** Follows a value of one enum type through a catalog. */
class ValueRename {
  constructor(
    readonly before: Catalog,
    readonly type: Subject,
    readonly value: RenamedValue,
    readonly because: Unknown,
  ) {}

  /** Whether a type is the enum type, or a domain over it. */
  #isOf(type: SqlType): boolean {
    if (isType(type, "raw")) return mentions(sql.raw(type.parameters.text), this.type, "result");
    if (isType(type, "DOMAIN")) {
      const domain = this.before.object("domain", type.parameters.schema, type.parameters.name);
      return domain !== undefined && !isObjectText(domain.content) && this.#isOf(domain.content.type);
    }
    if (isType(type, "array")) return false;
    const found = enumTypeOf(type);
    return found !== undefined && catalogKey(found.schema, found.name) === this.#key;
  }

  get #key(): string {
    return catalogKey(this.type.schema, this.type.name ?? "");
  }

  #isArrayOf(type: SqlType): boolean {
    return isType(type, "array") && (this.#isOf(type.parameters.item) || this.#isArrayOf(type.parameters.item));
  }

  #namesOf(tables: readonly Table[]): ReadonlySet<string> {
    const columns = tables.flatMap((table) => table.columns);
    const meant = columns.filter(({ type }) => this.#isOf(type) || this.#isArrayOf(type));
    return new Set(meant.map(({ name }) => nameText(name).toLowerCase()));
  }

  #withDefault(column: Column): Column {
    const { serverDefault, type } = column;
    if (typeof serverDefault !== "string") return column;
    if (this.#isOf(type) && serverDefault === this.value.from) {
      return { ...column, type, serverDefault: this.value.to };
    }
    return this.#isArrayOf(type)
      ? { ...column, type, serverDefault: inArrayLiteral(serverDefault, this.value) }
      : column;
  }

  #table(catalog: Catalog, table: Table): Catalog {
    const change = new Renaming(this.type, this.value, this.#namesOf([table]));
    const columns = table.columns.map((column) => this.#withDefault(column));
    const isSame = columns.every((column, place) => column === table.columns[place]);
    const changed = tableWithTexts(isSame ? table : { ...table, columns }, change);
    const result = changed === table ? catalog : catalog.withTable(changed);
    return change.isUnclear ? result.withUnknown([catalogKey(table.schema, table.name)], this.because) : result;
  }

  /** The tables whose columns an object may name. */
  #tablesOf(object: SchemaObject): readonly Table[] {
    const tables = this.before.tables.values();
    if (object.kind === "trigger") {
      return tables.filter(({ schema, name }) => sameName(object.tableName, name) && sameName(object.schema, schema));
    }
    if (object.kind !== "view" && object.kind !== "materializedView") return [];
    const { content } = object;
    const text = isObjectText(content) ? sql.raw(content.definition ?? "") : content.definition;
    const references = referencesIn(text, {});
    const readsView = this.before.objects
      .values()
      .some((other) => (other.kind === "view" || other.kind === "materializedView") && references.readsTable(other));
    return readsView ? tables : tables.filter((table) => references.readsTable(table));
  }

  #bound(bound: PlainBound, change: Renaming): PlainBound {
    if (bound === this.value.from) return this.value.to;
    if (!isSqlText(bound)) return bound;
    const isLiteral = textOfSql(bound) === `'${this.value.from.replaceAll("'", "''")}'`;
    return isLiteral ? sql.literal(this.value.to) : change.text(bound);
  }

  #partition(partition: Partition): Partition {
    const table = this.before.table(partition.schema, partition.tableName);
    const names = table === undefined ? new Set<string>() : this.#namesOf([table]);
    const by = table?.options.postgresql?.["partitionBy"];
    const key = typeof by === "string" ? by.toLowerCase() : "";
    if (![...names].some((name) => key.includes(name))) return partition;
    const change = new Renaming(this.type, this.value, names);
    const item = (bound: BoundItem): BoundItem =>
      Array.isArray(bound)
        ? (bound as readonly PlainBound[]).map((one) => this.#bound(one, change))
        : this.#bound(bound as PlainBound, change);
    const { bounds } = partition;
    const changed = (): PlainBounds => {
      if (bounds === "default" || "modulus" in bounds) return bounds;
      if ("in" in bounds) return { in: bounds.in.map(item) };
      return { ...(bounds.from !== undefined && { from: item(bounds.from) }), to: item(bounds.to) };
    };
    return { ...partition, bounds: changed() };
  }

  #object(catalog: Catalog, object: SchemaObject): Catalog {
    const rules = catalog.rules.dependents;
    if (rules === undefined) return catalog;
    if (object.kind === "partition") return catalog.withObject(this.#partition(object));
    const isOwn = object.kind === "domain" && !isObjectText(object.content) && this.#isOf(object.content.type);
    const names = isOwn ? new Set(["value"]) : this.#namesOf(this.#tablesOf(object));
    const change = new Renaming(this.type, this.value, names);
    let changed = objectWithTexts(object, change, rules);
    if (isOwn && changed.kind === "domain" && !isObjectText(changed.content)) {
      const { serverDefault } = changed.content;
      const isValue = serverDefault === this.value.from;
      if (isValue) changed = { ...changed, content: { ...changed.content, serverDefault: this.value.to } };
    }
    const result = changed === object ? catalog : catalog.withObject(changed);
    return change.isUnclear ? result.withUnknown([catalogKey(object.schema, object.name)], this.because) : result;
  }

  apply(catalog: Catalog): Catalog {
    const tables = catalog.tables.values().reduce((current, table) => this.#table(current, table), catalog);
    return tables.objects.values().reduce((current, object) => this.#object(current, object), tables);
  }
}

/** The catalog in which all texts have a value of an enum type under its new name, where the server follows it. */
export function withValueRenamed(
  catalog: Catalog,
  type: Pick<Subject, "schema" | "name">,
  value: RenamedValue,
  because: Unknown,
): Catalog {
  if (catalog.rules.dependents?.tracksMentions !== true) return catalog;
  return new ValueRename(catalog, { ...type, kind: "type" }, value, because).apply(catalog);
}
