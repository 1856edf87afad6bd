import { SchemaError, type Origin } from "../errors.js";
import type { Column } from "../schema/columns.js";
import type { Constraint, Unique } from "../schema/constraints.js";
import { isSqlText, type SqlText } from "../schema/expressions.js";
import type { Index } from "../schema/indexes.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { nearest } from "../suggestion.js";
import type { Catalog } from "./catalog.js";
import { catalogKey } from "./catalog.js";
import { relationClasses, type OtherClass } from "../schema/other-objects.js";
import { type ObjectKind, type ObjectOf } from "../schema/schema-objects.js";
import { constraintIsNamed, findColumn, indexNamed } from "./table-changes.js";
import { constraintsOf } from "../schema/tables.js";

function at(origin: Origin | undefined): string {
  return origin === undefined ? "" : ` (${origin.file}:${origin.line})`;
}

function suggestion(name: string, candidates: readonly string[], what: string): string {
  const candidate = nearest(name, candidates);
  if (candidate !== undefined) return `Did you mean "${candidate}"?`;
  if (candidates.length === 0) return `No ${what} is known at this point of the history.`;
  const shown = candidates.slice(0, 12).join(", ");
  return `Known here: ${shown}${candidates.length > 12 ? ", …" : ""}.`;
}

/** Says what an operation needs of the schema, and refuses it when the replay knows better. */
export class SchemaChecks {
  constructor(
    readonly catalog: Catalog,
    /** What is being done, as the messages begin: `op.addColumn`. */
    readonly doing: string,
    /** The server does not look for the tables of foreign keys. */
    readonly foreignKeysUnchecked = false,
  ) {}

  /** An error that says what is being done. */
  error(code: string, text: string, hint: string, data: Record<string, unknown> = {}): SchemaError {
    return new SchemaError(code, `${this.doing}: ${text}`, { hint, data });
  }

  /** Nothing is claimed of an object that raw SQL may have made or changed, nor of what lies outside the replay. */
  isUncertain(schema: Name | undefined, name: Name): boolean {
    return !this.catalog.isComplete || this.catalog.unknownBecauseOf(schema, name) !== undefined;
  }

  /** The table, when it is known; undefined when nothing can be said of it. */
  table(schema: Name | undefined, name: Name): Table | undefined {
    const table = this.catalog.table(schema, name);
    if (table !== undefined) return this.catalog.unknownBecauseOf(schema, name) === undefined ? table : undefined;
    const key = catalogKey(schema, name);
    const dropped = this.catalog.dropped.get(key);
    if (dropped !== undefined && this.catalog.unknownBecauseOf(schema, name) === undefined) {
      throw this.error(
        "dropped-table",
        `the table "${key}" was dropped or renamed before${at(dropped.origin)}.`,
        "Put the call before the drop, or name the table as it is called now.",
        { table: key },
      );
    }
    if (this.isUncertain(schema, name)) return undefined;
    if (this.isView(schema, name)) return undefined;
    throw this.error(
      "unknown-table",
      `there is no table "${key}".`,
      suggestion(key, this.catalog.tables.keys(), "table"),
      {
        table: key,
      },
    );
  }

  isView(schema: Name | undefined, name: Name): boolean {
    const key = catalogKey(schema, name);
    const isRelation = (kind: OtherClass): boolean => this.catalog.others.has(`${kind} ${key}`);
    if (relationClasses.some(isRelation)) return true;
    return (["view", "materializedView"] as const).some(
      (kind) => this.catalog.object(kind, schema, name) !== undefined,
    );
  }

  /** No table or view of that name exists yet. */
  noTable(schema: Name | undefined, name: Name): void {
    if (this.catalog.unknownBecauseOf(schema, name) !== undefined) return;
    if (this.catalog.table(schema, name) === undefined && !this.isView(schema, name)) return;
    const key = catalogKey(schema, name);
    throw this.error(
      "table-exists",
      `the table or view "${key}" exists already.`,
      "Give the new one another name, drop the old one first, or write ifNotExists: true.",
      {
        table: key,
      },
    );
  }

  column(table: Table, name: Name): Column {
    const column = findColumn(table, name);
    if (column !== undefined) return column;
    const columns = table.columns.map((known) => nameText(known.name));
    throw this.error(
      "unknown-column",
      `the table "${nameText(table.name)}" has no column "${nameText(name)}".`,
      suggestion(nameText(name), columns, "column"),
      { table: nameText(table.name), column: nameText(name) },
    );
  }

  columns(table: Table, names: readonly (Name | SqlText)[]): void {
    for (const name of names) if (!isSqlText(name)) this.column(table, name);
  }

  noColumn(table: Table, name: Name): void {
    if (findColumn(table, name) === undefined) return;
    throw this.error(
      "column-exists",
      `the table "${nameText(table.name)}" has a column "${nameText(name)}" already.`,
      "Give the new column another name, or change the one that is there with op.alterColumn.",
      { table: nameText(table.name), column: nameText(name) },
    );
  }

  constraint(table: Table, name: Name): Constraint {
    const constraint = constraintsOf(table).find((known) => constraintIsNamed(known, name));
    if (constraint !== undefined) return constraint;
    const names = constraintsOf(table).flatMap(
      (known) => known.impliedName ?? (known.name ? nameText(known.name) : []),
    );
    throw this.error(
      "unknown-constraint",
      `the table "${nameText(table.name)}" has no constraint "${nameText(name)}".`,
      suggestion(nameText(name), names, "constraint of the table"),
      { table: nameText(table.name), constraint: nameText(name) },
    );
  }

  /** No constraint of the table has the name of a new one; a primary key is the only one. */
  noConstraint(table: Table, constraint: Constraint): void {
    const { name } = constraint;
    if (name !== undefined && constraintsOf(table).some((known) => constraintIsNamed(known, name))) {
      throw this.error(
        "constraint-exists",
        `the table "${nameText(table.name)}" has a constraint "${nameText(name)}" already.`,
        "Give the new constraint another name, or drop the old one first.",
        { table: nameText(table.name), constraint: nameText(name) },
      );
    }
    if (constraint.kind === "primaryKey" && table.constraints.some((known) => known.kind === "primaryKey")) {
      throw this.error(
        "primary-key-exists",
        `the table "${nameText(table.name)}" has a primary key already.`,
        "Drop the old primary key first.",
        { table: nameText(table.name) },
      );
    }
  }

  index(table: Table, name: Name): Index | Unique {
    const index = indexNamed(table, name) ?? this.#uniqueThatIsIndex(table, name);
    if (index !== undefined) return index;
    const names = table.indexes.flatMap((known) => (known.name === undefined ? [] : [nameText(known.name)]));
    throw this.error(
      "unknown-index",
      `the table "${nameText(table.name)}" has no index "${nameText(name)}".`,
      suggestion(nameText(name), names, "index of the table"),
      { table: nameText(table.name), index: nameText(name) },
    );
  }

  #uniqueThatIsIndex(table: Table, name: Name): Unique | undefined {
    if (this.catalog.rules.uniquesAreIndexes !== true) return undefined;
    return table.constraints.find(
      (constraint): constraint is Unique => constraint.kind === "unique" && constraintIsNamed(constraint, name),
    );
  }

  noIndex(table: Table, name: Name): void {
    if (indexNamed(table, name) === undefined) return;
    throw this.error(
      "index-exists",
      `the table "${nameText(table.name)}" has an index "${nameText(name)}" already.`,
      "Give the new index another name, or write ifNotExists: true.",
      { table: nameText(table.name), index: nameText(name) },
    );
  }

  object<K extends ObjectKind>(
    kind: K,
    schema: Name | undefined,
    name: Name,
    tableName?: Name,
  ): ObjectOf<K> | undefined {
    const object = this.catalog.object(kind, schema, name, tableName);
    if (object !== undefined || this.isUncertain(schema, name)) return object;
    const key = catalogKey(schema, name);
    const known = this.catalog.objects.values().filter((other) => other.kind === kind);
    const names = known.map((other) => catalogKey(other.schema, other.name));
    throw this.error(`unknown-${kind}`, `there is no ${kind} "${key}".`, suggestion(key, names, kind), {
      [kind]: key,
    });
  }

  noObject(kind: ObjectKind, schema: Name | undefined, name: Name, tableName?: Name): void {
    if (this.catalog.object(kind, schema, name, tableName) === undefined) return;
    if (this.catalog.unknownBecauseOf(schema, name) !== undefined) return;
    const key = catalogKey(schema, name);
    throw this.error(
      `${kind}-exists`,
      `the ${kind} "${key}" exists already.`,
      "Give the new one another name, or drop the old one first.",
      { [kind]: key },
    );
  }

  /** The columns of a foreign key exist on both sides and are of types that can be compared. */
  foreignKey(table: Table, constraint: Constraint): void {
    if (constraint.kind !== "foreignKey") return;
    const { referredSchema, referredTable, referredColumns, columns } = constraint;
    const isSelf = sameName(referredTable, table.name) && sameName(referredSchema, table.schema);
    const mayBeMissing = this.foreignKeysUnchecked || this.catalog.rules.takesForwardKeys === true;
    if (mayBeMissing && !isSelf && this.catalog.table(referredSchema, referredTable) === undefined) return;
    const referred = isSelf ? table : this.table(referredSchema, referredTable);
    if (referred === undefined) return;
    referredColumns.forEach((name, position) => {
      const target = this.column(referred, name);
      const local = columns[position];
      const source = local === undefined ? undefined : findColumn(table, local);
      if (source === undefined) return;
      const [one, other] = [typeFamily(source), typeFamily(target)];
      if (one === undefined || other === undefined || one === other) return;
      if (this.catalog.rules.comparesKeyTypes === false) return;
      throw this.error(
        "foreign-key-types",
        `the column "${nameText(source.name)}" (${source.type.name}) cannot refer to ` +
          `"${nameText(referred.name)}.${nameText(target.name)}" (${target.type.name}).`,
        "Give both columns the same type.",
        { column: nameText(source.name), referred: `${nameText(referred.name)}.${nameText(target.name)}` },
      );
    });
  }
}

const families: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    number: [
      ...["integer", "bigInteger", "smallInteger", "INTEGER", "BIGINT", "SMALLINT", "MEDIUMINT", "TINYINT"],
      ...["numeric", "NUMERIC", "DECIMAL", "NUMBER"],
    ],
    text: [
      "string",
      "text",
      "unicode",
      "unicodeText",
      "VARCHAR",
      "CHAR",
      "TEXT",
      "NVARCHAR",
      "NCHAR",
      "VARCHAR2",
      "NVARCHAR2",
    ],
    uuid: ["uuid", "UUID", "UNIQUEIDENTIFIER"],
    date: ["date", "DATE"],
    dateTime: ["dateTime", "DATETIME", "TIMESTAMP", "DATETIME2", "DATETIMEOFFSET"],
    boolean: ["boolean", "BOOLEAN"],
    bytes: ["largeBinary", "BYTEA", "BLOB", "BINARY", "VARBINARY"],
  }).flatMap(([family, names]) => names.map((name) => [name, family])),
);

/** Types of different families cannot refer to one another on any server; of others nothing is said. */
function typeFamily(column: Column): string | undefined {
  return families[column.type.name];
}
