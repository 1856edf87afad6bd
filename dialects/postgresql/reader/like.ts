import type { TableLikeClause } from "libpg-query";
import type { Catalog } from "../../../src/catalog/catalog.js";
import type { Column } from "../../../src/schema/columns.js";
import { computedOf, defaultOf, identityOf } from "../../../src/schema/columns.js";
import type { Constraint } from "../../../src/schema/constraints.js";
import type { Index } from "../../../src/schema/indexes.js";
import type { Table } from "../../../src/schema/tables.js";
import { autoincrementColumn, isNullableIn } from "../../../src/schema/tables.js";
import { knownTable } from "../../shared/reader/catalog-changes.js";
import { withoutSilentCounting } from "../../shared/reader/nodes.js";
import { relationName, type Session } from "./source.js";

/** What LIKE copies besides names, types and NOT NULL: `TableLikeOption` in PostgreSQL's nodes/parsenodes.h. */
const parts = { comments: 1, constraints: 4, defaults: 8, generated: 16, identity: 32, indexes: 64 };

type Included = Readonly<Record<keyof typeof parts, boolean>>;

/** A LIKE among the columns of a new table. */
export interface Like {
  readonly clause: TableLikeClause;
  /** How many of the table's own columns stand before it. */
  readonly place: number;
}

function includedIn({ options = 0 }: TableLikeClause): Included {
  const entries = Object.entries(parts).map(([name, bit]) => [name, (options & bit) !== 0]);
  return Object.fromEntries(entries) as Included;
}

function copiedColumn(column: Column, model: Table, included: Included): Column {
  const identity = included.identity ? identityOf(column) : undefined;
  const computed = included.generated ? computedOf(column) : undefined;
  const value = included.defaults ? defaultOf(column) : undefined;
  return {
    ...column,
    type: column.type,
    nullable: isNullableIn(model, column),
    primaryKey: false,
    autoincrement: false,
    serverDefault: identity ?? computed ?? value,
    checks: included.constraints ? column.checks : [],
    comment: included.comments ? column.comment : undefined,
  };
}

function hasSerial(table: Table): boolean {
  return table.columns.some((column) => column.autoincrement === true) || autoincrementColumn(table) !== undefined;
}

function nameless({ impliedName: _old, ...constraint }: Constraint): Constraint {
  return { ...constraint, name: undefined };
}

function copiedConstraints(model: Table, included: Included): readonly Constraint[] {
  return model.constraints.flatMap((constraint): readonly Constraint[] => {
    switch (constraint.kind) {
      case "check": {
        const { impliedName, ...check } = constraint;
        return included.constraints ? [{ ...check, name: check.name ?? impliedName }] : [];
      }
      case "foreignKey":
        return [];
      default:
        return included.indexes ? [nameless(constraint)] : [];
    }
  });
}

/** Indexes get names of their own; undefined when one cannot be foretold. */
function withIndexesOf(table: Table, models: readonly Table[], catalog: Catalog): Table | undefined {
  let indexes: readonly Index[] = table.indexes;
  for (const index of models.flatMap((model) => model.indexes)) {
    const name = catalog.impliedIndexName(index, { ...table, indexes });
    if (name === undefined) return undefined;
    indexes = [...indexes, { ...index, name }];
  }
  return { ...table, indexes };
}

/**
 * A new table with the columns of others among its own; undefined when these are not known. A serial that is copied with
 * its default counts the sequence of the other table, whose name the catalog does not keep.
 * https://www.postgresql.org/docs/current/sql-createtable.html
 */
export function withLikes(own: Table, likes: readonly Like[], catalog: Catalog, session: Session): Table | undefined {
  const columns = [...own.columns];
  const constraints = [...own.constraints];
  const indexed: Table[] = [];
  let inserted = 0;
  for (const { clause, place } of likes) {
    const model = knownTable(catalog, relationName(clause.relation, session));
    const included = includedIn(clause);
    if (model === undefined || (included.defaults && hasSerial(model))) return undefined;
    columns.splice(place + inserted, 0, ...model.columns.map((column) => copiedColumn(column, model, included)));
    inserted += model.columns.length;
    constraints.push(...copiedConstraints(model, included));
    if (included.indexes) indexed.push(model);
  }
  return withIndexesOf(withoutSilentCounting({ ...own, columns, constraints }), indexed, catalog);
}
