import { nameText, sameName } from "../../schema/names.js";
import { isSqlText, type SqlText } from "../../schema/expressions.js";
import { definitionOf, isOfKind, objectChangedFurther } from "../../schema/schema-objects.js";
import type { ObjectKind, SchemaObject } from "../../schema/schema-objects.js";
import type { Table } from "../../schema/tables.js";
import { isType, SqlType } from "../../schema/types/type.js";
import { catalogKey } from "../catalog-key.js";
import type { Catalog, Unknown } from "../catalog.js";
import { withColumnTypes, withRenamedEnum } from "../enums.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";
import { neverMet } from "./known-tables.js";

interface Renaming extends Change {
  readonly from: QualifiedName;
  readonly to: QualifiedName;
}

/** An object beside tables and types gets another name or goes to another schema. */
export interface RenameObject extends Renaming {
  readonly change: "renameObject";
  readonly kind: ObjectKind;
  /** The table of a trigger. */
  readonly tableName?: string;
}

/** An object is changed without its name: ALTER SEQUENCE, ALTER DOMAIN, ALTER FUNCTION. */
export interface AlterObject extends Change {
  readonly change: "alterObject";
  readonly kind: ObjectKind;
  readonly object: QualifiedName;
}

/** A function or procedure goes. */
export interface DropRoutine extends Change {
  readonly change: "dropRoutine";
  readonly kind: "function" | "procedure";
  readonly routine: QualifiedName;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}

/** A type gets another name or goes to another schema: an enum type, or another that the catalog does not keep. */
export interface RenameType extends Renaming {
  readonly change: "renameType";
}

/** A domain gets another name or goes to another schema, and with it the columns of its type. */
export interface RenameDomain extends Renaming {
  readonly change: "renameDomain";
}

/** A schema gets another name. */
export interface RenameSchema extends Change {
  readonly change: "renameSchema";
  readonly from: string;
  readonly to: string;
}

function keyOf({ schema, name }: QualifiedName): string {
  return catalogKey(schema, name);
}

function keysOfBoth({ from, to }: Renaming): readonly string[] {
  return [keyOf(from), keyOf(to)];
}

/** Defaults that count a sequence follow it, whatever its name. */
function withSequenceRenamed(catalog: Catalog, from: QualifiedName, to: QualifiedName): Catalog {
  const name = from.name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const schema = from.schema === undefined ? "(?:public\\.)?" : `${from.schema}\\.`;
  const counted = new RegExp(`(nextval\\s*\\(\\s*')${schema}"?${name}"?(?=')`, "gi");
  const change = (text: SqlText): SqlText => ({
    ...text,
    parts: text.parts.map((part) => (typeof part === "string" ? part.replace(counted, `$1${keyOf(to)}`) : part)),
  });
  return changeTables(catalog, (table) => ({
    ...table,
    columns: table.columns.map((column) =>
      isSqlText(column.serverDefault) ? { ...column, serverDefault: change(column.serverDefault) } : column,
    ),
  }));
}

function changeTables(catalog: Catalog, change: (table: Table) => Table): Catalog {
  return catalog.tables.values().reduce((current, table) => current.withTable(change(table)), catalog);
}

/** Whether there are several routines of its name, so that it is not told which of them is meant. */
function isAmbiguous(object: SchemaObject): boolean {
  return (object.kind === "function" || object.kind === "procedure") && object.overloads.length > 1;
}

/** The object under another name; SQL text that made it is followed by the text that renames it. */
function renamed(object: SchemaObject, { schema, name }: QualifiedName, { sql }: Unknown): SchemaObject {
  return { ...(objectChangedFurther(object, sql) ?? object), schema, name };
}

export const renameObject: ChangeDefinition<RenameObject> = {
  keys: keysOfBoth,
  apply(catalog, { kind, from, to, tableName }, because) {
    const object = catalog.object(kind, from.schema, from.name, tableName);
    if (object === undefined) return catalog.isComplete ? undefined : catalog;
    if (isAmbiguous(object)) return undefined;
    const moved = catalog.without(object).withObject(renamed(object, to, because));
    return kind === "sequence" ? withSequenceRenamed(moved, from, to) : moved;
  },
};

export const alterObject: ChangeDefinition<AlterObject> = {
  keys: ({ object }) => [keyOf(object)],
  apply(catalog, { kind, object: { schema, name } }, because) {
    const object = catalog.object(kind, schema, name);
    // the sequence of a serial is a part of its column
    if (object === undefined) return catalog.isComplete && kind !== "sequence" ? undefined : catalog;
    const further = objectChangedFurther(object, because.sql);
    return further === undefined ? undefined : catalog.withObject(further);
  },
};

/** Of several routines with one name, it is not told which is left. */
export const dropRoutine: ChangeDefinition<DropRoutine> = {
  keys: ({ routine }) => [keyOf(routine)],
  apply(catalog, { kind, routine, ifExists, cascade }) {
    const object = catalog.object(kind, routine.schema, routine.name);
    if (object === undefined) return catalog.isComplete && !ifExists ? undefined : catalog;
    if (isAmbiguous(object)) return undefined;
    const dropped = catalog.without(object);
    if (!cascade) return dropped;
    const calls = new RegExp(`\\b${nameText(object.name).replace(/\W/g, "\\$&")}\\s*\\(`, "i");
    return catalog.objects
      .values()
      .filter((other) => isOfKind(other, "trigger") && calls.test(definitionOf(other) ?? ""))
      .reduce((current, trigger) => current.without(trigger), dropped);
  },
};

export const renameType: ChangeDefinition<RenameType> = {
  keys: keysOfBoth,
  apply(catalog, { from, to }) {
    const known = catalog.enum(from.schema, from.name);
    if (known === undefined) return neverMet(catalog, from) ? catalog : undefined;
    return withRenamedEnum(catalog, known, to);
  },
};

/** A column type that is a domain, under the domain's new name; any other as it is. */
function followedType(type: SqlType, { from, to }: RenameDomain): SqlType {
  if (isType(type, "raw") && type.parameters.text.toLowerCase() === keyOf(from).toLowerCase()) {
    return new SqlType("raw", { text: keyOf(to) }, type.variants);
  }
  const isDomain =
    isType(type, "DOMAIN") && type.parameters.name === from.name && sameName(type.parameters.schema, from.schema);
  return isDomain ? new SqlType("DOMAIN", { name: to.name, schema: to.schema }, type.variants) : type;
}

export const renameDomain: ChangeDefinition<RenameDomain> = {
  keys: keysOfBoth,
  apply(catalog, change, because) {
    const { from, to } = change;
    const moved = renameObject.apply(catalog, { change: "renameObject", kind: "domain", from, to }, because);
    return moved && withColumnTypes(moved, (type) => followedType(type, change));
  },
};

/** All that is in the schema is found elsewhere then: what it was is not followed there. */
export const renameSchema: ChangeDefinition<RenameSchema> = {
  keys: ({ from, to }) => [from, to],
  apply(catalog, { from, to }, because) {
    const inside = [...catalog.tables.keys(), ...catalog.enums.keys()].filter((key) => key.startsWith(`${from}.`));
    const keys = [from, to, ...inside, ...inside.map((key) => to + key.slice(from.length))];
    return catalog.withUnknown(keys, because);
  },
};
