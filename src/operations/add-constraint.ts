import { isSameConstraint, removeConstraint } from "../catalog/table-changes.js";
import { checkConstraintColumns } from "../catalog/table-checks.js";
import type { Column } from "../schema/columns.js";
import type {
  Constraint,
  Exclude,
  ExcludeOptions,
  ForeignKeyActions,
  KeyOptions,
  PrimaryKey,
} from "../schema/constraints.js";
import { check, exclude, foreignKey, primaryKey, unique } from "../schema/constraints.js";
import type { ConstraintDialectOptions } from "../schema/dialect-options.js";
import type { SqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import { named } from "../schema/naming.js";
import type { Table } from "../schema/tables.js";
import { isOnTable, options } from "./call.js";
import type { BatchTable, BatchedDefinition, Operation, Recording } from "./operation.js";

/** Adds a primary key, unique constraint, foreign key, check or exclusion to a table. */
export interface AddConstraint extends Operation {
  readonly kind: "addConstraint";
  readonly tableName: Name;
  readonly schema: Name | undefined;
  readonly constraint: Constraint;
  /** The server does not look for the tables of foreign keys. */
  readonly foreignKeysUnchecked?: boolean;
}

type Columns = Name | readonly Name[];
type OptionsInSchema<O> = Omit<O, "name"> & { readonly schema?: Name | null };
type KeyDirectiveOptions = OptionsInSchema<KeyOptions>;
type ForeignKeyDirectiveOptions = ForeignKeyActions &
  ConstraintDialectOptions & { readonly sourceSchema?: Name | null; readonly referentSchema?: Name | null };
type BatchKeyOptions = Omit<KeyOptions, "name">;
type BatchForeignKeyOptions = Omit<ForeignKeyDirectiveOptions, "sourceSchema">;

export interface AddConstraintDirectives {
  /**
   * Adds a primary key.
   *
   * @example op.createPrimaryKey("pk_account", "account", ["id"]) // ALTER TABLE account ADD CONSTRAINT pk_account PRIMARY KEY (id)
   */
  createPrimaryKey(name: Name | null, table: Name, columns: Columns, options?: KeyDirectiveOptions): void;
  /**
   * Adds a unique constraint.
   *
   * @example op.createUniqueConstraint("uq_name", "account", ["name"]) // ALTER TABLE account ADD CONSTRAINT uq_name UNIQUE (name)
   */
  createUniqueConstraint(name: Name | null, table: Name, columns: Columns, options?: KeyDirectiveOptions): void;
  /**
   * Adds a foreign key.
   *
   * @example op.createForeignKey("fk_owner", "account", "person", ["owner_id"], ["id"], { onDelete: "CASCADE" })
   * // ALTER TABLE account ADD CONSTRAINT fk_owner FOREIGN KEY(owner_id) REFERENCES person (id) ON DELETE CASCADE
   */
  createForeignKey(
    name: Name | null,
    source: Name,
    referent: Name,
    local: Columns,
    remote: Columns,
    options?: ForeignKeyDirectiveOptions,
  ): void;
  /**
   * Adds a check constraint. The condition is SQL.
   *
   * @example op.createCheckConstraint("ck_price", "item", sql`price > 0`) // ALTER TABLE item ADD CONSTRAINT ck_price CHECK (price > 0)
   */
  createCheckConstraint(
    name: Name | null,
    table: Name,
    condition: string | SqlText,
    options?: KeyDirectiveOptions,
  ): void;
  /**
   * Adds an exclusion constraint (PostgreSQL).
   *
   * @example op.createExcludeConstraint("ex_room", "booking", [["room", "="], ["during", "&&"]], { using: "gist" })
   * // ALTER TABLE booking ADD CONSTRAINT ex_room EXCLUDE USING gist (room WITH =, during WITH &&)
   */
  createExcludeConstraint(
    name: Name | null,
    table: Name,
    elements: readonly (readonly [Name | SqlText, string])[],
    options?: OptionsInSchema<ExcludeOptions>,
  ): void;
}

export interface BatchAddConstraintDirectives {
  /** Adds a primary key to the table. */
  createPrimaryKey(name: Name | null, columns: Columns, options?: BatchKeyOptions): void;
  /** Adds a unique constraint to the table. */
  createUniqueConstraint(name: Name | null, columns: Columns, options?: BatchKeyOptions): void;
  /** Adds a foreign key to the table. */
  createForeignKey(
    name: Name | null,
    referent: Name,
    local: Columns,
    remote: Columns,
    options?: BatchForeignKeyOptions,
  ): void;
  /** Adds a check constraint to the table. */
  createCheckConstraint(name: Name | null, condition: string | SqlText, options?: BatchKeyOptions): void;
  /** Adds an exclusion constraint to the table (PostgreSQL). */
  createExcludeConstraint(
    name: Name | null,
    elements: readonly (readonly [Name | SqlText, string])[],
    options?: Omit<ExcludeOptions, "name">,
  ): void;
}

/** Splits the schema off an options object; the rest goes to the function that makes the constraint. */
function inTable<O extends object>(
  table: Name,
  options: O & { readonly schema?: Name | null },
): [BatchTable, Omit<O, "schema">] {
  const { schema, ...rest } = options;
  return [{ name: table, schema: schema ?? undefined }, rest];
}

function asList(columns: Columns): readonly Name[] {
  return Array.isArray(columns) ? (columns as readonly Name[]) : [columns as Name];
}

function makeForeignKey(
  name: Name | null,
  referent: Name,
  local: Columns,
  remote: Columns,
  options: BatchForeignKeyOptions,
): Constraint {
  const { referentSchema, ...rest } = options;
  const targets = asList(remote).map(() => "t.c"); // they are names here, and may have dots
  const made = foreignKey(local, targets, { ...rest, name });
  return {
    ...made,
    referredSchema: referentSchema ?? undefined,
    referredTable: referent,
    referredColumns: asList(remote),
  };
}

function record(recording: Recording<AddConstraint>, table: BatchTable, constraint: Constraint): void {
  recording.add({
    kind: "addConstraint",
    tableName: table.name,
    schema: table.schema,
    constraint: named(recording.namingConvention, constraint, table),
  });
}

/** The columns of a table that gets its key later: none of them begins to count by that. */
function withoutSilentCounting(table: Table, key: PrimaryKey): readonly Column[] {
  const isInKey = (column: Column): boolean => key.columns.some((name) => sameName(name, column.name));
  return table.columns.map((column) =>
    isInKey(column) && column.autoincrement === "auto"
      ? { ...column, type: column.type, autoincrement: false }
      : column,
  );
}

/** The table without what gives its place to a new constraint: the same one, or the old primary key. */
function withoutReplaced(table: Table, constraint: Constraint): Table {
  const same = table.constraints.find((known) => isSameConstraint(known, constraint));
  const rest = same === undefined ? table : removeConstraint(table, same.name);
  return constraint.kind === "primaryKey" ? removeConstraint(rest, undefined, "primaryKey") : rest;
}

/** Whether a call can add the constraint: one that is bound to a type comes with its column, and no other way. */
function isCallable(constraint: Constraint): boolean {
  if (constraint.kind === "check") return constraint.boundTo === undefined;
  return constraint.kind !== "foreignKey" || !constraint.useAlter;
}

function elementsOf({ elements }: Exclude): readonly (readonly [Name | SqlText, string])[] {
  return elements.map(({ expression, operator }) => [expression, operator] as const);
}

function excludeOptions(constraint: Exclude, schema: Name | undefined) {
  const { using, where, deferrable, initially } = constraint;
  return options({ schema, using, where, deferrable, initially, ...constraint.options });
}

export const addConstraint: BatchedDefinition<AddConstraint, AddConstraintDirectives, BatchAddConstraintDirectives> = {
  kind: "addConstraint",
  call({ tableName, schema, constraint }) {
    if (!isCallable(constraint)) return;
    const { deferrable, initially } = constraint;
    const name = constraint.name ?? null;
    const rest = { deferrable, initially, ...constraint.options };
    const others = options({ schema, ...rest });
    switch (constraint.kind) {
      case "primaryKey":
        return ["createPrimaryKey", name, tableName, constraint.columns, ...others];
      case "unique":
        return ["createUniqueConstraint", name, tableName, constraint.columns, ...others];
      case "check":
        return ["createCheckConstraint", name, tableName, constraint.condition, ...others];
      case "exclude":
        return [
          "createExcludeConstraint",
          name,
          tableName,
          elementsOf(constraint),
          ...excludeOptions(constraint, schema),
        ];
      case "foreignKey": {
        const { columns, referredSchema: referentSchema, referredTable, referredColumns } = constraint;
        const { onUpdate, onDelete, match } = constraint;
        const all = { sourceSchema: schema, referentSchema, onUpdate, onDelete, match, ...rest };
        return ["createForeignKey", name, tableName, referredTable, columns, referredColumns, ...options(all)];
      }
    }
  },
  batchCall({ tableName, schema, constraint }, table) {
    if (!isCallable(constraint) || !isOnTable({ tableName, schema }, table)) return;
    const { deferrable, initially } = constraint;
    const name = constraint.name ?? null;
    const rest = { deferrable, initially, ...constraint.options };
    switch (constraint.kind) {
      case "primaryKey":
        return ["createPrimaryKey", name, constraint.columns, ...options(rest)];
      case "unique":
        return ["createUniqueConstraint", name, constraint.columns, ...options(rest)];
      case "check":
        return ["createCheckConstraint", name, constraint.condition, ...options(rest)];
      case "exclude":
        return ["createExcludeConstraint", name, elementsOf(constraint), ...excludeOptions(constraint, undefined)];
      case "foreignKey": {
        const { columns, referredSchema: referentSchema, referredTable, referredColumns } = constraint;
        const { onUpdate, onDelete, match } = constraint;
        const all = { referentSchema, onUpdate, onDelete, match, ...rest };
        return ["createForeignKey", name, referredTable, columns, referredColumns, ...options(all)];
      }
    }
  },
  directives: (recording) => ({
    createPrimaryKey(name, tableName, columns, options = {}) {
      const [table, rest] = inTable(tableName, options);
      record(recording, table, primaryKey(columns, { ...rest, name }));
    },
    createUniqueConstraint(name, tableName, columns, options = {}) {
      const [table, rest] = inTable(tableName, options);
      record(recording, table, unique(columns, { ...rest, name }));
    },
    createForeignKey(name, source, referent, local, remote, options = {}) {
      const { sourceSchema, ...rest } = options;
      const table = { name: source, schema: sourceSchema ?? undefined };
      record(recording, table, makeForeignKey(name, referent, local, remote, rest));
    },
    createCheckConstraint(name, tableName, condition, options = {}) {
      const [table, rest] = inTable(tableName, options);
      record(recording, table, check(condition, { ...rest, name }));
    },
    createExcludeConstraint(name, tableName, elements, options = {}) {
      const [table, rest] = inTable(tableName, options);
      record(recording, table, exclude(elements, { ...rest, name }));
    },
  }),
  batchDirectives: (recording, table) => ({
    createPrimaryKey: (name, columns, options = {}) =>
      record(recording, table, primaryKey(columns, { ...options, name })),
    createUniqueConstraint: (name, columns, options = {}) =>
      record(recording, table, unique(columns, { ...options, name })),
    createForeignKey: (name, referent, local, remote, options = {}) =>
      record(recording, table, makeForeignKey(name, referent, local, remote, options)),
    createCheckConstraint: (name, condition, options = {}) =>
      record(recording, table, check(condition, { ...options, name })),
    createExcludeConstraint: (name, elements, options = {}) =>
      record(recording, table, exclude(elements, { ...options, name })),
  }),
  check(expect, { schema, tableName, constraint }) {
    const table = expect.table(schema, tableName);
    if (table === undefined) return;
    const replacesSome = expect.catalog.rules.makesTablesAnew === true;
    expect.noConstraint(replacesSome ? withoutReplaced(table, constraint) : table, constraint);
    checkConstraintColumns(expect, table, constraint);
    const taken = expect.catalog.rules.takesIndex?.(constraint);
    if (taken !== undefined) expect.index(table, taken.index);
  },
  apply: (catalog, { schema, tableName, constraint }) =>
    catalog.changeTable(schema, tableName, (known) => {
      const table = catalog.rules.makesTablesAnew === true ? withoutReplaced(known, constraint) : known;
      const taken = catalog.rules.takesIndex?.(constraint);
      const indexes = table.indexes.filter(
        ({ name }) => taken === undefined || name === undefined || nameText(name) !== taken.index,
      );
      const columns = constraint.kind === "primaryKey" ? withoutSilentCounting(table, constraint) : table.columns;
      return { ...table, columns, indexes, constraints: [...table.constraints, taken?.constraint ?? constraint] };
    }),
};
