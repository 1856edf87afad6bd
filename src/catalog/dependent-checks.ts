import type { Constraint } from "../schema/constraints.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { TableName } from "./body-references.js";
import { catalogKey } from "./catalog.js";
import { columnTitle, dependentBodies, objectName, tableTitle } from "./dependent-bodies.js";
import type { ChangeOfSubject } from "./dependent-rules.js";
import { keysNeeding } from "./dependents.js";
import type { SchemaChecks } from "./schema-checks.js";
import { usesOf } from "./texts/uses.js";

/** Nothing else stands on a table that is dropped. */
export function nothingDependsOnTable(expect: SchemaChecks, table: Table, mended: readonly string[] = []): void {
  const keys = keysOnTable(expect, table, mended);
  const dependents = [...keys, ...bodiesOn(expect, "dropTable", table, undefined, mended)];
  refuseDependents(expect, `the table "${catalogKey(table.schema, table.name)}" cannot be dropped`, dependents);
}

/** The foreign keys to a table that is dropped; a server that does not look for their tables lets them fail later. */
function keysOnTable(expect: SchemaChecks, table: Table, mended: readonly string[]): readonly Dependent[] {
  const fate = expect.catalog.rules.takesForwardKeys === true ? "breaks" : "refuses";
  if (fate === "breaks" && mended.includes(tableTitle(table))) return [];
  return foreignKeysTo(expect, table)
    .filter(({ owner }) => fate === "refuses" || !mended.includes(tableTitle(owner)))
    .map(({ from, name }) => ({ text: `foreign key ${name} of ${from}`, fate }));
}

function foreignKeysTo(expect: SchemaChecks, table: Table, column?: Name): readonly KeyOnTable[] {
  if (expect.foreignKeysUnchecked) return [];
  return expect.catalog.tablesReferringTo(table.schema, table.name).flatMap((other) => {
    if (sameName(other.name, table.name) && sameName(other.schema, table.schema)) return [];
    return other.constraints.flatMap((constraint) => {
      if (constraint.kind !== "foreignKey") return [];
      if (!sameName(constraint.referredTable, table.name) || !sameName(constraint.referredSchema, table.schema))
        return [];
      if (column !== undefined && !constraint.referredColumns.some((name) => sameName(name, column))) return [];
      const name = constraint.name === undefined ? constraint.impliedName : nameText(constraint.name);
      return [
        {
          owner: other,
          from: catalogKey(other.schema, other.name),
          name: name ?? `on ${constraint.columns.map(nameText).join(", ")}`,
        },
      ];
    });
  });
}

function bodiesOn(
  expect: SchemaChecks,
  change: ChangeOfSubject,
  table: TableName,
  column: Name | undefined,
  mended: readonly string[],
) {
  const subjects =
    column === undefined
      ? [tableTitle(table), objectName({ kind: "view", ...table }), objectName({ kind: "materializedView", ...table })]
      : [tableTitle(table), columnTitle(table, column)];
  const isMadeAnew = subjects.some((subject) => mended.includes(subject));
  return dependentBodies(expect.catalog, change, table, column)
    .filter(({ object, fate, through }) => {
      if (fate === "refuses") return true;
      return !isMadeAnew && ![object, through].some((one) => one !== undefined && mended.includes(objectName(one)));
    })
    .map(({ object, fate }) => ({ text: objectName(object), fate }));
}

/** No other view, trigger or routine reads from a view that is dropped. */
export function nothingDependsOnView(
  expect: SchemaChecks,
  schema: Name | undefined,
  name: Name,
  mended: readonly string[] = [],
): void {
  const others = bodiesOn(expect, "dropTable", { schema, name }, undefined, mended);
  refuseDependents(expect, `the view "${catalogKey(schema, name)}" cannot be dropped`, others);
}

/** No foreign key, view, trigger or routine uses a column that is dropped. */
export function nothingDependsOnColumn(
  expect: SchemaChecks,
  table: Table,
  name: Name,
  mended: readonly string[] = [],
): void {
  const keys = foreignKeysTo(expect, table, name).map(({ from, name: key }) =>
    refusing(`foreign key ${key} of ${from}`),
  );
  const bodies = bodiesOn(expect, "dropColumn", table, name, mended);
  refuseDependents(expect, `the column "${nameText(table.name)}.${nameText(name)}" cannot be dropped`, [
    ...keys,
    ...bodies,
  ]);
}

/** No view, trigger or routine uses a column whose type changes, where the server minds. */
export function noBodyOnRetypedColumn(
  expect: SchemaChecks,
  table: Table,
  name: Name,
  mended: readonly string[] = [],
): void {
  const bodies = bodiesOn(expect, "retype", table, name, mended);
  refuseDependents(expect, `the type of "${nameText(table.name)}.${nameText(name)}" cannot change`, bodies);
}

/** No view, trigger or routine names a table or column by the name that it loses, where the server does not follow. */
export function noBodyOnRenamed(
  expect: SchemaChecks,
  table: TableName,
  column: Name | undefined,
  mended: readonly string[] = [],
): void {
  const key = catalogKey(table.schema, table.name);
  const what = column === undefined ? `the table "${key}"` : `the column "${key}.${nameText(column)}"`;
  refuseDependents(expect, `${what} cannot be renamed`, bodiesOn(expect, "rename", table, column, mended));
}

/** No foreign key of another table needs a primary key or unique constraint that is dropped. */
export function nothingDependsOnConstraint(expect: SchemaChecks, table: Table, constraint: Constraint): void {
  const { takesForwardKeys, dropsKeysUnchecked } = expect.catalog.rules;
  if (takesForwardKeys === true || (expect.foreignKeysUnchecked && dropsKeysUnchecked === true)) return;
  const keys = keysNeeding(expect.catalog, table, constraint).map(({ owner, key }) => {
    return refusing(`foreign key ${constraintText(key)} of ${catalogKey(owner.schema, owner.name)}`);
  });
  refuseDependents(expect, `the constraint "${constraintText(constraint)}" cannot be dropped`, keys);
}

/** Nothing uses a type that is dropped: no column, domain or routine is of it, no text casts to it. */
export function nothingUsesType(expect: SchemaChecks, kind: "enum type" | "domain", type: TableName): void {
  const uses = usesOf(expect.catalog, { ...type, kind: "type" }).map(refusing);
  refuseDependents(expect, `the ${kind} "${catalogKey(type.schema, type.name)}" cannot be dropped`, uses);
}

/** No default, check, index, view, trigger or other text uses a routine that is dropped, where the server minds. */
export function nothingUsesRoutine(
  expect: SchemaChecks,
  kind: "function" | "procedure",
  { schema, name }: TableName,
): void {
  // of several of a name, it is not told which a text calls
  if ((expect.catalog.object(kind, schema, name)?.overloads.length ?? 0) > 1) return;
  const alone = expect.catalog.withoutObject(kind, schema, name);
  const uses = usesOf(alone, { schema, name, kind: "routine" }).map(refusing);
  refuseDependents(expect, `the ${kind} "${catalogKey(schema, name)}" cannot be dropped`, uses);
}

/** No default counts a sequence that is dropped. */
export function nothingUsesSequence(expect: SchemaChecks, sequence: TableName): void {
  const uses = usesOf(expect.catalog, { ...sequence, kind: "relation" }).map(refusing);
  const key = catalogKey(sequence.schema, sequence.name);
  refuseDependents(expect, `the sequence "${key}" cannot be dropped`, uses);
}

function refuseDependents(expect: SchemaChecks, text: string, dependents: readonly Dependent[]): void {
  if (dependents.length === 0) return;
  const names = dependents.map((dependent) => dependent.text);
  const breaks = dependents.every(({ fate }) => fate === "breaks");
  throw expect.error(
    "has-dependents",
    `${text}: ${names.join(", ")} ${breaks ? "would fail from then on" : "use it"}.`,
    breaks
      ? "The server lets it through: drop or replace what depends on it in the same revision."
      : "Drop what depends on it first, and make it anew after.",
    { dependents: names },
  );
}

/** A foreign key to a table, the table that it is of, and what both are called. */
interface KeyOnTable {
  readonly owner: Table;
  readonly from: string;
  readonly name: string;
}

/** What depends on something, in words, and what the server does about it. */
interface Dependent {
  readonly text: string;
  readonly fate: "refuses" | "breaks";
}

function refusing(text: string): Dependent {
  return { text, fate: "refuses" };
}

function constraintText({ name, impliedName }: Constraint): string {
  return name === undefined ? (impliedName ?? "without a name") : nameText(name);
}
