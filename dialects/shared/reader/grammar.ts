import type { Origin } from "../../../src/errors.js";
import type { CatalogChange, SqlEffects } from "../../../src/operations/execute.js";
import type { OperationNode } from "../../../src/operations/index.js";
import type { DialectOptions } from "../../../src/schema/dialect-names.js";
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

/** One statement of a dialect's own: what it does, read behind its first words. */
export type StatementReading = (cursor: Cursor, origin: Origin | undefined) => readonly OperationNode[] | Understood;

/** What the reading of DDL needs to know of a dialect whose statements are otherwise alike. */
export interface SqlGrammar {
  readonly script: ScriptRules;
  readonly names: NameRules;
  /** The group that options of columns, keys and indexes belong to. */
  readonly group: "mysql" | "sqlite" | "mssql" | "oracle";
  /** The type of a column, from behind its name to its first attribute. */
  readonly readType: (cursor: Cursor) => SqlType;
  readonly readTableOptions: (cursor: Cursor) => TableOptions;
  /** A whole-number key counts although its text does not say so. */
  readonly keysCountSilently: boolean;
  /** ALTER COLUMN without NULL or NOT NULL makes the column take NULL. */
  readonly retypingAllowsNull?: boolean;
  /** A clause of ALTER TABLE that begins with no verb; without this, a few words are known to change nothing. */
  readonly readAlterOptions?: (clause: Cursor, table: QualifiedName) => readonly CatalogChange[];
  /** `CREATE TABLE … LIKE`. */
  readonly tableLike?: (target: QualifiedName, source: QualifiedName, ifNotExists: boolean) => CatalogChange;
  /** `ALTER SCHEMA`, read from behind SCHEMA. */
  readonly alterSchema?: (cursor: Cursor) => Understood;
  /** First words of statements that only this dialect has. */
  readonly statements?: Readonly<Record<string, StatementReading>>;
}
