import type { Origin } from "../../../src/errors.js";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { SqlEffects } from "../../../src/operations/execute.js";
import type { OperationNode } from "../../../src/operations/index.js";
import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";
import type { DialectOptions } from "../../../src/schema/dialect-names.js";
import type { Column } from "../../../src/schema/columns.js";
import type { Table } from "../../../src/schema/tables.js";
import type { SqlType } from "../../../src/schema/types/type.js";
import type { Cursor, NameRules, QualifiedName } from "./cursor.js";
import type { ScriptRules } from "./statements.js";

/** What stands behind the parentheses of CREATE TABLE. */
export interface TableOptions {
  readonly options: DialectOptions;
  readonly comment?: string | undefined;
}

/** What is understood of a statement. */
export type Understood = Omit<SqlEffects, "unknown">;

/** What is no part of the replayed schema, by a rule that has a name. */
export function ignoring(...rules: readonly IgnoringRule[]): Understood {
  return { operations: [], ignored: rules };
}

/** One statement of a dialect's own: what it does, read behind its first words. */
type StatementReading = (cursor: Cursor, origin: Origin | undefined) => readonly OperationNode[] | Understood;

/** What ALTER TABLE of a dialect has that others have not. */
interface AlterTableRules {
  /** `ADD DEFAULT 0 FOR a`: a default is a constraint of the table. */
  readonly defaultsAreConstraints: boolean;
  /** ADD and DROP stand once for a list of clauses, and DROP COLUMN for a list of names. */
  readonly verbsStandOnce: boolean;
  /** WITH CHECK or WITH NOCHECK before a clause. */
  readonly clausesBeginWithCheck: boolean;
  /** What `ALTER COLUMN a ADD …` and `… DROP …` give and take; none of it is kept. */
  readonly columnProperties: readonly string[];
  /** `ALTER COLUMN a INT`: without NULL or NOT NULL, the column takes NULL from then on. */
  readonly retypingAllowsNull: boolean;
}

/** What the reading of DDL needs to know of a dialect whose statements are otherwise alike. */
export interface SqlGrammar {
  readonly script: ScriptRules;
  readonly names: NameRules;
  /** The group that options of columns, keys and indexes belong to. */
  readonly group: "mysql" | "sqlite" | "mssql" | "oracle";
  /** First words of statements of this dialect alone that change no object, with the rule that ignores them. */
  readonly ignoredWords?: ReadonlyMap<string, IgnoringRule>;
  /**
   * Whether a statement changes no object, by all of its words in capitals, where the first of them does not tell.
   * Without this, a harmless first word does.
   */
  readonly isHarmless?: (words: readonly string[]) => boolean;
  /** A statement may begin behind another without a semicolon between them. */
  readonly semicolonsAreOptional?: boolean;
  /** DATABASE and SCHEMA are two words for one thing. */
  readonly databasesAreSchemas?: boolean;
  /** Statements by their first words that change nothing which the replayed schema keeps. */
  readonly ignoredStatements?: readonly (readonly [words: readonly string[], rule: IgnoringRule])[];
  /** Tables that belong to the server itself, and are no part of a schema. */
  readonly isServersTable?: (name: string) => boolean;
  /** The words that begin an index among the columns of a table; elsewhere they are good names of columns. */
  readonly indexWords: ReadonlySet<string>;
  /** A primary key has no name but PRIMARY, whatever is written. */
  readonly primaryKeysAreUnnamed?: boolean;
  /** USING behind the columns of a key is no method of its index: it begins the state of the constraint. */
  readonly usingBeginsConstraintState?: boolean;
  /** Passes over what stands behind a constraint and is not kept: whether it is checked, which index serves it. */
  readonly passConstraintState?: (cursor: Cursor) => void;
  /** Passes over a part of an index that is not kept; false where none stands. */
  readonly passIndexPart?: (cursor: Cursor) => boolean;
  /** `DROP INDEX t.i` names the table before the index, not a schema. */
  readonly indexesAreDroppedByTable?: boolean;
  readonly alterTable?: AlterTableRules;
  /** What SERIAL makes: a column of this type that counts, is not NULL, and unique. */
  readonly serialType?: SqlType;
  /** The type of a column, from behind its name to its first attribute. */
  readonly readType: (cursor: Cursor) => SqlType;
  readonly readTableOptions: (cursor: Cursor) => TableOptions;
  /** The columns of a primary key that may be NULL although the text of the table does not say so. */
  readonly nullableKeyColumns?: (table: Table) => readonly Column[];
  /** A whole-number key counts although its text does not say so. */
  readonly keysCountSilently: boolean;
  /** A clause of ALTER TABLE that begins with no verb, or the rule by which it is ignored; without this, a few words are known to change nothing. */
  readonly readAlterOptions?: (clause: Cursor, table: QualifiedName) => readonly CatalogChange[] | IgnoringRule;
  /** `CREATE TABLE … LIKE`. */
  readonly tableLike?: (target: QualifiedName, source: QualifiedName, ifNotExists: boolean) => CatalogChange;
  /** `ALTER SCHEMA`, read from behind SCHEMA. */
  readonly alterSchema?: (cursor: Cursor) => Understood;
  /** Kinds of objects that ALTER defines anew as a whole, as CREATE does; of the others it says a part. */
  readonly redefinedByAlter?: readonly ("view" | "trigger" | "function" | "procedure")[];
  /** First words of statements that only this dialect has. */
  readonly statements?: Readonly<Record<string, StatementReading>>;
}
