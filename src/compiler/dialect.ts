import type { NormalForm } from "../catalog/normal-form.js";
import type { CatalogRules } from "../catalog/rules.js";
import type { OperationKind, OperationNode, OperationOf } from "../operations/index.js";
import type { Column } from "../schema/columns.js";
import type { Constraint, ConstraintKind } from "../schema/constraints.js";
import type { DialectName } from "../schema/dialect-names.js";
import type { OtherObject } from "../schema/other-objects.js";
import type { Table } from "../schema/tables.js";
import type { GenericTypeName, SqlType, TypeArguments, TypeName } from "../schema/types/type.js";
import type { SqlText } from "../schema/expressions.js";
import type { AuthoredStatement } from "./authored-sql.js";
import type { IdentifierRules } from "./identifiers.js";
import type { LiteralRules } from "./literals.js";
import type { SqlParser } from "./sql-parser.js";
import type { SqlReader } from "./sql-reader.js";
import type { ClientName } from "./script/clients.js";
import type { LayoutName, ScriptModel } from "./script/model.js";
import type { Fragment } from "./script/text.js";
import type { ServerRule } from "./server-rules.js";
import type { ServerSchemaReader } from "./server-schema.js";
import type { RenderContext } from "./render-context.js";
import type { Resumption } from "./statement.js";
import type { OpenEnd } from "./text-ends.js";

/** Writes one type. */
export type TypeRenderer<N extends TypeName> = (
  parameters: TypeArguments[N],
  context: RenderContext,
  type: SqlType<N>,
) => string;

/** Every generic type, and those exact types that the dialect has; another dialect's own are refused by the context. */
export type TypeRenderers = { readonly [N in GenericTypeName]: TypeRenderer<N> } & {
  readonly [N in Exclude<TypeName, GenericTypeName>]?: TypeRenderer<N>;
};

export type ConstraintOf<K extends ConstraintKind> = Extract<Constraint, { kind: K }>;

/** What stands before and behind a statement. */
export interface Enclosure {
  readonly before: string;
  readonly after: string;
}

/** Lays out a script: what stands in it, in order. */
type Layout = (model: ScriptModel) => readonly Fragment[];

/** How the statements of a script are told apart and held together. */
export interface ScriptRules {
  /** DDL can be rolled back: a script is one transaction, or one for each revision. */
  readonly transactionalDdl: boolean;
  /** Whether Alembic's own layout (`--plain`) has transaction lines. */
  readonly plainTransactions: boolean;
  /** What comes before all else, so that the rest means the same in every client and session; not with `--plain`. */
  readonly opening?: readonly string[];
  readonly begin: string;
  readonly commit: string;
  /** What ends a statement. */
  readonly terminator: string;
  /** A line of its own after each statement: GO or a slash. */
  readonly batchSeparator?: string;
  /** What stands around a statement that the client would cut at its semicolons; undefined for any other. */
  readonly enclose?: (sql: string) => Enclosure | undefined;
  /** The program that applies scripts of this dialect when none is named. */
  readonly client: ClientName;
  /**
   * The statements of an author's text, each judged by itself; undefined for a text that is one statement of which
   * nothing has to be known, or several of those.
   */
  readonly authored?: (sql: string) => readonly AuthoredStatement[] | undefined;
  /** How many statements the server would read in one that was made of an operation. */
  readonly countStatements?: (sql: string) => number;
  /** A statement without what the client would act on inside it. */
  readonly inClient?: (sql: string, operation: OperationNode) => string;
  /** Statements that the server refuses inside a transaction: they are moved out of it. */
  readonly runsOutsideTransaction?: (sql: string) => boolean;
  /**
   * Statements that fail with a message and, as far as the server lets them, keep all behind them from running: they
   * stand where a revision could not be compiled.
   */
  readonly refuse: (message: string, literal: (text: string) => string) => readonly string[];
  /** Text of a line of comment without what the client would act on even there. */
  readonly inComment?: (text: string) => string;
  /** What the header says of this dialect's scripts besides, as lines without comment marks. */
  readonly headerNotes?: (model: ScriptModel) => readonly string[];
  /** Whether the guarded script of a model, applied once more, goes on from its own later commits. */
  readonly goesOn?: (model: ScriptModel) => boolean;
  /** How a run that was cut off at a statement goes on; undefined where nothing can tell whether it ran. */
  readonly resumption?: (sql: string, operation: OperationNode, context: RenderContext) => Resumption | undefined;
  /** How scripts defend themselves, besides Alembic's own layout, which is the same for every dialect. */
  readonly layouts: { readonly guarded: Layout } & {
    readonly [L in Exclude<LayoutName, "plain" | "guarded">]?: Layout;
  };
}

/** How tables and columns are compared with what the dialect has by itself. */
interface DialectFeatures {
  /** A boolean type of its own: no CHECK is made for `t.boolean({ createConstraint: true })`. */
  readonly nativeBoolean: boolean;
  /** Enum types that restrict their values: no CHECK is made for `t.enum`. */
  readonly nativeEnum: boolean;
  /** Enum types are objects of their own, made before the columns that use them. */
  readonly enumTypes?: boolean;
  /** Array types: a JavaScript array becomes one where no type says otherwise. */
  readonly arrays: boolean;
  /** Comments are statements of their own, part of the column, or not kept at all. */
  readonly comments: "statement" | "inline" | "none";
  /** A routine can be put in the place of one of the same name and parameters. */
  readonly routineReplacement?: "OR REPLACE" | "OR ALTER";
  /** Constraints can be added to a table that exists. */
  readonly alterConstraints: boolean;
}

/** How the values of a column become those of another type. */
export interface Retyping {
  /** The cast, where the server makes it only when it is asked, of the texts of the type and the column's name. */
  readonly using?: (type: string, column: string) => SqlText;
  /** The default does not go along: it has to be set anew. */
  readonly setsDefault: boolean;
}

/** What a renderer of an operation returns: one statement, several, or none. */
export type Rendered = string | readonly string[];

/**
 * A dialect: a value that says how each operation, type, literal and name is written. Where the order or the number
 * of statements differs, `lower` turns an operation into others first; `operations` then writes each.
 */
export interface Dialect {
  readonly name: DialectName;
  /** The server as its makers write it. */
  readonly title: string;
  /** The option groups that apply, the strongest first: on mariadb also `mysql`. */
  readonly optionGroups: readonly DialectName[];
  /** The version that scripts are made for when none is named. */
  readonly defaultVersion: string;
  /** The oldest version that scripts can be made for. */
  readonly oldestVersion: string;
  /** The series of versions that are known, the oldest first: any release of one can be written for. */
  readonly series: readonly string[];
  /** The name by which versions are compared, where servers report another: 15.0 is 2019. */
  readonly versionName?: (version: string) => string;
  readonly identifiers: IdentifierRules;
  /** What a text leaves open at its end, by the dialect's rules of quotes and comments. */
  readonly openEnd: (sql: string) => OpenEnd | undefined;
  readonly literals: LiteralRules;
  readonly types: TypeRenderers;
  readonly features: DialectFeatures;
  /** Where one dialect writes for two servers: the first version of this one that has each feature, or "never". */
  readonly featureVersions?: Readonly<Record<string, string>>;
  readonly script: ScriptRules;
  /** What the replayed schema has to know of the server, such as the names of unnamed constraints. */
  readonly rules?: CatalogRules;
  /** What the server refuses by rules of its own. */
  readonly serverRules?: readonly ServerRule[];
  /** Loads what parses the dialect's SQL; it is loaded only when there is SQL to be parsed. */
  readonly loadParser?: () => Promise<SqlParser>;
  /** Loads what reads the dialect's DDL as operations, so that the replay follows SQL text too. */
  readonly loadReader?: () => Promise<SqlReader>;
  /** Loads what reads a schema back from a server's own catalog, to compare it with the replayed one. */
  readonly loadServerSchema?: () => Promise<ServerSchemaReader>;
  /**
   * How a column becomes another type; undefined when that takes a decision of the author's. Left out where the server
   * casts whatever it can.
   */
  readonly retyping?: (from: Column, to: Column) => Retyping | undefined;
  /** The statement that takes away an object which is known by its text alone; undefined where its name does not suffice. */
  readonly dropOther?: (object: OtherObject, context: RenderContext) => string | undefined;
  /**
   * The statements that change options of a table in place; undefined where none does.
   *
   * @param changed the names of the options that differ, and "prefixes" for the words before TABLE
   */
  readonly alterTableOptions?: (
    before: Table,
    after: Table,
    changed: readonly string[],
    context: RenderContext,
  ) => readonly string[] | undefined;
  /** Loads the form in which two schemas are compared by what they mean; word by word where there is none. */
  readonly loadNormalForm?: () => Promise<NormalForm>;
  /** The definition of a column, as in CREATE TABLE, without inline checks. */
  readonly column: (column: Column, table: Table, context: RenderContext) => string;
  readonly constraints: {
    readonly [K in ConstraintKind]: (constraint: ConstraintOf<K>, context: RenderContext, table?: Table) => string;
  };
  readonly lower: {
    readonly [K in OperationKind]?: (operation: OperationOf<K>, context: RenderContext) => readonly OperationNode[];
  };
  readonly operations: {
    readonly [K in OperationKind]: (operation: OperationOf<K>, context: RenderContext) => Rendered;
  };
}
