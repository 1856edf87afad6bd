import type { ConstraintDialectOptions } from "./dialect-options.js";
import { takeOptions } from "./take-options.js";
import type { DialectOptions } from "./dialect-names.js";
import { OperationError } from "../errors.js";
import type { SqlText } from "./expressions.js";
import { asSqlText } from "./expressions.js";
import type { Name } from "./names.js";

/** When a constraint is checked: at the statement or at commit. */
export interface Deferral {
  readonly deferrable?: boolean | undefined;
  readonly initially?: string | undefined;
}

interface ConstraintBase extends Deferral {
  /** Undefined when neither the author nor the naming convention gave one. */
  readonly name: Name | undefined;
  /** In the catalog: the name that the server gave a constraint without one. It is never written. */
  readonly impliedName?: string;
  readonly options: DialectOptions;
}

export interface PrimaryKey extends ConstraintBase {
  readonly kind: "primaryKey";
  readonly columns: readonly Name[];
}

export interface Unique extends ConstraintBase {
  readonly kind: "unique";
  readonly columns: readonly Name[];
}

export interface ForeignKeyActions extends Deferral {
  readonly onUpdate?: string | undefined;
  readonly onDelete?: string | undefined;
  readonly match?: string | undefined;
}

export interface ForeignKey extends ConstraintBase, ForeignKeyActions {
  readonly kind: "foreignKey";
  readonly columns: readonly Name[];
  readonly referredSchema: Name | undefined;
  readonly referredTable: Name;
  readonly referredColumns: readonly Name[];
  /** Added by a statement of its own after its table, because two tables refer to each other. */
  readonly useAlter: boolean;
}

export interface Check extends ConstraintBase {
  readonly kind: "check";
  readonly condition: SqlText;
  /** The column whose boolean or enum type the check stands for; a dialect that has such a type leaves the check out. */
  readonly boundTo?: Name;
}

export interface Exclude extends ConstraintBase {
  readonly kind: "exclude";
  readonly elements: readonly { readonly expression: Name | SqlText; readonly operator: string }[];
  readonly using: string | undefined;
  readonly where: SqlText | undefined;
}

/** A constraint of a table, also one that was written on a column. */
export type Constraint = PrimaryKey | Unique | ForeignKey | Check | Exclude;
export type ConstraintKind = Constraint["kind"];

/** The foreign key of one column, as `column(…, { references })` takes it. */
export interface Reference extends ForeignKeyActions {
  readonly kind: "references";
  readonly target: string;
  readonly name: Name | undefined;
  readonly useAlter: boolean;
}

export interface KeyOptions extends Deferral, ConstraintDialectOptions {
  readonly name?: Name | null;
}
export interface ForeignKeyOptions extends ForeignKeyActions, ConstraintDialectOptions {
  readonly name?: Name | null;
  readonly useAlter?: boolean;
}
export interface ExcludeOptions extends KeyOptions {
  readonly using?: string;
  readonly where?: string | SqlText;
}

const deferralNames = ["deferrable", "initially"];
const actionNames = [...deferralNames, "onUpdate", "onDelete", "match", "useAlter"];

const onePhrase = /^[A-Za-z]+( [A-Za-z]+)*$/;

/** Refuses a clause such as ON DELETE that is not plain words: it reaches the script unquoted. */
function checkPhrases(where: string, actions: ForeignKeyActions): void {
  for (const [option, phrase] of Object.entries(actions)) {
    if (typeof phrase === "string" && !onePhrase.test(phrase)) {
      throw new OperationError("not-a-phrase", `${where}: ${option} is "${phrase}", which is not an SQL phrase.`, {
        hint: 'Write words only, such as "CASCADE" or "SET NULL".',
      });
    }
  }
}

function pick(options: ForeignKeyActions): ForeignKeyActions {
  const { deferrable, initially, onUpdate, onDelete, match } = options;
  return { deferrable, initially, onUpdate, onDelete, match };
}

function columnList(columns: Name | readonly Name[]): readonly Name[] {
  return Array.isArray(columns) ? (columns as readonly Name[]) : [columns as Name];
}

/**
 * A primary key over several columns, or with a name.
 *
 * @example primaryKey(["a", "b"], { name: "pk_t" }) // CONSTRAINT pk_t PRIMARY KEY (a, b)
 */
export function primaryKey(columns: Name | readonly Name[], options: KeyOptions = {}): PrimaryKey {
  const groups = takeOptions("primaryKey", options, ["name", ...deferralNames], "primaryKey");
  checkPhrases("primaryKey", { initially: options.initially });
  const { deferrable, initially } = options;
  const name = options.name ?? undefined;
  return { kind: "primaryKey", name, columns: columnList(columns), deferrable, initially, options: groups };
}

/**
 * A unique constraint.
 *
 * @example unique(["email"], { name: "uq_user_email" }) // CONSTRAINT uq_user_email UNIQUE (email)
 */
export function unique(columns: Name | readonly Name[], options: KeyOptions = {}): Unique {
  const groups = takeOptions("unique", options, ["name", ...deferralNames], "unique");
  checkPhrases("unique", { initially: options.initially });
  const { deferrable, initially } = options;
  return {
    kind: "unique",
    name: options.name ?? undefined,
    columns: columnList(columns),
    deferrable,
    initially,
    options: groups,
  };
}

/** Splits `schema.table.column` into its parts; the schema may have dots itself. */
export function splitTarget(target: string): { schema: string | undefined; table: string; column: string } {
  const parts = target.split(".");
  const column = parts.pop();
  const table = parts.pop();
  if (column === undefined || table === undefined || column === "" || table === "") {
    throw new OperationError("bad-reference", `A foreign key refers to "${target}", which is not "table.column".`, {
      hint: 'Write "table.column" or "schema.table.column".',
    });
  }
  return { schema: parts.length === 0 ? undefined : parts.join("."), table, column };
}

/**
 * A foreign key over one or several columns.
 *
 * @example foreignKey(["a", "b"], ["t.a", "t.b"], { onDelete: "CASCADE" })
 * // FOREIGN KEY(a, b) REFERENCES t (a, b) ON DELETE CASCADE
 * @throws OperationError when the targets are not columns of one table, or not as many as the columns
 */
export function foreignKey(
  columns: Name | readonly Name[],
  targets: string | readonly string[],
  options: ForeignKeyOptions = {},
): ForeignKey {
  const groups = takeOptions("foreignKey", options, ["name", ...actionNames], "foreignKey");
  checkPhrases("foreignKey", pick(options));
  const local = columnList(columns);
  const remote = columnList(targets).map((target) => splitTarget(target as string));
  const [first] = remote;
  if (first === undefined || remote.length !== local.length) {
    throw new OperationError(
      "foreign-key-columns",
      `A foreign key has ${local.length} column(s) but refers to ${remote.length}.`,
      { hint: "Name as many referred columns as local ones, in the same order." },
    );
  }
  if (remote.some((target) => target.table !== first.table || target.schema !== first.schema)) {
    throw new OperationError("foreign-key-tables", "A foreign key refers to columns of more than one table.", {
      hint: "Write one foreign key for each referred table.",
    });
  }
  return {
    kind: "foreignKey",
    name: options.name ?? undefined,
    columns: local,
    referredSchema: first.schema,
    referredTable: first.table,
    referredColumns: remote.map((target) => target.column),
    useAlter: options.useAlter ?? false,
    ...pick(options),
    options: groups,
  };
}

/**
 * A check constraint, for a table or for one column.
 *
 * @example check(sql`price > 0`, { name: "ck_price" }) // CONSTRAINT ck_price CHECK (price > 0)
 */
export function check(condition: string | SqlText, options: KeyOptions = {}): Check {
  const groups = takeOptions("check", options, ["name", ...deferralNames], "check");
  checkPhrases("check", { initially: options.initially });
  const { deferrable, initially } = options;
  return {
    kind: "check",
    name: options.name ?? undefined,
    condition: asSqlText(condition),
    deferrable,
    initially,
    options: groups,
  };
}

/**
 * PostgreSQL's exclusion constraint.
 *
 * @example postgresql.exclude([["room", "="], ["during", "&&"]]) // EXCLUDE USING gist (room WITH =, during WITH &&)
 */
export function exclude(
  elements: readonly (readonly [Name | SqlText, string])[],
  options: ExcludeOptions = {},
): Exclude {
  const groups = takeOptions("exclude", options, ["name", "using", "where", ...deferralNames], "exclude");
  checkPhrases("exclude", { initially: options.initially });
  const { deferrable, initially } = options;
  return {
    kind: "exclude",
    name: options.name ?? undefined,
    elements: elements.map(([expression, operator]) => ({ expression, operator })),
    using: options.using,
    where: options.where === undefined ? undefined : asSqlText(options.where),
    deferrable,
    initially,
    options: groups,
  };
}

/**
 * The foreign key of a single column.
 *
 * @example column("bug_id", t.integer(), { references: references("bug.id", { onDelete: "CASCADE" }) })
 * // FOREIGN KEY(bug_id) REFERENCES bug (id) ON DELETE CASCADE
 */
export function references(target: string, options: ForeignKeyOptions = {}): Reference {
  takeOptions("references", options, ["name", ...actionNames], "none");
  checkPhrases("references", pick(options));
  splitTarget(target);
  return {
    kind: "references",
    target,
    name: options.name ?? undefined,
    useAlter: options.useAlter ?? false,
    ...pick(options),
  };
}
