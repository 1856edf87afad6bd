import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import type { OtherObject, OwningPart } from "../schema/other-objects.js";
import type { ObjectKind, SchemaObject } from "../schema/schema-objects.js";
import { constraintsOf, type Table } from "../schema/tables.js";
import type { PersistentMap } from "./persistent-map.js";

/** A table, or something else with a name in a schema. */
export interface TableName {
  readonly schema: Name | undefined;
  readonly name: Name;
}

/** Whether it goes with a table. */
export function isOf(object: OtherObject, { schema, name }: TableName): boolean {
  return object.tableName !== undefined && sameName(object.tableName, name) && sameName(object.schema, schema);
}

/** Whether it is of a part of its table, of one of these kinds. */
export function isOfPart({ part }: OtherObject, kinds: readonly OwningPart["kind"][], name: Name): boolean {
  return part !== undefined && kinds.includes(part.kind) && sameName(part.name, name);
}

function namesOfParts(table: Table): Readonly<Record<"column" | "index" | "constraint", ReadonlySet<string>>> {
  const keys = constraintsOf(table).flatMap(({ name, impliedName }) =>
    name === undefined ? (impliedName ?? []) : nameText(name),
  );
  const indexes = table.indexes.flatMap(({ name }) => (name === undefined ? [] : [nameText(name)]));
  return {
    column: new Set(table.columns.map(({ name }) => nameText(name))),
    index: new Set([...indexes, ...keys]),
    constraint: new Set(keys),
  };
}

/** What is kept by its text of parts of a table that it has no more once it has changed. */
export function othersOfLostParts(
  others: PersistentMap<OtherObject>,
  old: Table,
  changed: Table,
): readonly OtherObject[] {
  const ofTable = others.values().filter((object) => object.part !== undefined && isOf(object, old));
  if (ofTable.length === 0) return [];
  const [before, after] = [namesOfParts(old), namesOfParts(changed)];
  return ofTable.filter(({ part }) => {
    if (part === undefined || !(part.kind in before)) return false;
    const kind = part.kind as keyof typeof before;
    return before[kind].has(nameText(part.name)) && !after[kind].has(nameText(part.name));
  });
}

/** The words for kinds of objects in the names of comments on them. */
const calledSo: Partial<Readonly<Record<ObjectKind, string>>> = { materializedView: "materialized view" };

/** What is kept by its text of an object beside tables: comments on it, the owner of a sequence. */
export function othersOfObject(others: PersistentMap<OtherObject>, object: SchemaObject): readonly OtherObject[] {
  const { kind, schema, name } = object;
  const called = `${calledSo[kind] ?? kind} ${nameText(name)}`;
  return others.values().filter((other) => {
    if (!sameName(other.schema, schema)) return false;
    if (kind === "trigger")
      return isOf(other, { schema, name: object.tableName }) && isOfPart(other, ["trigger"], name);
    const own = nameText(other.name);
    return (
      ["comment", "security label", "dependency"].includes(other.class) &&
      (own === called || own.startsWith(`${called}(`))
    );
  });
}
