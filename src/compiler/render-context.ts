import type { Catalog } from "../catalog/catalog.js";
import { LiteralError, UnsupportedError } from "../errors.js";
import type { OperationNode } from "../operations/index.js";
import type { Column } from "../schema/columns.js";
import type { Constraint, ConstraintKind } from "../schema/constraints.js";
import type { DialectOptions } from "../schema/dialect-names.js";
import type { SqlPart, SqlText } from "../schema/expressions.js";
import { isSqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { NamingConvention } from "../schema/naming.js";
import type { Table } from "../schema/tables.js";
import { noVariants, type SqlType, type TypeName } from "../schema/types/type.js";
import type { PlainValue } from "../schema/values.js";
import type { ConstraintOf, Dialect } from "./dialect.js";
import { cutName, fitName, renderIdentifier } from "./identifiers.js";
import { renderLiteral } from "./literal-dispatch.js";
import { refuseOpenEnd, type TextPlace } from "./text-ends.js";

/** What the contexts of one compilation have in common. */
export interface ContextSettings {
  readonly dialect: Dialect;
  readonly version: string;
  readonly namingConvention: NamingConvention | undefined;
  /** See `RenderContext.onTrust`. */
  readonly onTrust: boolean;
  /** See `RenderContext.ascii`. */
  readonly ascii: boolean;
  /** Receives remarks that do not stop the compilation. */
  readonly notice: ((text: string, operation: OperationNode) => void) | undefined;
}

/** Holds a schema, which it may make when it is first asked for. */
interface SchemaHolder {
  readonly catalog: Catalog;
}

/** One operation being written for one dialect: everything that a dialect's functions need, in one place. */
export class RenderContext {
  readonly dialect: Dialect;
  readonly version: string;
  readonly namingConvention: NamingConvention | undefined;
  readonly operation: OperationNode | undefined;
  /**
   * The operation stands outside any history: what it asks for is written as Alembic writes it, with a remark where the
   * server is known to refuse that. In a history the same is written right, or refused.
   */
  readonly onTrust: boolean;
  /** Values are written in ASCII only, so that no code page of a client or terminal can change them. */
  readonly ascii: boolean;
  /** The names that were said to be too long. */
  #cutNames: Set<string> | undefined;
  #isInUtc = false;
  readonly #settings: ContextSettings;
  readonly #before: SchemaHolder;
  readonly #after: SchemaHolder;

  constructor(
    settings: ContextSettings,
    operation: OperationNode | undefined,
    before: SchemaHolder,
    after: SchemaHolder,
  ) {
    this.#settings = settings;
    this.#before = before;
    this.#after = after;
    this.dialect = settings.dialect;
    this.version = settings.version;
    this.namingConvention = settings.namingConvention;
    this.operation = operation;
    this.onTrust = settings.onTrust;
    this.ascii = settings.ascii;
  }

  /** The schema before the operation; it is replayed only when asked for. */
  get before(): Catalog {
    return this.#before.catalog;
  }

  /** The schema after the operation. */
  get after(): Catalog {
    return this.#after.catalog;
  }

  /** What is written means the moment that is meant only in a session whose time zone is UTC. */
  get isInUtc(): boolean {
    return this.#isInUtc;
  }

  needUtc(): void {
    this.#isInUtc = true;
  }

  /** Says something about the operation on the side, without stopping. */
  notice(text: string): void {
    if (this.operation !== undefined) this.#settings.notice?.(text, this.operation);
  }

  /**
   * Refuses what would be lost or not understood by the server. On trust it is only remarked on, and rendered as
   * Alembic renders it.
   */
  refuseUnlessOnTrust(message: string, hint: string): void {
    if (!this.onTrust) throw this.unsupported(message, hint);
    this.notice(`${message} ${hint}`);
  }

  /** A name, quoted where needed. */
  name(name: Name): string {
    const cut = cutName(this.dialect.identifiers, name);
    if (cut !== undefined && this.#cutNames?.has(cut) !== true) {
      (this.#cutNames ??= new Set()).add(cut);
      this.notice(`The name "${nameText(name)}" is too long for the server, which cuts it: "${cut}".`);
    }
    return renderIdentifier(this.dialect.identifiers, name);
  }

  /** Names in a list, quoted where needed. */
  names(names: readonly Name[]): string {
    return names.map((name) => this.name(name)).join(", ");
  }

  /** The name of a constraint, cut to what the dialect takes. */
  constraintName(name: Name): string {
    return this.name(fitName(this.dialect.identifiers, name, "constraint"));
  }

  /** The name of an index, cut to what the dialect takes. */
  indexName(name: Name): string {
    return this.name(fitName(this.dialect.identifiers, name, "index"));
  }

  /** A schema; a plain string with dots is a path of several names. */
  schema(schema: Name): string {
    if (typeof schema !== "string") return this.name(schema);
    return schema
      .split(".")
      .map((part) => this.name(part))
      .join(".");
  }

  /** A table or another object of a schema. */
  qualified(schema: Name | undefined, name: Name): string {
    return schema === undefined ? this.name(name) : `${this.schema(schema)}.${this.name(name)}`;
  }

  /** A type, or its variant for this dialect. */
  type(type: SqlType): string {
    const variant = this.variant(type);
    return this.#renderType(variant);
  }

  /** The type that stands for another on this dialect. */
  variant(type: SqlType): SqlType {
    if (type.variants === noVariants) return type; // as most are
    for (const group of this.dialect.optionGroups) {
      const variant = type.variants[group];
      if (variant !== undefined) return variant;
    }
    return type;
  }

  #renderType<N extends TypeName>(type: SqlType<N>): string {
    const render = (this.dialect.types as { [K in TypeName]?: TypeRendererOf<K> })[type.name];
    if (render === undefined) {
      throw this.unsupported(
        `The type ${type.name} does not exist on ${this.dialect.name}.`,
        `Use a generic type such as t.string(), or .withVariant(…, "${this.dialect.name}") for this dialect.`,
      );
    }
    return render(type.parameters, this, type);
  }

  /** A value as a literal, written as the type has it where one is given. */
  literal(value: PlainValue, type?: SqlType): string {
    return renderLiteral(value, type === undefined ? undefined : this.variant(type), this);
  }

  /**
   * SQL text with its names quoted and its values written.
   *
   * @param place where it stands in the statement that is written
   * @throws OperationError when it leaves open what it begins, or ends what it has not begun
   */
  sql(text: SqlText, place: TextPlace = "part"): string {
    return this.authorsText(this.#written(text), place);
  }

  /** Text of the author that stands as it is, after a look at where it ends. */
  authorsText(sql: string, place: TextPlace = "part"): string {
    // a schema that is described is not written
    if (this.operation !== undefined) refuseOpenEnd(sql, this.dialect.openEnd(sql), place, this.operation.origin);
    return sql;
  }

  #written(text: SqlText): string {
    let result = "";
    for (const part of text.parts) {
      const piece = this.#part(part);
      // a minus before a negative number would begin a comment
      result += result.endsWith("-") && piece.startsWith("-") ? `(${piece})` : piece;
    }
    return result;
  }

  #part(part: SqlPart): string {
    if (typeof part === "string") return part;
    return part.part === "identifier"
      ? part.names.map((name) => this.name(name)).join(".")
      : this.literal(part.value, part.type);
  }

  /** A column name or an expression, as it stands in an index or a list. */
  columnOrExpression(item: Name | SqlText): string {
    return isSqlText(item) ? this.sql(item) : this.name(item);
  }

  /** The options of an item for this dialect; a stronger group wins over a weaker one. */
  options(options: DialectOptions): Readonly<Record<string, unknown>> {
    const groups = this.dialect.optionGroups.map((group) => options[group]).filter((group) => group !== undefined);
    return Object.assign({}, ...groups.reverse()) as Readonly<Record<string, unknown>>;
  }

  /** The definition of a column of a table, with its inline checks. */
  column(column: Column, table: Table): string {
    const checks = column.checks.map((check) => ` ${this.constraint(check, table)}`).join("");
    return this.dialect.column(column, table, this) + checks;
  }

  /** A constraint as it stands in CREATE TABLE and behind ADD. */
  constraint(constraint: Constraint, table?: Table): string {
    return this.#constraint(constraint.kind, constraint, table);
  }

  #constraint<K extends ConstraintKind>(kind: K, constraint: ConstraintOf<K>, table: Table | undefined): string {
    return this.dialect.constraints[kind](constraint, this, table);
  }

  /** Whether a constraint is written at all: a check that stands for a type is not, where the dialect has the type. */
  isWritten(constraint: Constraint, table: Pick<Table, "columns">): boolean {
    if (constraint.kind !== "check" || constraint.boundTo === undefined) return true;
    const bound = nameText(constraint.boundTo);
    const column = table.columns.find(({ name }) => nameText(name) === bound);
    if (column === undefined) return true;
    const type = this.variant(column.type);
    if (type.name === "boolean" || type.name === "BOOLEAN") return !this.dialect.features.nativeBoolean;
    if (type.name !== "enum") return false;
    const native = (type as SqlType<"enum">).parameters.nativeEnum !== false;
    return !(native && this.dialect.features.nativeEnum);
  }

  /** The lowered form of an operation: the operations that are written in its place. */
  lower(operation: OperationNode): readonly OperationNode[] {
    const lower = this.dialect.lower[operation.kind] as
      ((operation: OperationNode, context: RenderContext) => readonly OperationNode[]) | undefined;
    return lower === undefined ? [operation] : lower(operation, this);
  }

  /** An error for what the dialect, or its target version, cannot do. */
  unsupported(message: string, hint: string): UnsupportedError {
    return new UnsupportedError("unsupported", message, { hint, origin: this.operation?.origin });
  }

  /** An error for a value that the dialect cannot store. */
  unstorable(message: string, hint: string): LiteralError {
    return new LiteralError("unstorable-value", message, { hint, origin: this.operation?.origin });
  }
}

type TypeRendererOf<N extends TypeName> = (
  parameters: SqlType<N>["parameters"],
  context: RenderContext,
  type: SqlType<N>,
) => string;
