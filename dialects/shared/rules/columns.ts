import { mentionsColumn } from "../../../src/schema/column-mentions.js";
import { findColumn } from "../../../src/catalog/table-changes.js";
import type { Catalog } from "../../../src/catalog/catalog.js";
import type { Breach, Change, TableView } from "../../../src/compiler/server-rules.js";
import type { OperationOf } from "../../../src/operations/index.js";
import { computedOf, type Column } from "../../../src/schema/columns.js";
import type { Check } from "../../../src/schema/constraints.js";
import type { Name } from "../../../src/schema/names.js";
import { nameText, sameName } from "../../../src/schema/names.js";
import { constraintsOf, type Table } from "../../../src/schema/tables.js";
import type { SqlType } from "../../../src/schema/types/type.js";
import { enumValues, keysOf, nameOf, typeText } from "./keys.js";

/** A column whose type an operation changes. */
export interface Retyping {
  readonly operation: OperationOf<"alterColumn">;
  readonly table: Table;
  readonly column: Column;
  readonly type: SqlType;
  /** The old and the new type as they are written, in capitals. */
  readonly from: string;
  readonly to: string;
}

/** The table of an operation, when all of it is known. */
function knownTable(catalog: Catalog, schema: Name | undefined, name: Name): Table | undefined {
  return catalog.unknownBecauseOf(schema, name) === undefined ? catalog.table(schema, name) : undefined;
}

/** A change of type between two types that are known. */
export function retypingOf({ operation, before, context }: Change<"alterColumn">): Retyping | undefined {
  const { type } = operation.change;
  const table = knownTable(before, operation.schema, operation.tableName);
  const column = findColumn(table, operation.columnName);
  if (type === undefined || table === undefined || column === undefined) return undefined;
  const [from, to] = [typeText(column.type, context), typeText(type, context)];
  if (from === undefined || to === undefined || from === to) return undefined;
  return { operation, table, column, type, from: from.toUpperCase(), to: to.toUpperCase() };
}

/** The checks that stand on a table or its columns, those that stand for a type left out. */
function writtenChecks(table: Table): readonly Check[] {
  return constraintsOf(table).filter(
    (constraint): constraint is Check => constraint.kind === "check" && constraint.boundTo === undefined,
  );
}

/** How messages call a check. */
function checkTitle(check: Check): string {
  const name = nameOf(check);
  return name === undefined ? "a check without a name" : `the check "${nameText(name)}"`;
}

/** The checks that speak of a column, with the others that they speak of. */
function checksOn(table: Table, name: Name): readonly { readonly check: Check; readonly others: readonly Column[] }[] {
  return writtenChecks(table)
    .filter(({ condition }) => mentionsColumn(condition, name))
    .map((check) => ({
      check,
      others: table.columns.filter(
        (column) => !sameName(column.name, name) && mentionsColumn(check.condition, column.name),
      ),
    }));
}

/** A column that a check of several columns speaks of is dropped after the check. */
export function* columnOfCheck({ before, operation }: Change<"dropColumn">): Iterable<Breach> {
  const table = knownTable(before, operation.schema, operation.tableName);
  if (table === undefined) return;
  for (const { check, others } of checksOn(table, operation.columnName)) {
    if (others.length === 0) continue;
    yield {
      text: `${checkTitle(check)} of "${nameText(table.name)}" needs "${nameText(operation.columnName)}" and ${others.map(({ name }) => `"${nameText(name)}"`).join(", ")}.`,
      hint: "Drop the check first: op.dropConstraint.",
    };
  }
}

/** A column that a check speaks of keeps its name as long as the check stands. */
export function* renamedUnderCheck({ before, operation, context }: Change<"alterColumn">): Iterable<Breach> {
  const { newColumnName } = operation.change;
  const table = knownTable(before, operation.schema, operation.tableName);
  if (table === undefined || newColumnName === undefined || sameName(newColumnName, operation.columnName)) return;
  for (const check of constraintsOf(table)) {
    if (check.kind !== "check" || !context.isWritten(check, table)) continue;
    if (!mentionsColumn(check.condition, operation.columnName)) continue;
    const name = nameOf(check);
    const called = name === undefined ? "…" : JSON.stringify(nameText(name));
    yield {
      text: `${checkTitle(check)} of "${nameText(table.name)}" speaks of "${nameText(operation.columnName)}", which is to get another name.`,
      hint:
        `Drop the check before, op.dropConstraint(${called}, "${nameText(table.name)}", { type: "check" }), ` +
        "and make it anew after: op.createCheckConstraint.",
    };
  }
}

/** A column of a key of several columns is dropped after the key. */
export function* columnOfCompositeKey({ before, operation }: Change<"dropColumn">): Iterable<Breach> {
  const table = knownTable(before, operation.schema, operation.tableName);
  if (table === undefined) return;
  for (const key of keysOf(table)) {
    if (!key.isUnique || key.columns.length < 2) continue;
    if (!key.columns.some((name) => sameName(name, operation.columnName))) continue;
    yield {
      text: `${key.title} of "${nameText(table.name)}" has "${nameText(operation.columnName)}" and other columns.`,
      hint: "Drop it first, and make it anew over the columns that stay.",
    };
  }
}

/**
 * The columns of a table have names of their own.
 *
 * @param fold what of a name the server compares: a server that takes no notice of case folds it
 */
export function distinctColumns(fold: (name: Name) => string) {
  return function* ({ table }: TableView): Iterable<Breach> {
    const seen = new Set<string>();
    for (const { name } of table.columns) {
      const folded = fold(name);
      if (seen.has(folded)) {
        yield {
          text: `the table "${nameText(table.name)}" has two columns "${nameText(name)}".`,
          hint: "Give each column a name of its own.",
        };
      }
      seen.add(folded);
    }
  };
}

/** The default of an enumeration is one of its values, those included that were added to its type later. */
export function* enumDefaults({ table, catalog, context }: TableView): Iterable<Breach> {
  for (const column of table.columns) {
    const { serverDefault } = column;
    const type = context.variant(column.type);
    const values = enumValues(type);
    if (values === undefined || typeof serverDefault !== "string" || values.includes(serverDefault)) continue;
    const { name, schema, nativeEnum, createConstraint } = type.parameters as {
      readonly name?: Name;
      readonly schema?: string;
      readonly nativeEnum?: boolean;
      readonly createConstraint?: boolean;
    };
    const isHeldTo = (nativeEnum !== false && context.dialect.features.nativeEnum) || createConstraint === true;
    if (!isHeldTo) continue;
    const later = name === undefined ? undefined : catalog.enum(schema, name);
    if (later?.values.includes(serverDefault) === true) continue;
    yield {
      text: `the default '${serverDefault}' of "${nameText(table.name)}.${nameText(column.name)}" is no value of its enumeration.`,
      hint: `Its values are ${(later?.values ?? values).join(", ")}.`,
    };
  }
}

/** Rows have no values for columns that the server computes. */
export function* valuesOfComputed({ before, operation }: Change<"bulkInsert">): Iterable<Breach> {
  const target = operation.table;
  const table = knownTable(before, target.kind === "table" ? target.schema : undefined, target.name);
  const columns = table?.columns ?? (target.kind === "table" ? target.columns : []);
  const names = new Set(operation.rows.flatMap((row) => Object.keys(row)));
  for (const column of columns) {
    if (computedOf(column) === undefined || !names.has(nameText(column.name))) continue;
    yield {
      text: `"${nameText(target.name)}.${nameText(column.name)}" is computed by the server: a row cannot say its value.`,
      hint: "Leave the column out of the rows.",
    };
  }
}
