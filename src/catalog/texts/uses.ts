import type { Column } from "../../schema/columns.js";
import { isComputed } from "../../schema/columns.js";
import type { SqlText } from "../../schema/expressions.js";
import { sql } from "../../schema/expressions.js";
import { nameText, sameName, type Name } from "../../schema/names.js";
import type { Constraint } from "../../schema/constraints.js";
import type { Index } from "../../schema/indexes.js";
import { isObjectText } from "../../schema/object-text.js";
import { otherTitle } from "../../schema/other-objects.js";
import type { SchemaObject } from "../../schema/schema-objects.js";
import { constraintsOf, type Table } from "../../schema/tables.js";
import { isType, type SqlType } from "../../schema/types/type.js";
import { catalogKey, type Catalog, type Unknown } from "../catalog.js";
import { withoutBodies } from "../changes/tables.js";
import { withoutObjectsOf } from "../dependents.js";
import { enumTypeOf } from "../enums.js";
import { removeColumn } from "../table-changes.js";
import { otherUses } from "./other-texts.js";
import { mentions, type Subject, type TextKind } from "./mentions.js";
import {
  changedCheck,
  changedColumnType,
  changedConstraint,
  changedDefault,
  changedIndex,
  objectWithTexts,
  tableWithTexts,
  type TrackedChange,
} from "./tracked-texts.js";

/** Looks for a subject in texts and types. */
class Search implements TrackedChange {
  isFound = false;

  constructor(readonly subject: Subject) {}

  text(text: SqlText, kind: TextKind): SqlText {
    this.isFound ||= mentions(text, this.subject, kind);
    return text;
  }

  type(type: SqlType): SqlType {
    this.isFound ||= isOfType(type, this.subject);
    return type;
  }
}

function isOfType(type: SqlType, { kind, schema, name }: Subject): boolean {
  if (isType(type, "raw")) return mentions(sql.raw(type.parameters.text), { kind, schema, name }, "result");
  if (kind !== "type") return false;
  const isSubject = (found: { readonly name: Name; readonly schema?: Name | undefined }): boolean =>
    sameName(found.schema, schema) && (name === undefined || sameName(found.name, name));
  if (isType(type, "DOMAIN")) return isSubject(type.parameters);
  const found = enumTypeOf(type);
  return found !== undefined && isSubject(found);
}

function has(subject: Subject, look: (search: Search) => unknown): boolean {
  const search = new Search(subject);
  look(search);
  return search.isFound;
}

/** Whether a constraint cannot be without a subject. */
function constraintUses(constraint: Constraint, subject: Subject): boolean {
  return has(subject, (search) => changedConstraint(constraint, search));
}

function indexUses(index: Index, subject: Subject): boolean {
  return has(subject, (search) => changedIndex(index, search));
}

/** Whether a column is of a subject, or computed by it. */
function columnIsOf(column: Column, subject: Subject): boolean {
  if (has(subject, (search) => changedColumnType(column, search))) return true;
  return isComputed(column.serverDefault) && has(subject, (search) => changedDefault(column.serverDefault, search));
}

function withoutUsesInColumn(column: Column, subject: Subject): Column {
  const checks = column.checks.filter((check) => !has(subject, (search) => changedCheck(check, search)));
  const isDefault = has(subject, (search) => changedDefault(column.serverDefault, search));
  if (checks.length === column.checks.length && !isDefault) return column;
  return {
    ...column,
    type: column.type,
    checks,
    serverDefault: isDefault ? undefined : column.serverDefault,
  };
}

/** What an object beside tables that uses a subject becomes by CASCADE; undefined where it goes as a whole. */
function withoutUsesInObject(object: SchemaObject, subject: Subject): SchemaObject | undefined {
  if (object.kind !== "domain" || isObjectText(object.content)) return undefined;
  const { content } = object;
  if (has(subject, (search) => changedColumnType({ type: content.type }, search))) return undefined;
  // its default is of the domain itself, a check is not
  if (has(subject, (search) => changedDefault(content.serverDefault, search))) return undefined;
  const checks = content.checks.filter((check) => !has(subject, (search) => changedCheck(check, search)));
  return { ...object, content: { ...content, checks } };
}

/** What goes together with an object: what hangs on it, or uses it in its turn. */
function withoutObjectAndUses(catalog: Catalog, object: SchemaObject, because: Unknown): Catalog {
  const { schema, name } = object;
  const without = withoutObjectsOf(catalog.without(object), schema, name, because.origin);
  switch (object.kind) {
    case "view":
    case "materializedView":
      return withoutBodies(without, { schema, name }, undefined, because);
    case "function":
    case "procedure":
      return withoutUses(without, { kind: "routine", schema, name }, because);
    case "domain":
      return withoutUses(without, { kind: "type", schema, name }, because);
    default:
      return without;
  }
}

/** The routine without those of its name that use a subject, and whether there are any left. */
function partsUsing(object: SchemaObject, subject: Subject, catalog: Catalog): SchemaObject | undefined {
  const rules = catalog.rules.dependents;
  if (rules === undefined) return undefined;
  if (object.kind === "function") {
    const left = object.overloads.filter(
      (one) => !has(subject, (search) => objectWithTexts({ ...object, overloads: [one] }, search, rules)),
    );
    return left.length === 0 ? undefined : { ...object, overloads: left };
  }
  return undefined;
}

/** The columns that are of a subject or computed by it, each with its table. */
export function columnsUsing(
  catalog: Catalog,
  subject: Subject,
): readonly { readonly table: Table; readonly column: Column }[] {
  return catalog.tables
    .values()
    .flatMap((table) => table.columns.map((column) => ({ table, column })))
    .filter(({ column }) => columnIsOf(column, subject));
}

function nameOf({ name, impliedName }: Pick<Constraint, "name" | "impliedName">): string {
  return name === undefined ? (impliedName ?? "without a name") : nameText(name);
}

/** The parts of a table that use a subject, in words. */
function usesInTable(table: Table, subject: Subject): readonly string[] {
  if (!has(subject, (search) => tableWithTexts(table, search))) return [];
  const key = catalogKey(table.schema, table.name);
  const [gone, left] = [true, false].map((isGone) =>
    table.columns.filter((column) => columnIsOf(column, subject) === isGone),
  );
  return [
    ...(gone ?? []).map(({ name }) => `column ${key}.${nameText(name)}`),
    ...(left ?? [])
      .filter(({ serverDefault }) => has(subject, (search) => changedDefault(serverDefault, search)))
      .map(({ name }) => `default of column ${key}.${nameText(name)}`),
    ...constraintsOf(table)
      .filter((constraint) => constraintUses(constraint, subject))
      .map((constraint) => `constraint ${nameOf(constraint)} of ${key}`),
    ...table.indexes
      .filter((index) => indexUses(index, subject))
      .map(({ name }) => `index ${nameOf({ name })} of ${key}`),
  ];
}

/** What uses a routine, type or sequence, in words: what keeps the server from dropping it without CASCADE. */
export function usesOf(catalog: Catalog, subject: Subject): readonly string[] {
  const rules = catalog.rules.dependents;
  if (rules?.tracksMentions !== true) return [];
  const objects = catalog.objects
    .values()
    .filter((object) => has(subject, (search) => objectWithTexts(object, search, rules)))
    .map(({ kind, schema, name }) => `${kind} ${catalogKey(schema, name)}`);
  const others = catalog.others
    .values()
    .filter((object) => otherUses(object, subject))
    .map(otherTitle);
  return [...catalog.tables.values().flatMap((table) => usesInTable(table, subject)), ...objects, ...others];
}

/** Whether any text of a catalog mentions a subject, or anything is of it. */
export function isMentioned(catalog: Catalog, subject: Subject): boolean {
  return usesOf(catalog, subject).length > 0;
}

function withoutUsesInTable(catalog: Catalog, table: Table, subject: Subject, because: Unknown): Catalog {
  if (!has(subject, (search) => tableWithTexts(table, search))) return catalog;
  const gone = table.columns.filter((column) => columnIsOf(column, subject));
  let result = catalog;
  for (const { name } of gone) result = withoutBodies(result, table, nameText(name), because);
  const rest = gone.reduce((current, { name }) => removeColumn(current, name, catalog.rules), table);
  return result.withTable({
    ...rest,
    columns: rest.columns.map((column) => withoutUsesInColumn(column, subject)),
    constraints: rest.constraints.filter((constraint) => !constraintUses(constraint, subject)),
    indexes: rest.indexes.filter((index) => !indexUses(index, subject)),
  });
}

/** The catalog without all that uses a subject which goes by CASCADE, and without what uses that. */
export function withoutUses(catalog: Catalog, subject: Subject, because: Unknown): Catalog {
  const rules = catalog.rules.dependents;
  if (rules?.tracksMentions !== true) return catalog;
  let result = catalog;
  for (const { schema, name } of catalog.tables.values()) {
    const table = result.table(schema, name);
    if (table !== undefined) result = withoutUsesInTable(result, table, subject, because);
  }
  for (const known of catalog.objects.values()) {
    const { kind, schema, name } = known;
    const tableName = "tableName" in known ? known.tableName : undefined;
    const object = result.object(kind, schema, name, tableName);
    if (object === undefined || !has(subject, (search) => objectWithTexts(object, search, rules))) continue;
    const left = withoutUsesInObject(object, subject) ?? partsUsing(object, subject, catalog);
    result = left === undefined ? withoutObjectAndUses(result, object, because) : result.withObject(left);
  }
  for (const object of catalog.others.values()) {
    if (otherUses(object, subject)) result = result.withoutOther(object);
  }
  return result;
}

/** The catalog without all that uses anything in a schema which goes by CASCADE. */
export function withoutUsesOfSchema(catalog: Catalog, schema: Name, because: Unknown): Catalog {
  return (["type", "routine", "relation"] as const).reduce(
    (current, kind) => withoutUses(current, { kind, schema, name: undefined }, because),
    catalog,
  );
}
