import type { Column, Identity } from "../../schema/columns.js";
import { computedOf, identityOf } from "../../schema/columns.js";
import type { Constraint } from "../../schema/constraints.js";
import type { DialectName, DialectOptions } from "../../schema/dialect-names.js";
import { isSqlText } from "../../schema/expressions.js";
import { nameText, sameName } from "../../schema/names.js";
import { withoutSilentCounting } from "../../schema/tables.js";
import { catalogKey } from "../catalog-key.js";
import type { Catalog } from "../catalog.js";
import { changeColumn, constraintIsNamed, findColumn, indexNamed } from "../table-changes.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";
import { withKnownTable } from "./known-tables.js";

interface OfTable extends Change {
  readonly table: QualifiedName;
}

/** An identity gets other numbers, or is filled in another way: `ALTER COLUMN … SET INCREMENT 5`. */
export interface ChangeIdentity extends OfTable {
  readonly change: "changeIdentity";
  readonly column: string;
  readonly numbers: Omit<Identity, "kind" | "always">;
  /** Undefined: as it was. */
  readonly always: boolean | undefined;
}

/** The server makes no values for a column any more, if it did: `DROP IDENTITY IF EXISTS`. */
export interface DropGeneration extends OfTable {
  readonly change: "dropGeneration";
  readonly column: string;
}

/** One option of a column is another from then on, or none: `ALTER COLUMN … SET INVISIBLE`. */
export interface ChangeColumnOption extends OfTable {
  readonly change: "changeColumnOption";
  readonly column: string;
  readonly group: DialectName;
  readonly option: string;
  readonly value: boolean | undefined;
}

/** When a constraint is checked: `ALTER CONSTRAINT … DEFERRABLE`. */
export interface ChangeDeferral extends OfTable {
  readonly change: "changeDeferral";
  readonly constraint: string;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
}

/** An index becomes the constraint's, and gets its name: `ADD CONSTRAINT … USING INDEX`. */
export interface AddConstraintOfIndex extends OfTable {
  readonly change: "addConstraintOfIndex";
  readonly index: string;
  readonly kind: "primaryKey" | "unique";
  readonly name: string;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
}

/** A unique constraint is dropped that is named by its columns: `DROP UNIQUE (a)`. */
export interface DropUniqueOfColumns extends OfTable {
  readonly change: "dropUniqueOfColumns";
  readonly columns: readonly string[];
}

function keysOf({ table }: OfTable): readonly string[] {
  return [catalogKey(table.schema, table.name)];
}

function withKnownColumn(
  catalog: Catalog,
  { table, column: name }: OfTable & { readonly column: string },
  change: (column: Column) => Column | undefined,
): Catalog | undefined {
  return withKnownTable(catalog, table, (known) => {
    const old = findColumn(known, name);
    const changed = old && change(old);
    return changed && changeColumn(known, name, changed);
  });
}

export const changeIdentity: ChangeDefinition<ChangeIdentity> = {
  keys: keysOf,
  apply: (catalog, change) =>
    withKnownColumn(catalog, change, (column) => {
      const old = identityOf(column);
      if (old === undefined) return undefined;
      return { ...column, serverDefault: { ...old, ...change.numbers, always: change.always ?? old.always } };
    }),
};

export const changeColumnOption: ChangeDefinition<ChangeColumnOption> = {
  keys: keysOf,
  apply: (catalog, change) =>
    withKnownColumn(catalog, change, (column) => {
      const { [change.option]: _old, ...others } = column.options[change.group] ?? {};
      const said = change.value === undefined ? others : { ...others, [change.option]: change.value };
      return { ...column, type: column.type, options: { ...column.options, [change.group]: said } };
    }),
};

export const dropGeneration: ChangeDefinition<DropGeneration> = {
  keys: keysOf,
  apply: (catalog, change) =>
    withKnownColumn(catalog, change, (column) => {
      const isGenerated = identityOf(column) !== undefined || computedOf(column) !== undefined;
      return isGenerated ? { ...column, serverDefault: undefined, autoincrement: false } : column;
    }),
};

export const changeDeferral: ChangeDefinition<ChangeDeferral> = {
  keys: keysOf,
  apply: (catalog, { table, constraint: name, deferrable, initiallyDeferred }) =>
    withKnownTable(catalog, table, (known) => {
      const isMeant = (constraint: Constraint): boolean => constraintIsNamed(constraint, name);
      if (!known.constraints.some(isMeant)) return undefined;
      const deferral = {
        deferrable: deferrable ? true : undefined,
        initially: initiallyDeferred ? "DEFERRED" : undefined,
      };
      const constraints = known.constraints.map((constraint) =>
        isMeant(constraint) ? { ...constraint, ...deferral } : constraint,
      );
      return { ...known, constraints };
    }),
};

/** What an index of PostgreSQL and a constraint over it may say alike. */
function sharedOptions(options: DialectOptions): DialectOptions {
  const { include, nullsNotDistinct } = options.postgresql ?? {};
  const said = Object.entries({ include, nullsNotDistinct }).filter(([, value]) => value !== undefined);
  return said.length === 0 ? {} : { postgresql: Object.fromEntries(said) };
}

export const addConstraintOfIndex: ChangeDefinition<AddConstraintOfIndex> = {
  keys: keysOf,
  apply: (catalog, { table, index: indexName, kind, name, deferrable, initiallyDeferred }) =>
    withKnownTable(catalog, table, (known) => {
      const index = indexNamed(known, indexName);
      const columns = index?.columns.flatMap((column) => (isSqlText(column) ? [] : [column]));
      if (index === undefined || columns === undefined || columns.length < index.columns.length) return undefined;
      const added: Constraint = {
        kind,
        name,
        columns,
        ...(deferrable && { deferrable }),
        ...(initiallyDeferred && { initially: "DEFERRED" }),
        options: sharedOptions(index.options),
      };
      const indexes = known.indexes.filter((other) => other !== index);
      return withoutSilentCounting({ ...known, indexes, constraints: [...known.constraints, added] });
    }),
};

export const dropUniqueOfColumns: ChangeDefinition<DropUniqueOfColumns> = {
  keys: keysOf,
  apply: (catalog, { table, columns }) =>
    withKnownTable(catalog, table, (known) => {
      const isOverThese = (constraint: Constraint): boolean =>
        constraint.kind === "unique" && constraint.columns.map(nameText).join() === columns.join();
      if (known.constraints.filter(isOverThese).length !== 1) return undefined;
      return { ...known, constraints: known.constraints.filter((constraint) => !isOverThese(constraint)) };
    }),
};

/** `ALTER INDEX IF EXISTS … RENAME TO`: does nothing where no index has that name. */
export interface RenameIndexIfThere extends Change {
  readonly change: "renameIndexIfThere";
  readonly from: QualifiedName;
  readonly to: string;
}

export const renameIndexIfThere: ChangeDefinition<RenameIndexIfThere> = {
  keys: ({ from }) => [catalogKey(from.schema, from.name)],
  apply(catalog, { from, to }) {
    const owners = catalog.tables
      .values()
      .filter((table) => sameName(table.schema, from.schema) && indexNamed(table, from.name) !== undefined);
    const [owner] = owners;
    if (owner === undefined || owners.length > 1) return catalog;
    const index = indexNamed(owner, from.name);
    const indexes = owner.indexes.map((other) => (other === index ? { ...other, name: to } : other));
    return catalog.withTable({ ...owner, indexes });
  },
};
