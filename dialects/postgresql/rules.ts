import { mentionsColumn } from "../../src/schema/column-mentions.js";
import type { CatalogRules } from "../../src/catalog/rules.js";
import type { Constraint } from "../../src/schema/constraints.js";
import { isSqlText } from "../../src/schema/expressions.js";
import { nameText, type Name } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { canonicalType } from "../shared/type-names.js";
import { identifiers } from "./identifiers.js";

/** Cuts a text to a number of bytes, never inside a character. */
function clip(text: string, bytes: number): string {
  let result = text;
  while (Buffer.byteLength(result, "utf8") > bytes) result = [...result].slice(0, -1).join("");
  return result;
}

/**
 * The server joins the table's name, the columns' and a suffix; what is too long is taken from the longer of the two
 * names: `makeObjectName` in https://github.com/postgres/postgres/blob/master/src/backend/commands/indexcmds.c
 */
function joinNames(table: string, columns: string, suffix: string): string {
  const lengthOf = (text: string): number => Buffer.byteLength(text, "utf8");
  const overhead = suffix.length + 1 + (columns === "" ? 0 : 1);
  const available = identifiers.maxLength - overhead;
  let tableBytes = lengthOf(table);
  let columnBytes = lengthOf(columns);
  while (tableBytes + columnBytes > available) {
    if (tableBytes > columnBytes) tableBytes -= 1;
    else columnBytes -= 1;
  }
  const columnPart = columns === "" ? "" : `_${clip(columns, columnBytes)}`;
  return `${clip(table, tableBytes)}${columnPart}_${suffix}`;
}

function columnsText(columns: readonly Name[]): string {
  return columns.map(nameText).join("_");
}

/** A check is named for its column when it mentions exactly one. */
function checkedColumn(constraint: Extract<Constraint, { kind: "check" }>, table: Table): string {
  if (constraint.boundTo !== undefined) return nameText(constraint.boundTo);
  const mentioned = table.columns.filter((column) => mentionsColumn(constraint.condition, column.name));
  const [only] = mentioned;
  return mentioned.length === 1 && only !== undefined ? nameText(only.name) : "";
}

function baseName(constraint: Constraint, table: Table): { columns: string; suffix: string } {
  switch (constraint.kind) {
    case "primaryKey":
      return { columns: "", suffix: "pkey" };
    case "unique":
      return { columns: columnsText(constraint.columns), suffix: "key" };
    case "foreignKey":
      return { columns: columnsText(constraint.columns), suffix: "fkey" };
    case "check":
      return { columns: checkedColumn(constraint, table), suffix: "check" };
    case "exclude": {
      const names = constraint.elements.map(({ expression }) =>
        isSqlText(expression) ? "expr" : nameText(expression),
      );
      return { columns: names.join("_"), suffix: "excl" };
    }
  }
}

/** What the replayed schema has to know of PostgreSQL. */
export const rules: CatalogRules = {
  // https://www.postgresql.org/docs/current/datatype.html, aliases
  canonicalType: canonicalType({
    INT: "INTEGER",
    INT2: "SMALLINT",
    INT4: "INTEGER",
    INT8: "BIGINT",
    BOOL: "BOOLEAN",
    DECIMAL: "NUMERIC",
    FLOAT: "DOUBLE PRECISION",
    FLOAT4: "REAL",
    FLOAT8: "DOUBLE PRECISION",
    "CHARACTER VARYING": "VARCHAR",
    CHARACTER: "CHAR",
    TIMESTAMPTZ: "TIMESTAMP WITH TIME ZONE",
    "BIT VARYING": "VARBIT",
  }),
  viewsBlock: true,
  partitionsAreTables: true,
  takesIndex(constraint) {
    const index = constraint.options.postgresql?.["usingIndex"];
    return typeof index === "string" ? index : undefined;
  },
  // `t_pkey`, `t_a_b_key`, `t_a_fkey`, `t_a_check`, with a number when taken
  impliedName(constraint, table, isTaken) {
    const { columns, suffix } = baseName(constraint, table);
    const taken = new Set([
      ...table.constraints.flatMap(({ name, impliedName }) =>
        name === undefined ? (impliedName ?? []) : nameText(name),
      ),
      ...table.indexes.flatMap(({ name }) => (name === undefined ? [] : nameText(name))),
    ]);
    for (let number = 0; ; number++) {
      const name = joinNames(nameText(table.name), columns, number === 0 ? suffix : `${suffix}${number}`);
      if (!taken.has(name) && !isTaken(name)) return name;
    }
  },
};
