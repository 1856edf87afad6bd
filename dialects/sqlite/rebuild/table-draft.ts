import { isNamelessConstraint } from "../../../src/catalog/nameless-constraints.js";
import type { RenderContext } from "../../../src/compiler/render-context.js";
import { OperationError } from "../../../src/errors.js";
import type { AddColumn } from "../../../src/operations/add-column.js";
import type { AddConstraint } from "../../../src/operations/add-constraint.js";
import type { AlterColumn } from "../../../src/operations/alter-column.js";
import { changedColumn } from "../../../src/operations/alter-column.js";
import type { DropColumn } from "../../../src/operations/drop-column.js";
import type { DropConstraint } from "../../../src/operations/drop-constraint.js";
import { isSameConstraint } from "../../../src/catalog/table-changes.js";
import { mentionsColumn } from "../../../src/schema/column-mentions.js";
import type { Column } from "../../../src/schema/columns.js";
import { computedOf, isIdentity } from "../../../src/schema/columns.js";
import type { Check } from "../../../src/schema/constraints.js";
import { textOfSql } from "../../../src/schema/expressions.js";
import type { Name } from "../../../src/schema/names.js";
import { nameText, sameName } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import { didYouMean } from "../../../src/suggestion.js";
import { refuseIdentityChange } from "../../shared/alter-column.js";
import { needsCast } from "../affinity.js";
import type { TableChange } from "../table-change.js";
import { ColumnOrder } from "./column-order.js";
import { DraftConstraints } from "./draft-constraints.js";
import { DraftIndexes } from "./draft-indexes.js";
import { constraintOver, renameInColumn } from "../../../src/catalog/column-references.js";

/** A column of the table to be, and where its values come from. */
export interface DraftColumn {
  /** Its name in the old table, or the name under which it was added. */
  readonly key: string;
  readonly column: Column;
  /** The expression that is copied; undefined for a new column. */
  readonly source: string | undefined;
  /** The source is a cast of the old value to the new type. */
  readonly isCast: boolean;
}

/** How a draft treats what the history cannot follow. */
export interface DraftSettings {
  readonly partialReordering: readonly (readonly Name[])[] | undefined;
  /** The table comes from the replayed schema, which has to be right about the result. */
  readonly isReplayed: boolean;
}

/** A table as it is to become: the old one, changed by the operations of a batch one after the other. */
export class TableDraft {
  readonly constraints: DraftConstraints;
  readonly indexes: DraftIndexes;
  comment: string | undefined;
  readonly #order: ColumnOrder;
  #columns: readonly DraftColumn[];

  constructor(
    readonly table: Table,
    readonly settings: DraftSettings,
    readonly context: RenderContext,
  ) {
    const qualified = context.qualified(table.schema, table.name);
    this.#columns = table.columns.map((column) => ({
      key: nameText(column.name),
      column,
      source: `${qualified}.${context.name(column.name)}`,
      isCast: false,
    }));
    this.constraints = new DraftConstraints(table, context.namingConvention);
    this.indexes = new DraftIndexes(table.indexes);
    this.comment = table.comment;
    const isPartial = settings.partialReordering !== undefined;
    this.#order = new ColumnOrder([...this.#columns.map(({ key }) => key)], isPartial);
  }

  /** The columns in the order of the new table. */
  orderedColumns(): readonly DraftColumn[] {
    const groups = this.settings.partialReordering?.map((group) => group.map((name) => this.#find(name).key));
    const drafts = new Map(this.#columns.map((draft) => [draft.key, draft]));
    const keys = this.#order.sorted([...drafts.keys()], groups);
    if (keys !== undefined) return keys.flatMap((key) => drafts.get(key) ?? []);
    throw this.#error(
      "column-order",
      "the order that is asked for goes in a circle",
      "Check partialReordering, insertBefore and insertAfter.",
    );
  }

  /** Makes one change of the batch. */
  apply(change: TableChange): void {
    switch (change.kind) {
      case "addColumn":
        return this.#addColumn(change);
      case "alterColumn":
        return this.#alterColumn(change);
      case "dropColumn":
        return this.#dropColumn(change);
      case "addConstraint":
        return this.#addConstraint(change);
      case "dropConstraint":
        return this.#dropConstraint(change);
      case "createIndex":
        return this.indexes.create(change, this.#current);
      case "dropIndex":
        if (!this.indexes.drop(change)) throw this.#missing("index", change.indexName, this.indexes.names);
        return;
      case "tableComment":
        this.comment = change.comment;
        return;
    }
  }

  #addColumn({ addition, insertBefore, insertAfter, ifNotExists }: AddColumn): void {
    for (const column of addition.columns) {
      let key = nameText(column.name);
      if (this.#columns.some((other) => sameName(other.column.name, column.name))) {
        if (ifNotExists) return;
        throw this.#error(
          "column-exists",
          `it has a column "${key}" already`,
          "Drop the column first, or name it differently.",
        );
      }
      while (this.#columns.some((other) => other.key === key)) key += "'"; // the old bearer of the name was renamed
      this.#order.add(key, this.#keyOf(insertBefore), this.#keyOf(insertAfter));
      this.#columns = [...this.#columns, { key, column, source: undefined, isCast: false }];
      if (column.primaryKey) this.#addToPrimaryKey(column);
    }
    this.constraints.add(...addition.constraints.filter(({ kind }) => kind !== "primaryKey"));
    this.indexes.add(...addition.indexes);
  }

  #addToPrimaryKey({ name }: Column): void {
    const keyColumns = this.constraints.primaryKey?.columns ?? [];
    if (keyColumns.some((column) => this.#find(column).source !== undefined)) {
      throw this.#error(
        "second-primary-key",
        `it has a primary key already, and column "${nameText(name)}" is to be one`,
        "Drop the old key's column or constraint first, or make the key with batch.createPrimaryKey.",
      );
    }
    this.constraints.addToPrimaryKey(name);
  }

  #alterColumn({ change, columnName, existing, insertBefore, insertAfter }: AlterColumn): void {
    const draft = this.#find(columnName);
    const { column: old, key, source } = draft;
    const { type, serverDefault } = change;
    if (isIdentity(serverDefault) || (serverDefault !== undefined && isIdentity(old.serverDefault))) {
      throw refuseIdentityChange(this.context);
    }
    const column = changedColumn(old, change);
    const casts = source !== undefined && type !== undefined && needsCast(old.type, type);
    const copied = casts ? { source: `CAST(${source} AS ${this.context.type(type)})`, isCast: true } : {};
    this.#columns = this.#columns.map((other) => (other === draft ? { ...other, column, ...copied } : other));
    if (insertBefore !== undefined || insertAfter !== undefined) {
      this.#order.drop(key);
      this.#order.add(key, this.#keyOf(insertBefore), this.#keyOf(insertAfter));
    }
    if (type !== undefined) this.constraints.replaceTypeCheck(old, type, existing.existingType);
    if (!sameName(column.name, old.name)) this.#rename(old.name, column.name);
  }

  /** Carries the new name of a column into everything of the table that names it. */
  #rename(from: Name, to: Name): void {
    this.constraints.rename(from, to);
    this.indexes.rename(from, to);
    this.#columns = this.#columns.map((draft) => ({ ...draft, column: renameInColumn(draft.column, from, to) }));
  }

  #dropColumn({ columnName, ifExists }: DropColumn): void {
    if (ifExists && !this.#columns.some(({ column }) => sameName(column.name, columnName))) return;
    const { key, column } = this.#find(columnName);
    const others = this.#columns.filter((other) => other.key !== key);
    this.#refuseDropOfUsed(column, others);
    this.#order.drop(key);
    const isGone = (check: Check): boolean => mentionsColumn(check.condition, column.name);
    const checks = [
      ...this.constraints.removeColumn(column.name),
      ...others.flatMap((other) => other.column.checks.filter(isGone)),
    ];
    for (const check of checks) this.#tellOfCheck(check, column.name);
    this.#columns = others.map((other) => {
      const kept = other.column.checks.filter((check) => !isGone(check));
      return { ...other, column: { ...other.column, type: other.column.type, checks: kept } };
    });
    this.indexes.removeColumn(column.name);
  }

  #refuseDropOfUsed({ name }: Column, others: readonly DraftColumn[]): void {
    const user = others.find(({ column }) => {
      const computed = computedOf(column);
      return computed !== undefined && mentionsColumn(computed.expression, name);
    });
    if (user !== undefined) {
      const computed = nameText(user.column.name);
      throw this.#error(
        "column-in-use",
        `column "${computed}" is computed from "${nameText(name)}", which is to be dropped`,
        `Drop "${computed}" first.`,
      );
    }
    const key = this.constraints.primaryKey?.columns ?? [];
    if (this.settings.isReplayed && key.length > 1 && key.some((column) => sameName(column, name))) {
      throw this.#error(
        "column-in-use",
        `column "${nameText(name)}" is one of the ${key.length} columns of the primary key`,
        "Say first what the key becomes: batch.createPrimaryKey, or batch.dropConstraint.",
      );
    }
  }

  #tellOfCheck(check: Check, column: Name): void {
    const name = check.name === undefined ? "" : `${nameText(check.name)} `;
    this.context.notice(
      `The check ${name}(${textOfSql(check.condition)}) of table "${nameText(this.table.name)}" goes with column ` +
        `"${nameText(column)}", which it mentions.`,
    );
  }

  #addConstraint({ constraint }: AddConstraint): void {
    const { name } = constraint;
    const known = name === undefined ? undefined : this.constraints.named(name);
    if (known !== undefined && isSameConstraint(known, constraint)) {
      this.constraints.remove(known);
    } else if (name !== undefined && known !== undefined) {
      throw this.#error(
        "constraint-exists",
        `it has a constraint "${nameText(name)}" already`,
        "Drop it first with batch.dropConstraint, or name the new one differently.",
      );
    }
    const added = constraintOver(constraint, this.#current);
    if (constraint.kind === "primaryKey") this.#dropPrimaryKey();
    this.constraints.add(added);
  }

  #dropConstraint({ constraintName, type, ifExists, nameless }: DropConstraint): void {
    const { primaryKey } = this.constraints;
    const unnamed = nameless === undefined ? undefined : this.constraints.nameless(nameless);
    const key = type === "primary" ? primaryKey : unnamed;
    const found = constraintName === undefined ? key : this.constraints.named(constraintName);
    const isDropped = (check: Check): boolean => {
      if (found !== undefined) return false;
      if (nameless !== undefined) return isNamelessConstraint(check, nameless);
      return constraintName !== undefined && sameName(check.name, constraintName);
    };
    const checks = this.#columns.flatMap(({ column }) => column.checks);
    if (found === undefined && !checks.some(isDropped)) {
      if (ifExists) return;
      const names = [...this.constraints.names, ...checks.flatMap(({ name }) => name ?? [])];
      throw this.#missing("constraint", constraintName ?? type ?? "", names);
    }
    if (found !== undefined && found === primaryKey) this.#dropPrimaryKey();
    this.constraints.remove(found);
    this.#columns = this.#columns.map((draft) => {
      const kept = draft.column.checks.filter((check) => !isDropped(check));
      return { ...draft, column: { ...draft.column, type: draft.column.type, checks: kept } };
    });
  }

  /** Takes the primary key away; its columns stay NOT NULL. */
  #dropPrimaryKey(): void {
    const { primaryKey } = this.constraints;
    const inKey = (name: Name): boolean => primaryKey?.columns.some((column) => sameName(column, name)) ?? false;
    this.constraints.remove(primaryKey);
    this.#columns = this.#columns.map((draft) => {
      const { column } = draft;
      if (!inKey(column.name)) return draft;
      const nullable = column.nullable ?? false;
      return { ...draft, column: { ...column, type: column.type, primaryKey: false, nullable } };
    });
  }

  /** The present name of a column: with copyFrom a batch may still use the one before a renaming, as in Alembic. */
  readonly #current = (name: Name): Name => this.#find(name).column.name;

  #keyOf(name: Name | undefined): string | undefined {
    return name === undefined ? undefined : this.#find(name).key;
  }

  #find(name: Name): DraftColumn {
    const found =
      this.#columns.find(({ column }) => sameName(column.name, name)) ??
      this.#columns.find(({ key }) => !this.settings.isReplayed && key === nameText(name));
    if (found !== undefined) return found;
    throw this.#missing(
      "column",
      name,
      this.#columns.map(({ column }) => column.name),
    );
  }

  #missing(what: string, name: Name, candidates: readonly Name[]): OperationError {
    const names = candidates.map(nameText);
    const known = names.length === 0 ? "It has none." : `It has ${names.join(", ")}.`;
    const hint = `${known}${didYouMean(nameText(name), names)}`;
    return this.#error(`unknown-${what}`, `it has no ${what} "${nameText(name)}"`, hint);
  }

  #error(code: string, message: string, hint: string): OperationError {
    const origin = this.context.operation?.origin;
    return new OperationError(code, `Table "${nameText(this.table.name)}": ${message}.`, { hint, origin });
  }
}
