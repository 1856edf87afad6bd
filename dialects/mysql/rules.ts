import { lateDependents, lateFates } from "../shared/dependents.js";
import type { CatalogRules } from "../../src/catalog/rules.js";
import { constraintsOf } from "../../src/schema/tables.js";
import type { Check } from "../../src/schema/constraints.js";
import { isSqlText } from "../../src/schema/expressions.js";
import type { Index } from "../../src/schema/indexes.js";
import { nameText, type Name } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { canonicalType } from "../shared/type-names.js";
import { charsets } from "./charsets.js";

/** All names that a new constraint cannot have. */
function takenNames(table: Table): ReadonlySet<string> {
  const constraints = constraintsOf(table).flatMap(({ name, impliedName }) =>
    name === undefined ? (impliedName ?? []) : nameText(name),
  );
  const indexes = table.indexes.flatMap(({ name }) => (name === undefined ? [] : nameText(name)));
  return new Set([...constraints, ...indexes]);
}

/** The number behind the highest that a name of this beginning has: `t_ibfk_3` after `t_ibfk_2`. */
function numbered(beginning: string, table: Table): string {
  const numbers = [...takenNames(table)]
    .filter((name) => name.startsWith(beginning))
    .map((name) => Number(name.slice(beginning.length)))
    .filter(Number.isInteger);
  return `${beginning}${Math.max(0, ...numbers) + 1}`;
}

/** An index without a name is named for its first column, with a number when that is taken. */
function indexName(column: Name | undefined, table: Table): string | undefined {
  if (column === undefined) return undefined;
  const taken = takenNames(table);
  const name = nameText(column);
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
}

/**
 * The names that the servers give: `t_ibfk_1`, the first column of a unique key, `t_chk_1`.
 * https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html
 */
function impliedNameWith(
  checkName: (table: Table, check: Check) => string | undefined,
): NonNullable<CatalogRules["impliedName"]> {
  return (constraint, table) => {
    switch (constraint.kind) {
      case "primaryKey":
        return "PRIMARY";
      case "unique":
        return indexName(constraint.columns[0], table);
      case "foreignKey":
        return numbered(`${nameText(table.name)}_ibfk_`, table);
      case "check":
        return checkName(table, constraint);
      case "exclude":
        return undefined;
    }
  };
}

/** MariaDB numbers the checks of a table; one on a column has no name by which it could be dropped. */
export const mariadbImpliedName = impliedNameWith((table, check) =>
  table.columns.some((column) => column.checks.includes(check)) ? undefined : numbered("CONSTRAINT_", table),
);

/** An index over an expression is named for that: https://dev.mysql.com/doc/refman/8.4/en/create-index.html */
function impliedIndexName({ columns: [first] }: Index, table: Table): string | undefined {
  return indexName(isSqlText(first) ? "functional_index" : first, table);
}

/** A routine in another language: https://dev.mysql.com/doc/refman/9.0/en/create-procedure.html */
const notSql = /^javascript$|\blanguage\s+javascript\b/i;

/** What MySQL and MariaDB have in common, with the names that MySQL gives. */
export const rules: CatalogRules = {
  impliedName: impliedNameWith((table) => numbered(`${nameText(table.name)}_chk_`, table)),
  impliedIndexName,
  impliedNamesFollowTable: true,
  charsets,
  uniquesAreIndexes: true,
  // https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html
  foreignKeysNeedIndexes: true,
  // https://dev.mysql.com/doc/refman/8.4/en/create-table.html: the name of a PRIMARY KEY is always PRIMARY
  primaryKeysAreUnnamed: true,
  dependents: {
    ...lateDependents,
    // https://dev.mysql.com/doc/refman/8.4/en/local-variable-scope.html
    triggerVariablesGoFirst: true,
    routine: ({ body, language }) =>
      notSql.test(language ?? body) ? undefined : { fates: lateFates, variablesGoFirst: true, starIsOfUse: true },
  },
  // https://dev.mysql.com/doc/refman/8.4/en/alter-table.html#alter-table-add-drop-column
  shrinksKeys: true,
  // https://dev.mysql.com/doc/refman/8.4/en/other-vendor-data-types.html
  canonicalType: canonicalType({
    BOOL: "TINYINT(1)",
    BOOLEAN: "TINYINT(1)",
    DEC: "DECIMAL",
    "DOUBLE PRECISION": "DOUBLE",
    FIXED: "DECIMAL",
    FLOAT4: "FLOAT",
    FLOAT8: "DOUBLE",
    INT: "INTEGER",
    INT1: "TINYINT",
    INT2: "SMALLINT",
    INT3: "MEDIUMINT",
    INT4: "INTEGER",
    INT8: "BIGINT",
    MIDDLEINT: "MEDIUMINT",
    NUMERIC: "DECIMAL",
    REAL: "DOUBLE",
  }),
};
