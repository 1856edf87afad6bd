import { isSqlText } from "../../src/schema/expressions.js";
import type { Constraint, ForeignKey } from "../../src/schema/constraints.js";
import type { DialectOptions } from "../../src/schema/dialect-names.js";
import type { Index } from "../../src/schema/indexes.js";
import { nameText } from "../../src/schema/names.js";
import { constraintsOf, type Table } from "../../src/schema/tables.js";
import type { MysqlIndexOptions } from "../../src/schema/dialect-options.js";

function optionsOf(index: Pick<Index, "options">): MysqlIndexOptions {
  return { ...index.options.mysql, ...index.options.mariadb };
}

/** The index that a server makes for a foreign key, by its columns and name, unless there is one that serves it. */
function isBroughtBy({ name, columns }: ForeignKey, index: Index): boolean {
  const { prefix, length, visible, comment, withParser } = optionsOf(index);
  if (index.unique || index.name === undefined) return false;
  if ([prefix, length, visible, comment, withParser].some((option) => option !== undefined)) return false;
  if (index.columns.length !== columns.length) return false;
  const isSame = index.columns.every((key, place) => {
    const column = columns[place];
    return !isSqlText(key) && column !== undefined && nameText(key) === nameText(column);
  });
  if (!isSame) return false;
  const given = name === undefined ? undefined : nameText(name).toLowerCase();
  const first = columns[0] === undefined ? "" : nameText(columns[0]).toLowerCase();
  const own = nameText(index.name).toLowerCase();
  return own === given || own === first || (own.startsWith(`${first}_`) && /^\d+$/.test(own.slice(first.length + 1)));
}

/** A length that a column has itself cuts nothing off. */
function withoutFullLengths<V extends Index | Constraint>(value: V, table: Table): V {
  const lengths = new Map(
    table.columns.map(({ name, type }) => [nameText(name), (type.parameters as { readonly length?: unknown }).length]),
  );
  const cut = (
    options: Readonly<Record<string, unknown>> | undefined,
  ): Readonly<Record<string, unknown>> | undefined => {
    const said = options?.["length"];
    if (options === undefined || typeof said !== "object" || said === null) return options;
    const { length: _length, ...rest } = options;
    const kept = Object.entries(said).filter(([column, length]) => lengths.get(column) !== length);
    return kept.length === 0 ? rest : { ...rest, length: Object.fromEntries(kept) };
  };
  const { mysql, mariadb, ...others } = value.options;
  const [first, second] = [cut(mysql), cut(mariadb)];
  const options: DialectOptions = {
    ...others,
    ...(first !== undefined && { mysql: first }),
    ...(second !== undefined && { mariadb: second }),
  };
  return { ...value, options };
}

/**
 * A table without the indexes that its foreign keys bring, and without lengths that cut nothing off.
 * https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html
 */
export function settledTable(table: Table): Table {
  const keys = constraintsOf(table).filter((constraint) => constraint.kind === "foreignKey");
  return {
    ...table,
    constraints: table.constraints.map((constraint) => withoutFullLengths(constraint, table)),
    indexes: table.indexes
      .filter((index) => !keys.some((key) => isBroughtBy(key, index)))
      .map((index) => withoutFullLengths(index, table)),
  };
}
