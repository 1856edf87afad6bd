import { catalogKey, type Catalog } from "../catalog/catalog.js";
import { findColumn } from "../catalog/table-changes.js";
import type { Origin } from "../errors.js";
import { applyOperation, type OperationKind, type OperationNode, type OperationOf } from "../operations/index.js";
import { computedOf, type Column } from "../schema/columns.js";
import { isSqlText, plainText, type SqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { SqlType } from "../schema/types/type.js";
import { lostByRetyping } from "./narrowing.js";

/** Values that are gone after an operation. */
export interface Loss {
  /** Which rows or values: "all rows of account", "the values of account.level". */
  readonly what: string;
  readonly origin: Origin | undefined;
}

/** Something that the schema does not tell, but that decides what becomes of rows. */
export interface Remark {
  readonly text: string;
  readonly origin: Origin | undefined;
}

/** What a body does to rows. */
export interface RowChanges {
  readonly losses: readonly Loss[];
  /** What the body fails at, for rows of a certain kind. */
  readonly hazards: readonly Remark[];
  /** SQL and bulk inserts that change rows: no schema tells whether something brings the old rows back. */
  readonly dataStatements: readonly Remark[];
}

const dataVerb = /^(?:with\b[^]*?\b)?(insert|update|delete|merge|replace|truncate|copy|load)\b/i;
const leadingComments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

/** Follows the operations of a body, telling what was there before it from what it made itself. */
class RowWatch {
  readonly losses: Loss[] = [];
  readonly hazards: Remark[] = [];
  readonly dataStatements: Remark[] = [];
  /** Tables and columns that the body itself made: they hold nothing that was there before. */
  readonly #born = new Set<string>();

  constructor(
    public catalog: Catalog,
    /** The type that stands for another on the dialect. */
    readonly variant: (type: SqlType) => SqlType,
  ) {}

  follow(operation: OperationNode): void {
    if (operation.kind === "batchAlterTable" || operation.kind === "autocommitBlock") {
      for (const inner of operation.operations) this.follow(inner);
      return;
    }
    this.#note(operation.kind, operation);
    this.catalog = applyOperation(this.catalog, operation);
  }

  #note<K extends OperationKind>(kind: K, operation: OperationOf<K>): void {
    this.#notes[kind]?.(operation);
  }

  /** What operations do to rows; those that are not here do nothing to them. */
  readonly #notes: { readonly [K in OperationKind]?: (operation: OperationOf<K>) => void } = {
    execute: (operation) => this.#followSql(operation),
    bulkInsert: (operation) => this.#insert(operation),
    createTable: ({ table: { schema, name } }) => this.#bear(schema, name),
    createPartition: ({ schema, name }) => this.#bear(schema, name),
    renameTable: (operation) => this.#moveTable(operation),
    dropTable: ({ schema, tableName, ifExists, origin }) => this.#dropTable(schema, tableName, ifExists, origin),
    dropPartition: ({ schema, name, ifExists, origin }) => this.#dropTable(schema, name, ifExists, origin),
    addColumn: (operation) => this.#addColumn(operation),
    dropColumn: (operation) => this.#dropColumn(operation),
    alterColumn: (operation) => this.#alterColumn(operation),
    addConstraint: (operation) => this.#addConstraint(operation),
    createIndex: (operation) => {
      const { columns, unique } = operation.index;
      if (unique) this.#mayFail(operation, `two rows are equal in ${columnsText(columns)}`);
    },
    dropSchema: ({ name, origin }) => this.losses.push({ what: `everything in the schema ${nameText(name)}`, origin }),
  };

  #bear(schema: Name | undefined, table: Name): void {
    if (this.catalog.table(schema, table) === undefined) this.#born.add(catalogKey(schema, table));
  }

  #insert({ table, rows, origin }: OperationOf<"bulkInsert">): void {
    if (this.#isBorn(undefined, table.name)) return;
    this.dataStatements.push({ text: `inserts ${rows.length} rows into ${nameText(table.name)}`, origin });
  }

  #isBorn(schema: Name | undefined, table: Name, column?: Name): boolean {
    const key = catalogKey(schema, table);
    return this.#born.has(key) || (column !== undefined && this.#born.has(columnKey(key, column)));
  }

  #noteStatement({ statement, origin }: OperationOf<"execute">): void {
    const text = (isSqlText(statement) ? plainText(statement) : statement.sql).replace(leadingComments, "");
    const verb = dataVerb.exec(text)?.[1]?.toUpperCase();
    if (verb === undefined) return;
    const flat = text.replace(/\s+/g, " ").trim();
    const shown = flat.length > 60 ? `${flat.slice(0, 60)}…` : flat;
    this.dataStatements.push({ text: `changes rows by SQL: ${shown}`, origin });
  }

  #followSql(operation: OperationOf<"execute">): void {
    const before = this.catalog;
    this.#noteStatement(operation);
    for (const inner of operation.effects?.operations ?? []) this.follow(inner);
    this.catalog = before;
  }

  #moveTable({ schema, from, to }: OperationOf<"renameTable">): void {
    const [old, moved] = [catalogKey(schema, from), catalogKey(schema, to)];
    for (const key of [...this.#born]) {
      if (key !== old && !key.startsWith(`${old}\n`)) continue;
      this.#born.delete(key);
      this.#born.add(moved + key.slice(old.length));
    }
  }

  #dropTable(schema: Name | undefined, name: Name, ifExists: boolean, origin: Origin | undefined): void {
    const key = catalogKey(schema, name);
    if (this.#born.delete(key)) return;
    if (ifExists && this.catalog.isComplete && this.catalog.table(schema, name) === undefined) return;
    this.losses.push({ what: `all rows of ${key}`, origin });
  }

  #addColumn({ addition, origin }: OperationOf<"addColumn">): void {
    const key = catalogKey(addition.schema, addition.name);
    const known = this.catalog.table(addition.schema, addition.name);
    for (const column of addition.columns) {
      if (findColumn(known, column.name) !== undefined) continue;
      if (!this.#born.has(key) && column.nullable === false && column.serverDefault === undefined) {
        const text = `fails when ${key} has rows: the new column ${nameText(column.name)} is NOT NULL and has no default`;
        this.hazards.push({ text, origin });
      }
      this.#born.add(columnKey(key, column.name));
    }
  }

  #dropColumn({ schema, tableName, columnName, ifExists, origin }: OperationOf<"dropColumn">): void {
    const key = catalogKey(schema, tableName);
    if (this.#isBorn(schema, tableName, columnName)) {
      this.#born.delete(columnKey(key, columnName));
      return;
    }
    const table = this.catalog.table(schema, tableName);
    const column = findColumn(table, columnName);
    if (table !== undefined && column === undefined && ifExists) return;
    if (column !== undefined && computedOf(column) !== undefined) return;
    this.losses.push({ what: `the values of ${key}.${nameText(columnName)}`, origin });
  }

  #alterColumn(operation: OperationOf<"alterColumn">): void {
    const { schema, tableName, columnName, change, origin } = operation;
    const key = catalogKey(schema, tableName);
    const column = findColumn(this.catalog.table(schema, tableName), columnName);
    const isBorn = this.#isBorn(schema, tableName, columnName);
    if (change.newColumnName !== undefined && this.#born.delete(columnKey(key, columnName))) {
      this.#born.add(columnKey(key, change.newColumnName));
    }
    if (isBorn) return;
    const path = `${key}.${nameText(columnName)}`;
    const type = column?.type ?? operation.existing.existingType;
    if (change.type !== undefined && type !== undefined) {
      const lost = lostByRetyping(this.variant(type), this.variant(change.type));
      if (lost !== undefined) this.losses.push({ what: `${lost}, of ${path}`, origin });
    }
    if (change.nullable === false && mayBeNull(column)) {
      this.hazards.push({ text: `fails when ${path} is NULL in a row`, origin });
    }
  }

  #addConstraint(operation: OperationOf<"addConstraint">): void {
    const { constraint } = operation;
    switch (constraint.kind) {
      case "primaryKey":
      case "unique":
        return this.#mayFail(operation, `two rows are equal in ${columnsText(constraint.columns)}`);
      case "foreignKey":
        return this.#mayFail(operation, `a row refers to nothing in ${nameText(constraint.referredTable)}`);
      case "check":
        return this.#mayFail(operation, `a row does not fulfil ${plainText(constraint.condition)}`);
      case "exclude":
        return this.#mayFail(operation, "two rows exclude one another");
    }
  }

  #mayFail({ schema, tableName, origin }: OperationOf<"addConstraint" | "createIndex">, when: string): void {
    if (this.#isBorn(schema, tableName)) return;
    this.hazards.push({ text: `fails when in ${catalogKey(schema, tableName)} ${when}`, origin });
  }
}

function columnsText(columns: readonly (Name | SqlText)[]): string {
  return columns.map((column) => (isSqlText(column) ? plainText(column) : nameText(column))).join(", ");
}

function columnKey(tableKey: string, column: Name): string {
  return `${tableKey}\n${nameText(column)}`;
}

function mayBeNull(column: Column | undefined): boolean {
  return column === undefined || (column.nullable !== false && !column.primaryKey);
}

/** What the operations of a body do to the rows of a database with this schema. */
export function rowChangesOf(
  operations: readonly OperationNode[],
  before: Catalog,
  variant: (type: SqlType) => SqlType,
): RowChanges {
  const watch = new RowWatch(before, variant);
  for (const operation of operations) watch.follow(operation);
  const { losses, hazards, dataStatements } = watch;
  return { losses, hazards, dataStatements };
}
