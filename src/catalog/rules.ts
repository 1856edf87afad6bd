import type { Constraint } from "../schema/constraints.js";
import type { Index } from "../schema/indexes.js";
import type { DependentRules } from "./dependent-rules.js";
import { constraintsOf } from "../schema/tables.js";
import type { Table } from "../schema/tables.js";

/** The character set and the collation of a table or a column, as far as they are said. */
export interface Charset {
  readonly charset: string | undefined;
  readonly collation: string | undefined;
}

/** What of a schema depends on the dialect that keeps it. */
export interface CatalogRules {
  /**
   * The name that the server gives a constraint without one, when it can be foretold.
   *
   * @param table the table with all constraints that it had before
   * @param isTaken whether another table of the schema has something of that name
   */
  readonly impliedName?: (
    constraint: Constraint,
    table: Table,
    isTaken: (name: string) => boolean,
  ) => string | undefined;
  /** The name that the server gives an index without one, when it can be foretold. */
  readonly impliedIndexName?: (index: Index, table: Table, isTaken: (name: string) => boolean) => string | undefined;
  /** The names that the server made of a table's name change with it when the table is renamed. */
  readonly impliedNamesFollowTable?: boolean;
  /** How the server treats views and triggers whose bodies name what is dropped, renamed or retyped. */
  readonly dependents?: DependentRules;
  /** A partition is a table with a name of its own, not a part that only its table knows. */
  readonly partitionsAreTables?: boolean;
  /** The index that a new constraint takes over, and the constraint as it stands afterwards: the index belongs to it. */
  readonly takesIndex?: (
    constraint: Constraint,
  ) => { readonly index: string; readonly constraint: Constraint } | undefined;
  /** A table has columns besides its own, of other tables: what it does not say of itself may still be there. */
  readonly inheritsColumns?: (table: Table) => boolean;
  /** Only identities count up: a primary key over a whole number is not counted by itself. */
  readonly onlyIdentitiesCount?: boolean;
  /** A foreign key needs an index that begins with its columns. */
  readonly foreignKeysNeedIndexes?: boolean;
  /** A primary key has the same name on all tables, and none that anybody gives. */
  readonly primaryKeysAreUnnamed?: boolean;
  /** A type, written in capitals, under the name that stands for all of its names. */
  readonly canonicalType?: (text: string) => string;
  /** A unique constraint is an index and no more: it is dropped as one. */
  readonly uniquesAreIndexes?: boolean;
  /**
   * A change that the server cannot make in place makes the table anew, a batch as a whole: a new primary key takes the
   * place of the old, a constraint that is there already may be added, and the order of drops does not matter.
   */
  readonly makesTablesAnew?: boolean;
  /** Keys of one CREATE TABLE over the same columns are one key. */
  readonly makesEqualKeysOnce?: boolean;
  /** A column of a primary key may be NULL where it does not say NOT NULL. */
  readonly keysTakeNull?: boolean;
  /** A column that is dropped leaves the keys and indexes that it is in to their other columns. */
  readonly shrinksKeys?: boolean;
  /** A foreign key may refer to a table that comes later, or never. */
  readonly takesForwardKeys?: boolean;
  /** A key that a foreign key needs may go while the server does not look at foreign keys. */
  readonly dropsKeysUnchecked?: boolean;
  /** A default may speak of other columns of its table, and follows their names. */
  readonly defaultsNameColumns?: boolean;
  /** Both sides of a foreign key must be of comparable types. */
  readonly comparesKeyTypes?: boolean;
  /** What happens to a table, where it has a character set; each gives undefined when the outcome cannot be told. */
  readonly charsets?: {
    /** All of its text goes over to another character set. */
    readonly converted: (table: Table, to: Charset) => Table | undefined;
    /** Columns to come are in another character set. */
    readonly withDefault: (table: Table, to: Charset) => Table | undefined;
  };
}

/** No rules of any dialect: constraints without a name stay without one. */
export const noRules: CatalogRules = {};

function needsName(constraint: Constraint): boolean {
  return constraint.name === undefined && constraint.impliedName === undefined;
}

/** The table with a name for every constraint that has none and whose name the server foretells. */
export function withImpliedNames(
  table: Table,
  rules: CatalogRules,
  isTaken: (name: string) => boolean = () => false,
): Table {
  const { impliedName } = rules;
  if (impliedName === undefined || !constraintsOf(table).some(needsName)) return table;
  const named: Constraint[] = [];
  const withName = <C extends Constraint>(constraint: C): C => {
    const name = needsName(constraint) ? impliedName(constraint, { ...table, constraints: named }, isTaken) : undefined;
    // not by a spread, behind which a new property gives every object a shape of its own in V8
    const result = name === undefined ? constraint : Object.assign({}, constraint, { impliedName: name });
    named.push(result);
    return result;
  };
  const columns = table.columns.map((column) =>
    column.checks.length === 0 ? column : { ...column, type: column.type, checks: column.checks.map(withName) },
  );
  return { ...table, columns, constraints: table.constraints.map(withName) };
}
