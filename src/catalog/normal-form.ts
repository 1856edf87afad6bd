import type { Column, DefaultValue } from "../schema/columns.js";
import type { Constraint } from "../schema/constraints.js";
import type { DialectOptions } from "../schema/dialect-names.js";
import { isSqlText, type SqlText } from "../schema/expressions.js";
import type { Table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";
import type { PlainValue } from "../schema/values.js";
import type { Catalog } from "./catalog.js";
import { normaliseDefault, normaliseSql, normaliseType } from "./normalise.js";

/** How a dialect writes what a catalog holds. */
export interface SchemaWriter {
  type(type: SqlType): string;
  sql(text: SqlText): string;
  literal(value: PlainValue): string;
  options(options: DialectOptions): Readonly<Record<string, unknown>>;
  /** Whether a constraint exists there at all: a check that stands for a type does not, where the dialect has the type. */
  isWritten(constraint: Constraint, table: Pick<Table, "columns">): boolean;
}

/**
 * What of a schema means the same to a server, in one form: for comparison only, since nothing of it need be valid SQL.
 * What is written into scripts keeps the text of its author.
 */
export interface NormalForm {
  /**
   * A type, as the dialect writes it.
   *
   * @param table the table of the column that has the type, which may say what the type leaves open
   */
  type(text: string, table?: Table): string;
  /** Whether two types in their normal form are one, where that is not to be the same text: one may leave something open. */
  isSameType?(one: string, other: string): boolean;
  /**
   * An expression.
   *
   * @param table the table whose columns it may speak of
   */
  expression(text: string, table: Table | undefined): string;
  /** An expression of which only counts whether it is true. */
  condition?(text: string, table: Table | undefined): string;
  /** A key of an index that is no column's name alone: an expression, with how it is ordered. */
  key(text: string, table: Table | undefined): string;
  /**
   * A default; undefined where it says no more than none.
   *
   * @param type the type of the column, in its normal form
   */
  default(text: string, type: string, column: Pick<Column, "nullable"> | undefined): string | undefined;
  /** The query of a view, or the body of a routine or trigger. */
  definition(text: string): string;
  /** A statement that makes an object of which SQL text is known: a view, a routine, a trigger, a domain, a sequence. */
  statement?(sql: string): string;
  /** Whether two statements in their normal form make the same object, where one may leave something open. */
  isSameStatement?(one: string, other: string): boolean;
  /** Options of one dialect without those that say what the server does anyway. */
  options?(
    owner: "table" | "column" | "constraint" | "index",
    options: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>>;
  /** What a foreign key does when a row goes or changes; undefined where that is what it does anyway. */
  action?(words: string): string | undefined;
  /** How the server keeps a computed column that does not say it. */
  readonly usualStorage?: "stored" | "virtual";
  /** Options of a table that are compared only where both sides say them: what is not said comes from the database. */
  readonly inheritedOptions?: ReadonlySet<string>;
  /** A table as the server holds it, without what says nothing there. */
  table?(table: Table, catalog: Catalog): Table;
}

/** The same words are the same, whatever their spaces, capitals, quotes and outer parentheses. */
export const wordsAlone: NormalForm = {
  type: normaliseType,
  expression: normaliseSql,
  key: normaliseSql,
  default: normaliseDefault,
  definition: normaliseSql,
};

/** Whether an object may take the place of one does not say what it is. */
function ofStatement(sql: string): string {
  return normaliseSql(sql.replace(/^(\s*create)\s+or\s+(?:replace|alter)\b/i, "$1").replace(/[;\s]+$/, ""));
}

/** Writes what a catalog holds in a normal form. */
export class NormalWriter {
  constructor(
    readonly written: SchemaWriter,
    readonly form: NormalForm = wordsAlone,
    readonly canonicalType: (text: string) => string = (text) => text,
  ) {}

  /** @param table the table of the column that has the type */
  type(type: SqlType, table?: Table): string {
    return this.canonicalType(this.form.type(this.written.type(type), table));
  }

  isSameType(one: string, other: string): boolean {
    return one === other || this.form.isSameType?.(one, other) === true;
  }

  expression(text: SqlText, table?: Table): string {
    return this.form.expression(this.written.sql(text), table);
  }

  condition(text: SqlText, table?: Table): string {
    const written = this.written.sql(text);
    return this.form.condition?.(written, table) ?? this.form.expression(written, table);
  }

  key(text: SqlText, table: Table | undefined): string {
    return this.form.key(this.written.sql(text), table);
  }

  default(value: DefaultValue, type: SqlType, column?: Column): string | undefined {
    const text = isSqlText(value) ? this.written.sql(value) : this.written.literal(value);
    return this.form.default(text, this.type(type), column);
  }

  /** @param words what a foreign key does when a row goes or changes */
  action(words: string | undefined): string | undefined {
    const upper = words?.toUpperCase();
    if (upper === undefined || upper === "NO ACTION") return undefined;
    return this.form.action === undefined ? upper : this.form.action(upper);
  }

  /** How a computed column is kept; undefined where it is so anyway. */
  storage(persisted: boolean | undefined): string | undefined {
    if (persisted === undefined) return undefined;
    const storage = persisted ? "stored" : "virtual";
    return storage === this.form.usualStorage ? undefined : storage;
  }

  definition(text: string): string {
    return this.form.definition(text);
  }

  /** A statement that makes an object, whether or not it may take the place of one. */
  statement(sql: string): string {
    return this.form.statement?.(sql) ?? ofStatement(sql);
  }

  isSameStatement(one: string, other: string): boolean {
    return one === other || this.form.isSameStatement?.(one, other) === true;
  }

  literal(value: PlainValue): string {
    return this.written.literal(value);
  }

  /** @param owner what has the options, where their usual values are left out */
  options(
    options: DialectOptions,
    owner?: "table" | "column" | "constraint" | "index",
  ): Readonly<Record<string, unknown>> {
    const written = this.written.options(options);
    return owner === undefined ? written : (this.form.options?.(owner, written) ?? written);
  }

  isWritten(constraint: Constraint, table: Pick<Table, "columns">): boolean {
    return this.written.isWritten(constraint, table);
  }
}
