import { SchemaError, type Origin } from "../errors.js";
import type { Column } from "../schema/columns.js";
import type { Constraint, Unique } from "../schema/constraints.js";
import { mentionsColumn } from "../schema/column-mentions.js";
import { isSqlText, sql, type SqlText } from "../schema/expressions.js";
import type { Index } from "../schema/indexes.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { isObjectText } from "../schema/object-text.js";
import { isType } from "../schema/types/type.js";
import { nearest } from "../suggestion.js";
import type { Catalog } from "./catalog.js";
import { catalogKey } from "./catalog.js";
import { type ObjectKind, type ObjectOf, type SchemaObject } from "../schema/schema-objects.js";
import type { TableName } from "./body-references.js";
import { dependentBodies, objectName, tableTitle } from "./dependent-bodies.js";
import type { ChangeOfSubject } from "./dependent-rules.js";
import { keysNeeding } from "./dependents.js";
import { columnsOfEnum } from "./enums.js";
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

  /** Nothing else stands on a table that is dropped. */
  nothingDependsOnTable(table: Table, mended: readonly string[] = []): void {
    const keys = this.#keysOnTable(table, mended);
    const dependents = [...keys, ...this.#bodiesOn("dropTable", table, undefined, mended)];
    this.#refuseDependents(`the table "${catalogKey(table.schema, table.name)}" cannot be dropped`, dependents);
  }

  /** The foreign keys to a table that is dropped; a server that does not look for their tables lets them fail later. */
  #keysOnTable(table: Table, mended: readonly string[]): readonly Dependent[] {
    const fate = this.catalog.rules.takesForwardKeys === true ? "breaks" : "refuses";
    if (fate === "breaks" && mended.includes(tableTitle(table))) return [];
    return this.#foreignKeysTo(table)
      .filter(({ owner }) => fate === "refuses" || !mended.includes(tableTitle(owner)))
      .map(({ from, name }) => ({ text: `foreign key ${name} of ${from}`, fate }));
  }

  #foreignKeysTo(table: Table, column?: Name): readonly KeyOnTable[] {
    if (this.foreignKeysUnchecked) return [];
    return this.catalog.tablesReferringTo(table.schema, table.name).flatMap((other) => {
      if (sameName(other.name, table.name) && sameName(other.schema, table.schema)) return [];
      return other.constraints.flatMap((constraint) => {
        if (constraint.kind !== "foreignKey") return [];
        if (!sameName(constraint.referredTable, table.name) || !sameName(constraint.referredSchema, table.schema))
          return [];
        if (column !== undefined && !constraint.referredColumns.some((name) => sameName(name, column))) return [];
        const name = constraint.name === undefined ? constraint.impliedName : nameText(constraint.name);
        return [
          {
            owner: other,
            from: catalogKey(other.schema, other.name),
            name: name ?? `on ${constraint.columns.map(nameText).join(", ")}`,
          },
        ];
      });
    });
  }

  #bodiesOn(change: ChangeOfSubject, table: TableName, column: Name | undefined, mended: readonly string[]) {
    return dependentBodies(this.catalog, change, table, column)
      .filter(({ object, fate }) => fate === "refuses" || !mended.includes(objectName(object)))
      .map(({ object, fate }) => ({ text: objectName(object), fate }));
  }

  /** No other view reads from a view that is dropped. */
  nothingDependsOnView(schema: Name | undefined, name: Name, mended: readonly string[] = []): void {
    const others = this.#bodiesOn("dropTable", { schema, name }, undefined, mended);
    this.#refuseDependents(`the view "${catalogKey(schema, name)}" cannot be dropped`, others);
  }

  /** No foreign key, view or trigger uses a column that is dropped. */
  nothingDependsOnColumn(table: Table, name: Name, mended: readonly string[] = []): void {
    const keys = this.#foreignKeysTo(table, name).map(({ from, name: key }) =>
      refusing(`foreign key ${key} of ${from}`),
    );
    const bodies = this.#bodiesOn("dropColumn", table, name, mended);
    this.#refuseDependents(`the column "${nameText(table.name)}.${nameText(name)}" cannot be dropped`, [
      ...keys,
      ...bodies,
    ]);
  }

  /** No view or trigger uses a column whose type changes, where the server minds. */
  noBodyOnRetypedColumn(table: Table, name: Name, mended: readonly string[] = []): void {
    const bodies = this.#bodiesOn("retype", table, name, mended);
    this.#refuseDependents(`the type of "${nameText(table.name)}.${nameText(name)}" cannot change`, bodies);
  }

  /** No view or trigger names a table or column by the name that it loses, where the server does not follow. */
  noBodyOnRenamed(table: TableName, column: Name | undefined, mended: readonly string[] = []): void {
    const key = catalogKey(table.schema, table.name);
    const what = column === undefined ? `the table "${key}"` : `the column "${key}.${nameText(column)}"`;
    this.#refuseDependents(`${what} cannot be renamed`, this.#bodiesOn("rename", table, column, mended));
  }

  /** No foreign key of another table needs a primary key or unique constraint that is dropped. */
  nothingDependsOnConstraint(table: Table, constraint: Constraint): void {
    if (this.catalog.rules.takesForwardKeys === true) return;
    const keys = keysNeeding(this.catalog, table, constraint).map(({ owner, key }) => {
      return refusing(`foreign key ${constraintText(key)} of ${catalogKey(owner.schema, owner.name)}`);
    });
    this.#refuseDependents(`the constraint "${constraintText(constraint)}" cannot be dropped`, keys);
  }

  /** No column and no routine is of an enum type that is dropped. */
  nothingDependsOnEnum(schema: Name | undefined, name: Name): void {
    if (this.catalog.enum(schema, name) === undefined) return;
    const columns = columnsOfEnum(this.catalog, { schema, name }).map((column) => refusing(`column ${column}`));
    const routines = this.catalog.objects
      .values()
      .filter((object) => typesOf(object).some((type) => mentionsColumn(type, name)))
      .map((object) => refusing(objectName(object)));
    this.#refuseDependents(`the enum type "${catalogKey(schema, name)}" cannot be dropped`, [...columns, ...routines]);
  }

  #refuseDependents(text: string, dependents: readonly Dependent[]): void {
    if (dependents.length === 0) return;
    const names = dependents.map((dependent) => dependent.text);
    const breaks = dependents.every(({ fate }) => fate === "breaks");
    throw this.error(
      "has-dependents",
      `${text}: ${names.join(", ")} ${breaks ? "would fail from then on" : "use it"}.`,
      breaks
        ? "The server lets it through: drop or replace what depends on it in the same revision."
        : "Drop what depends on it first, and make it anew after.",
      { dependents: names },
    );
  }
}

/** A foreign key to a table, the table that it is of, and what both are called. */
interface KeyOnTable {
  readonly owner: Table;
  readonly from: string;
  readonly name: string;
}

/** What depends on something, in words, and what the server does about it. */
interface Dependent {
  readonly text: string;
  readonly fate: "refuses" | "breaks";
}

function refusing(text: string): Dependent {
  return { text, fate: "refuses" };
}

function constraintText({ name, impliedName }: Constraint): string {
  return name === undefined ? (impliedName ?? "without a name") : nameText(name);
}

/** The SQL text of the types that an object has: its parameters and what it returns, what it is made of. */
function typesOf(object: SchemaObject): readonly SqlText[] {
  switch (object.kind) {
    case "function":
    case "procedure":
      return object.overloads.flatMap(({ signature, content }) => {
        const returned = "returns" in content && isSqlText(content.returns) ? [content.returns] : [];
        return [sql.raw(signature), ...returned];
      });
    case "domain":
      if (isObjectText(object.content)) return object.content.statements.map((text) => sql.raw(text));
      return isType(object.content.type, "raw") ? [sql.raw(object.content.type.parameters.text)] : [];
    default:
      return [];
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
