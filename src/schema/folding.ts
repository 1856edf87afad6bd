import type { Column } from "./columns.js";
import type { Constraint, ForeignKey, PrimaryKey, Reference } from "./constraints.js";
import { sameData } from "./equality.js";
import { expandTable, typeCheck } from "./expansion.js";
import type { Index } from "./indexes.js";
import { nameText } from "./names.js";
import type { NamingConvention, Owner } from "./naming.js";
import { named } from "./naming.js";
import type { Table } from "./tables.js";
import { primaryKeyOf } from "./tables.js";

/** A foreign key of one column as the column says it; undefined when a column cannot say all of it. */
function referenceOf(key: ForeignKey, isNamed: (name: undefined) => boolean): Reference | undefined {
  const { referredSchema: schema, referredTable: table, referredColumns, onUpdate, onDelete, match } = key;
  const [column] = referredColumns;
  const names = [...(schema === undefined ? [] : [schema]), table, ...(column === undefined ? [] : [column])];
  const isWritten = names.every((name, position) => {
    return typeof name === "string" && (!name.includes(".") || (position === 0 && schema !== undefined));
  });
  if (!isWritten || key.columns.length !== 1 || Object.keys(key.options).length > 0) return undefined;
  const { deferrable, initially, useAlter } = key;
  return {
    kind: "references",
    target: names.map(nameText).join("."),
    name: isNamed(undefined) ? undefined : key.name,
    useAlter,
    ...{ onUpdate, onDelete, match, deferrable, initially },
  };
}

/** What is left of a table's constraints and indexes while its columns take theirs back, the last column first. */
class Folding {
  readonly #constraints: Constraint[];
  readonly #indexes: Index[];

  constructor(
    table: Table,
    readonly convention: NamingConvention | undefined,
    readonly owner: Owner,
  ) {
    this.#constraints = [...table.constraints];
    this.#indexes = [...table.indexes];
  }

  #isNamed(item: Constraint | Index, bare: Constraint | Index): boolean {
    return sameData(named(this.convention, bare, this.owner), item);
  }

  #takeCheck(column: Column): void {
    const check = typeCheck(column);
    const last = this.#constraints.at(-1);
    if (check !== undefined && last !== undefined && this.#isNamed(last, check)) this.#constraints.pop();
  }

  #takeReferences(column: Column): readonly Reference[] {
    const references: Reference[] = [];
    for (;;) {
      const last = this.#constraints.at(-1);
      if (last?.kind !== "foreignKey" || !sameData(last.columns, [column.name])) return references;
      const reference = referenceOf(last, (name) => this.#isNamed(last, { ...last, name }));
      if (reference === undefined) return references;
      this.#constraints.pop();
      references.unshift(reference);
    }
  }

  #takeUnique({ name }: Column): boolean {
    const last = this.#constraints.at(-1);
    if (last?.kind !== "unique") return false;
    const isTaken = this.#isNamed(last, { kind: "unique", name: undefined, columns: [name], options: {} });
    if (isTaken) this.#constraints.pop();
    return isTaken;
  }

  #takeIndex({ name }: Column): Index | undefined {
    const last = this.#indexes.at(-1);
    if (last === undefined) return undefined;
    const bare: Index = { kind: "index", name: undefined, columns: [name], unique: last.unique, options: {} };
    return this.#isNamed(last, bare) ? this.#indexes.pop() : undefined;
  }

  column(column: Column): Column {
    this.#takeCheck(column);
    const references = this.#takeReferences(column);
    const index = this.#takeIndex(column);
    const unique = index === undefined ? this.#takeUnique(column) : index.unique;
    return { ...column, type: column.type, references, unique, index: index !== undefined };
  }

  rest(columns: readonly Column[]): Pick<Table, "constraints" | "indexes"> {
    const implied = primaryKeyOf({ columns, constraints: [] });
    const isImplied = (key: PrimaryKey): boolean => implied !== undefined && this.#isNamed(key, implied);
    const isSaid = (constraint: Constraint): boolean => constraint.kind !== "primaryKey" || !isImplied(constraint);
    return { constraints: this.#constraints.filter(isSaid), indexes: this.#indexes };
  }
}

function withoutImpliedNames(table: Table): Table {
  const bare = <C extends Constraint>({ impliedName: _implied, ...constraint }: C): C => constraint as C;
  return {
    ...table,
    columns: table.columns.map((column) => ({ ...column, type: column.type, checks: column.checks.map(bare) })),
    constraints: table.constraints.map(bare),
  };
}

/**
 * The inverse of `expandTable`: a table whose columns say themselves what they say of keys, uniqueness, indexes and
 * foreign keys, as far as the naming convention and the order of the constraints allow it. Undefined when no table
 * expands to the given one.
 */
export function foldTable(expanded: Table, convention: NamingConvention | undefined): Table | undefined {
  const table = withoutImpliedNames(expanded);
  const folding = new Folding(table, convention, { name: table.name, schema: table.schema });
  const columns = table.columns
    .toReversed()
    .map((column) => folding.column(column))
    .reverse();
  const folded: Table = { ...table, columns, ...folding.rest(columns) };
  return [folded, table].find((candidate) => sameData(expandTable(candidate, convention), table));
}
