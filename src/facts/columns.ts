import { catalogKey } from "../catalog/catalog-key.js";
import { findColumn } from "../catalog/table-changes.js";
import type { AddColumn } from "../operations/add-column.js";
import type { AlterColumn } from "../operations/alter-column.js";
import type { DropColumn } from "../operations/drop-column.js";
import { computedOf, identityOf, isComputed, isIdentity, isNullable, type Column } from "../schema/columns.js";
import { isSqlText } from "../schema/expressions.js";
import { nameText, sameName, type Name } from "../schema/names.js";
import type { SqlType } from "../schema/types/type.js";
import type { Table } from "../schema/tables.js";
import type { Breakage, FactsOf, Loss, ObjectName, RowFailure } from "./facts.js";
import { columnOf, objectText } from "./object-names.js";
import { lostByRetyping } from "./retyping.js";
import { tablesReferredTo } from "./tables.js";

function needsValue({ nullable, serverDefault }: Column): boolean {
  return nullable === false && serverDefault === undefined;
}

/** Whether all rows that are there get the same value in a new column. */
function isSameInAllRows({ serverDefault }: Column): boolean {
  if (serverDefault === undefined || isIdentity(serverDefault) || isComputed(serverDefault)) return false;
  return !isSqlText(serverDefault);
}

/** Whether no two rows may have the same value in a column. */
function isUniqueAlone({ constraints, indexes }: Table, name: Name): boolean {
  const isAlone = (columns: readonly unknown[]): boolean => columns.length === 1 && sameName(columns[0] as Name, name);
  const isKey = (constraint: Table["constraints"][number]): boolean =>
    (constraint.kind === "unique" || constraint.kind === "primaryKey") && isAlone(constraint.columns);
  return constraints.some(isKey) || indexes.some(({ unique, columns }) => unique && isAlone(columns));
}

function failuresOfNew(column: Column, addition: Table): readonly RowFailure[] {
  const of = columnOf({ schema: addition.schema, tableName: addition.name }, column.name);
  const table = catalogKey(addition.schema, addition.name);
  if (needsValue(column)) {
    const what = `the new column ${nameText(column.name)} is NOT NULL and has no default`;
    return [{ cause: "missingValue", of, text: `fails when ${table} has rows: ${what}` }];
  }
  if (!isSameInAllRows(column) || !isUniqueAlone(addition, column.name)) return [];
  const what = `the new column ${nameText(column.name)} is unique, and its default is the same in all`;
  return [{ cause: "duplicate", of, text: `fails when ${table} has several rows: ${what}` }];
}

export const addColumn: FactsOf<AddColumn> = ({ addition }, { before }) => {
  const owner = { schema: addition.schema, tableName: addition.name };
  const known = before.table(addition.schema, addition.name);
  const added = addition.columns.filter(({ name }) => findColumn(known, name) === undefined);
  return {
    touches: [
      ...added.map(({ name }) => ({ ...columnOf(owner, name), how: "makes" as const })),
      ...tablesReferredTo(addition),
    ],
    failures: added.flatMap((column) => failuresOfNew(column, addition)),
    breaks: added.filter(needsValue).map(({ name }): Breakage => {
      const of = columnOf(owner, name);
      return { whom: "writers", of, text: `an INSERT that does not name ${objectText(of)} fails` };
    }),
  };
};

export const dropColumn: FactsOf<DropColumn> = (operation, { before }) => {
  const { schema, tableName, columnName, ifExists } = operation;
  const table = before.table(schema, tableName);
  const column = findColumn(table, columnName);
  if (table !== undefined && column === undefined && ifExists) return { touches: [] };
  const of = columnOf(operation, columnName);
  const isComputedAnew = column !== undefined && computedOf(column) !== undefined;
  return {
    touches: [{ ...of, how: "drops" }],
    losses: isComputedAnew ? [] : [{ takes: "values", of, what: `the values of ${objectText(of)}` }],
    breaks: [{ whom: "both", of, text: `programs that name ${objectText(of)} fail` }],
  };
};

function lossesOfChange(
  { change, existing }: AlterColumn,
  column: Column | undefined,
  of: ObjectName,
  variant: (type: SqlType) => SqlType,
): readonly Loss[] {
  const losses: Loss[] = [];
  const type = column?.type ?? existing.existingType;
  if (change.type !== undefined && type !== undefined) {
    const lost = lostByRetyping(variant(type), variant(change.type));
    if (lost !== undefined) losses.push({ takes: lost.takes, of, what: `${lost.text}, of ${objectText(of)}` });
  }
  const { serverDefault } = change;
  const counted = column !== undefined && identityOf(column) !== undefined;
  if (counted && serverDefault !== undefined && !isIdentity(serverDefault)) {
    losses.push({ takes: "counter", of, what: `the counter of ${objectText(of)}` });
  }
  return losses;
}

function breaksOfChange(
  { change, columnName }: AlterColumn,
  column: Column | undefined,
  of: ObjectName,
): readonly Breakage[] {
  const path = objectText(of);
  const breaks: Breakage[] = [];
  if (change.newColumnName !== undefined && !sameName(change.newColumnName, columnName)) {
    breaks.push({ whom: "both", of, text: `programs that name ${path} fail` });
  }
  if (change.type !== undefined) {
    breaks.push({ whom: "both", of, text: `programs meet another type in ${path}` });
  }
  if (change.nullable === false && (column === undefined || isNullable(column))) {
    breaks.push({ whom: "writers", of, text: `a NULL written to ${path} fails` });
  }
  if (change.nullable === true) breaks.push({ whom: "readers", of, text: `programs may read NULL from ${path}` });
  const staysRequired = change.nullable === undefined ? column !== undefined && !isNullable(column) : !change.nullable;
  if (change.serverDefault === null && staysRequired) {
    breaks.push({ whom: "writers", of, text: `an INSERT that does not name ${path} fails` });
  }
  return breaks;
}

export const alterColumn: FactsOf<AlterColumn> = (operation, { before, variant }) => {
  const { schema, tableName, columnName, change, existing } = operation;
  const column = findColumn(before.table(schema, tableName), columnName);
  const of = columnOf(operation, columnName);
  const path = objectText(of);
  const failures: RowFailure[] = [];
  const mayBeNull = column === undefined ? existing.existingNullable !== false : isNullable(column);
  if (change.nullable === false && mayBeNull) {
    failures.push({ cause: "null", of, text: `fails when ${path} is NULL in a row` });
  }
  const losses = lossesOfChange(operation, column, of, variant);
  if (losses.some(({ takes }) => takes === "values")) {
    failures.push({ cause: "doesNotFit", of, text: `may fail at values of ${path} that the new type does not hold` });
  }
  const { newColumnName } = change;
  return {
    touches:
      newColumnName === undefined || sameName(newColumnName, columnName)
        ? [{ ...of, how: "changes" }]
        : [{ ...of, how: "renames", to: newColumnName }],
    losses,
    failures,
    breaks: breaksOfChange(operation, column, of),
  };
};
