import { SchemaError } from "../errors.js";
import type { Column, Computed, Identity, ServerDefaultValue } from "../schema/columns.js";
import { computedOf, defaultOf, identityOf } from "../schema/columns.js";
import type { Constraint, ConstraintKind } from "../schema/constraints.js";
import { isSqlText, textOfSql } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { countsUp, isNullableIn } from "../schema/tables.js";
import { isNumber, numberOf } from "../schema/values.js";
import type { SqlType } from "../schema/types/type.js";
import { nearest } from "../suggestion.js";
import { catalogKey, type Catalog } from "./catalog.js";
import { findColumn, indexNamed } from "./table-changes.js";

/** In which schema a question is asked; the default schema when left out. */
export interface InSchema {
  readonly schema?: Name | null;
}

export interface InspectedColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly default: ServerDefaultValue | null;
  readonly autoincrement: boolean;
  readonly comment: string | null;
  readonly identity?: Identity;
  readonly computed?: Computed;
}

export interface InspectedKey {
  readonly name: string | null;
  readonly constrainedColumns: readonly string[];
}

export interface InspectedForeignKey extends InspectedKey {
  readonly referredSchema: string | null;
  readonly referredTable: string;
  readonly referredColumns: readonly string[];
  readonly options: {
    readonly onUpdate?: string;
    readonly onDelete?: string;
    readonly deferrable?: boolean;
    readonly initially?: string;
    readonly match?: string;
  };
}

export interface InspectedIndex {
  readonly name: string | null;
  /** Names; null where the index has an expression. */
  readonly columnNames: readonly (string | null)[];
  readonly unique: boolean;
  /** All elements as text, when one of them is an expression. */
  readonly expressions?: readonly string[];
}

/**
 * Answers questions about the replayed schema, in the shapes of SQLAlchemy's inspector. A question about an object that
 * raw SQL made unknown is an error that shows the SQL: a guess would become a script.
 */
export class Inspector {
  readonly #catalog: () => Catalog;
  readonly #refuse: (error: SchemaError) => unknown;

  /** @param refuse - is told of a question that has no answer, before the error is thrown to whoever asked */
  constructor(catalog: () => Catalog, refuse: (error: SchemaError) => unknown = (error) => error) {
    this.#catalog = catalog;
    this.#refuse = refuse;
  }

  #known(schema: Name | undefined, name: Name): Catalog {
    const catalog = this.#catalog();
    const unknown = catalog.unknownBecauseOf(schema, name);
    if (unknown === undefined) return catalog;
    const { sql, origin } = unknown;
    const where = origin === undefined ? "" : ` at ${origin.file}:${origin.line}`;
    throw this.#refuse(
      new SchemaError(
        "unknown-object",
        `op.inspect(): nothing is known of "${catalogKey(schema, name)}" since the SQL${where}: ${sql.replace(/\s+/g, " ").slice(0, 120)}`,
        {
          hint: "Say what that SQL does with directives (op.createTable, op.addColumn, …), so that the history knows it.",
        },
      ),
    );
  }

  #table(name: Name, options: InSchema | undefined): Table {
    const schema = options?.schema ?? undefined;
    const catalog = this.#known(schema, name);
    const table = catalog.table(schema, name);
    if (table !== undefined) return table;
    const key = catalogKey(schema, name);
    const candidate = nearest(key, catalog.tables.keys());
    throw new SchemaError("unknown-table", `op.inspect(): there is no table "${key}".`, {
      hint: candidate === undefined ? "Ask hasTable first." : `Did you mean "${candidate}"? Or ask hasTable first.`,
    });
  }

  hasTable(name: Name, options?: InSchema): boolean {
    const schema = options?.schema ?? undefined;
    return this.#known(schema, name).table(schema, name) !== undefined;
  }

  hasColumn(table: Name, column: Name, options?: InSchema): boolean {
    const schema = options?.schema ?? undefined;
    return findColumn(this.#known(schema, table).table(schema, table), column) !== undefined;
  }

  hasIndex(table: Name, index: Name, options?: InSchema): boolean {
    const schema = options?.schema ?? undefined;
    const found = this.#known(schema, table).table(schema, table);
    return found !== undefined && indexNamed(found, index) !== undefined;
  }

  /** The names of all tables of a schema, sorted. */
  getTableNames(options?: InSchema): readonly string[] {
    const schema = options?.schema ?? undefined;
    const tables = this.#known(schema, "*").tables.values();
    return tables.filter((table) => sameName(table.schema, schema)).map((table) => nameText(table.name));
  }

  /** The columns of a table, in order. */
  getColumns(table: Name, options?: InSchema): readonly InspectedColumn[] {
    const found = this.#table(table, options);
    return found.columns.map((column) => describeColumn(column, found));
  }

  getPkConstraint(table: Name, options?: InSchema): InspectedKey {
    const [key] = constraintsOf(this.#table(table, options), "primaryKey");
    return key === undefined
      ? { name: null, constrainedColumns: [] }
      : { name: nameOf(key), constrainedColumns: key.columns.map(nameText) };
  }

  /** The same as `getPkConstraint`. */
  getPrimaryKey(table: Name, options?: InSchema): InspectedKey {
    return this.getPkConstraint(table, options);
  }

  getForeignKeys(table: Name, options?: InSchema): readonly InspectedForeignKey[] {
    return constraintsOf(this.#table(table, options), "foreignKey").map((key) => {
      const { onUpdate, onDelete, deferrable, initially, match } = key;
      const given = Object.entries({ onUpdate, onDelete, deferrable, initially, match });
      return {
        name: nameOf(key),
        constrainedColumns: key.columns.map(nameText),
        referredSchema: key.referredSchema === undefined ? null : nameText(key.referredSchema),
        referredTable: nameText(key.referredTable),
        referredColumns: key.referredColumns.map(nameText),
        options: Object.fromEntries(given.filter(([, value]) => value !== undefined)),
      };
    });
  }

  getUniqueConstraints(
    table: Name,
    options?: InSchema,
  ): readonly { readonly name: string | null; readonly columnNames: readonly string[] }[] {
    const found = constraintsOf(this.#table(table, options), "unique");
    return found.map((unique) => ({ name: nameOf(unique), columnNames: unique.columns.map(nameText) }));
  }

  getCheckConstraints(
    table: Name,
    options?: InSchema,
  ): readonly { readonly name: string | null; readonly sqltext: string }[] {
    const found = this.#table(table, options);
    const checks = [...constraintsOf(found, "check"), ...found.columns.flatMap((column) => column.checks)];
    return checks.map((check) => ({ name: nameOf(check), sqltext: textOfSql(check.condition) }));
  }

  getIndexes(table: Name, options?: InSchema): readonly InspectedIndex[] {
    return this.#table(table, options).indexes.map((index) => {
      const texts = index.columns.map((column) => (isSqlText(column) ? textOfSql(column) : nameText(column)));
      return {
        name: index.name === undefined ? null : nameText(index.name),
        columnNames: index.columns.map((column) => (isSqlText(column) ? null : nameText(column))),
        unique: index.unique,
        ...(index.columns.some(isSqlText) && { expressions: texts }),
      };
    });
  }

  /** The enum types of a schema, sorted by name. */
  getEnums(
    options?: InSchema,
  ): readonly { readonly name: string; readonly schema: string | null; readonly labels: readonly string[] }[] {
    const schema = options?.schema ?? undefined;
    const enums = this.#known(schema, "*").enums.values();
    return enums
      .filter((type) => sameName(type.schema, schema))
      .map((type) => ({
        name: nameText(type.name),
        schema: type.schema === undefined ? null : nameText(type.schema),
        labels: type.values,
      }));
  }

  /** The names of the views of a schema, sorted. */
  getViewNames(options?: InSchema): readonly string[] {
    const schema = options?.schema ?? undefined;
    const objects = this.#known(schema, "*").objects.values();
    return objects
      .filter(({ kind, schema: other }) => kind === "view" && sameName(other, schema))
      .map(({ name }) => nameText(name));
  }

  /** The same as `getViewNames`. */
  getViews(options?: InSchema): readonly string[] {
    return this.getViewNames(options);
  }

  getTableComment(table: Name, options?: InSchema): { readonly text: string | null } {
    return { text: this.#table(table, options).comment ?? null };
  }
}

function nameOf(constraint: Constraint): string | null {
  if (constraint.name !== undefined) return nameText(constraint.name);
  return constraint.impliedName ?? null;
}

function constraintsOf<K extends ConstraintKind>(table: Table, kind: K): readonly Extract<Constraint, { kind: K }>[] {
  return table.constraints.filter(
    (constraint): constraint is Extract<Constraint, { kind: K }> => constraint.kind === kind,
  );
}

function describeColumn(column: Column, table: Table): InspectedColumn {
  const identity = identityOf(column);
  const computed = computedOf(column);
  const value = defaultOf(column);
  return {
    name: nameText(column.name),
    type: column.type,
    nullable: isNullableIn(table, column),
    default: isNumber(value) ? numberOf(value) : (value ?? null),
    autoincrement: countsUp(table, column),
    comment: column.comment ?? null,
    ...(identity && { identity }),
    ...(computed && { computed }),
  };
}
