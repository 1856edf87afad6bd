import { mentionsColumn } from "../../src/schema/column-mentions.js";
import type { CatalogRules } from "../../src/catalog/rules.js";
import type { Constraint } from "../../src/schema/constraints.js";
import type { DialectOptions } from "../../src/schema/dialect-names.js";
import { isSqlText, type SqlText } from "../../src/schema/expressions.js";
import { nameText, type Name } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { lateFates } from "../shared/dependents.js";
import { canonicalType } from "../shared/type-names.js";
import { identifiers } from "./identifiers.js";
import { routineRules } from "./routine-rules.js";

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

/** The columns that an index has besides those that it is ordered by: they are in its name, too. */
function included(options: DialectOptions): readonly string[] {
  return (options.postgresql?.["include"] as readonly string[] | undefined) ?? [];
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
      return { columns: columnsText([...constraint.columns, ...included(constraint.options)]), suffix: "key" };
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

/** The joined name, with the first number behind it that makes it free. */
function freeName(
  table: Table,
  { columns, suffix }: { readonly columns: string; readonly suffix: string },
  isTaken: (name: string) => boolean,
): string {
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
}

/** Calls that the grammar turns into others. */
const specialCalls = new Set(["cast", "extract", "position", "substring", "trim", "overlay", "row", "normalize"]);

/**
 * What a column or expression gives to the name of an index: its own name, or that of the function that it calls;
 * undefined when it cannot be told. `FigureIndexColname` in
 * https://github.com/postgres/postgres/blob/master/src/backend/parser/parse_target.c
 */
function indexedName(item: Name | SqlText): string | undefined {
  if (!isSqlText(item)) return nameText(item);
  const text = item.parts.every((part) => typeof part === "string") ? item.parts.join("") : "";
  const ordered = /^([a-z_][a-z0-9_]*)(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?$/i.exec(text.trim());
  if (ordered?.[1] !== undefined) return ordered[1].toLowerCase();
  const withoutStrings = text.trim().replace(/'(?:[^']|'')*'/g, "''");
  const [, name, inner] = /^(?:[a-z_][a-z0-9_]*\.)?([a-z_][a-z0-9_]*)\((.*)\)$/is.exec(withoutStrings) ?? [];
  if (name === undefined || inner === undefined || specialCalls.has(name.toLowerCase())) return undefined;
  let depth = 0;
  for (const character of inner) {
    depth += character === "(" ? 1 : character === ")" ? -1 : 0;
    if (depth < 0) return undefined;
  }
  return name.toLowerCase();
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
  // https://www.postgresql.org/docs/current/ddl-depend.html
  dependents: {
    view: { dropTable: "refuses", dropColumn: "refuses", rename: "follows", retype: "refuses" },
    trigger: { dropTable: "keeps", dropColumn: "refuses", rename: "follows", retype: "refuses" },
    // the function of a trigger is text: https://www.postgresql.org/docs/current/ddl-depend.html
    triggerBody: lateFates,
    triggerVariablesGoFirst: true,
    routine: routineRules,
    rowsAreTypes: true,
    tracksMentions: true,
    // https://www.postgresql.org/docs/current/sql-createview.html
    viewStarsAreFixed: true,
    resultsKeepNames: true,
  },
  partitionsAreTables: true,
  // `transformIndexConstraints` in https://github.com/postgres/postgres/blob/master/src/backend/parser/parse_utilcmd.c
  makesEqualKeysOnce: true,
  inheritsColumns: ({ options }) => options.postgresql?.["inherits"] !== undefined,
  takesIndex(constraint) {
    const { usingIndex, ...others } = constraint.options.postgresql ?? {};
    if (typeof usingIndex !== "string") return undefined;
    const { name = usingIndex, options } = constraint;
    return { index: usingIndex, constraint: { ...constraint, name, options: { ...options, postgresql: others } } };
  },
  // `t_a_b_idx`, with a number when taken
  impliedIndexName({ columns, options }, table, isTaken) {
    const names = [...columns.map(indexedName), ...included(options)];
    if (names.includes(undefined)) return undefined;
    return freeName(table, { columns: names.join("_"), suffix: "idx" }, isTaken);
  },
  // `t_pkey`, `t_a_b_key`, `t_a_fkey`, `t_a_check`, with a number when taken
  impliedName(constraint, table, isTaken) {
    return freeName(table, baseName(constraint, table), isTaken);
  },
};
