import { mentionsColumn, renameMentions } from "../schema/column-mentions.js";
import type { Column } from "../schema/columns.js";
import { computedOf } from "../schema/columns.js";
import type { Check, Constraint } from "../schema/constraints.js";
import type { DialectName, DialectOptions } from "../schema/dialect-names.js";
import { dialectNames } from "../schema/dialect-names.js";
import type { SqlText } from "../schema/expressions.js";
import { asSqlText, isSqlText } from "../schema/expressions.js";
import type { Index } from "../schema/indexes.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import type { Table } from "../schema/tables.js";

function includes(columns: readonly Name[], name: Name): boolean {
  return columns.some((column) => sameName(column, name));
}

/** Whether an index, or that of a key, carries a column along besides those that it is ordered by. */
function carriesColumn(options: DialectOptions, column: Name): boolean {
  return dialectNames.some((dialect) => {
    const names = options[dialect]?.["include"] as Name | readonly Name[] | undefined;
    return names !== undefined && includes([names].flat(), column);
  });
}

/** Options of an index or a key that name columns: those that it carries along, and what is said of single ones. */
function renameInOptions(options: DialectOptions, from: Name, to: Name): DialectOptions {
  const renamed: { -readonly [D in DialectName]?: DialectOptions[D] } = { ...options };
  for (const dialect of dialectNames) {
    const given = options[dialect];
    if (given === undefined) continue;
    const changed: Record<string, unknown> = { ...given };
    if (Array.isArray(given["include"]))
      changed["include"] = (given["include"] as readonly Name[]).map(renamer(from, to));
    for (const key of ["ops", "length"]) {
      const byColumn = given[key];
      if (typeof byColumn !== "object" || byColumn === null) continue;
      changed[key] = Object.fromEntries(
        Object.entries(byColumn).map(([column, value]) => [
          sameName(column, from) ? nameText(to) : column,
          value as unknown,
        ]),
      );
    }
    renamed[dialect] = changed;
  }
  return renamed;
}

/** Whether a constraint cannot be without a column. */
export function constraintMentions(constraint: Constraint, column: Name): boolean {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return includes(constraint.columns, column) || carriesColumn(constraint.options, column);
    case "foreignKey":
      return includes(constraint.columns, column);
    case "check":
      return sameName(constraint.boundTo, column) || mentionsColumn(constraint.condition, column);
    case "exclude":
      return constraint.elements.some(({ expression }) => itemMentions(expression, column));
  }
}

function itemMentions(item: Name | SqlText, column: Name): boolean {
  return isSqlText(item) ? mentionsColumn(item, column) : sameName(item, column);
}

/** The conditions of a partial index, by dialect. */
function conditionsOf(index: Index): readonly (readonly [DialectName, SqlText])[] {
  return dialectNames.flatMap((dialect) => {
    const where = index.options[dialect]?.["where"] as string | SqlText | undefined;
    return where === undefined ? [] : [[dialect, asSqlText(where)] as const];
  });
}

/** Whether an index cannot be without a column. */
export function indexMentions(index: Index, column: Name): boolean {
  return (
    index.columns.some((item) => itemMentions(item, column)) ||
    carriesColumn(index.options, column) ||
    conditionsOf(index).some(([, where]) => mentionsColumn(where, column))
  );
}

/** The same constraint over other columns, by name. */
export function constraintOver(constraint: Constraint, change: (name: Name) => Name): Constraint {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
    case "foreignKey":
      return { ...constraint, columns: constraint.columns.map(change) };
    case "check":
    case "exclude":
      return constraint;
  }
}

/** The same index over other columns, by name. */
export function indexOver(index: Index, change: (name: Name) => Name): Index {
  return { ...index, columns: index.columns.map((column) => (isSqlText(column) ? column : change(column))) };
}

function renamer(from: Name, to: Name): (name: Name) => Name {
  return (name) => (sameName(name, from) ? to : name);
}

function renameInCheck(check: Check, from: Name, to: Name): Check {
  const condition = renameMentions(check.condition, from, to);
  return sameName(check.boundTo, from) ? { ...check, condition, boundTo: to } : { ...check, condition };
}

/** A constraint of a table after one of its columns was renamed. */
export function renameInConstraint(constraint: Constraint, from: Name, to: Name, table: Table): Constraint {
  const rename = renamer(from, to);
  if (constraint.kind === "check") return renameInCheck(constraint, from, to);
  const over = constraintOver(constraint, rename);
  const renamed = { ...over, options: renameInOptions(over.options, from, to) };
  const refersToItself =
    renamed.kind === "foreignKey" &&
    sameName(renamed.referredTable, table.name) &&
    sameName(renamed.referredSchema, table.schema);
  return refersToItself ? { ...renamed, referredColumns: renamed.referredColumns.map(rename) } : renamed;
}

/** An index of a table after one of the table's columns was renamed. */
export function renameInIndex(index: Index, from: Name, to: Name): Index {
  const columns = index.columns.map((item) =>
    isSqlText(item) ? renameMentions(item, from, to) : renamer(from, to)(item),
  );
  const options: { -readonly [D in DialectName]?: DialectOptions[D] } = { ...index.options };
  for (const [dialect, where] of conditionsOf(index)) {
    options[dialect] = { ...options[dialect], where: renameMentions(where, from, to) };
  }
  return { ...index, columns, options: renameInOptions(options, from, to) };
}

/** A column of a table after one of the table's columns was renamed: its checks, and what it is computed from. */
export function renameInColumn(column: Column, from: Name, to: Name): Column {
  const computed = computedOf(column);
  const serverDefault =
    computed === undefined
      ? column.serverDefault
      : { ...computed, expression: renameMentions(computed.expression, from, to) };
  return { ...column, serverDefault, checks: column.checks.map((check) => renameInCheck(check, from, to)) };
}
