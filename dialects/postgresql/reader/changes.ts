import type { Catalog } from "../../../src/catalog/catalog.js";
import { catalogKey } from "../../../src/catalog/catalog-key.js";
import { withColumnTypes, withRenamedEnum } from "../../../src/catalog/enums.js";
import type { CatalogObject, ObjectKind } from "../../../src/catalog/objects.js";
import { indexNamed } from "../../../src/catalog/table-changes.js";
import type { CatalogChange, Execute } from "../../../src/operations/execute.js";
import { applyOperation, type OperationNode } from "../../../src/operations/index.js";
import { isSqlText, plainText, sql, type SqlText } from "../../../src/schema/expressions.js";
import { nameText, sameName } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import { isType, SqlType } from "../../../src/schema/types/type.js";
import { neverMet } from "../../shared/reader/catalog-changes.js";
import type { QualifiedName } from "../../shared/reader/cursor.js";

function keyOf({ schema, name }: QualifiedName): string {
  return catalogKey(schema, name);
}

function textOf({ statement }: Execute): string {
  return isSqlText(statement) ? plainText(statement) : statement.sql;
}

/** The object once more SQL text changed it: the text that made it, and then this one. Undefined for a directive's. */
function madeFurther(object: CatalogObject, madeBy: Execute): CatalogObject | undefined {
  const maker = object.madeBy as OperationNode;
  if (maker.kind !== "execute") return undefined;
  const { effects: _done, ...plain } = maker;
  return { ...object, madeBy: { ...plain, statement: sql.raw(`${textOf(maker)};\n${textOf(madeBy)}`) } as Execute };
}

/** The object under another name; what made it makes it under that name then. */
function renamed(object: CatalogObject, to: QualifiedName, madeBy: Execute): CatalogObject {
  const further = madeFurther(object, madeBy) ?? { ...object, madeBy: { ...object.madeBy, ...to } };
  return { ...further, name: to.name, schema: to.schema };
}

function without(catalog: Catalog, { kind, schema, name, tableName }: CatalogObject): Catalog {
  return catalog.withoutObject(kind, schema, name, tableName);
}

/** An object that gets another name or goes to another schema. */
export function objectRename(
  kind: ObjectKind,
  from: QualifiedName,
  to: QualifiedName,
  tableName?: string,
): CatalogChange {
  return {
    keys: [keyOf(from), keyOf(to)],
    change(catalog, madeBy) {
      const object = catalog.object(kind, from.schema, from.name, tableName);
      if (object === undefined) return catalog.isComplete ? undefined : catalog;
      if ((object.signatures?.length ?? 0) > 1) return undefined;
      const moved = without(catalog, object).withObject(renamed(object, to, madeBy));
      return kind === "sequence" ? withSequenceRenamed(moved, from, to) : moved;
    },
  };
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

/** An object that SQL text changes without its name: ALTER SEQUENCE, ALTER DOMAIN, ALTER FUNCTION. */
export function objectChange(kind: ObjectKind, name: QualifiedName): CatalogChange {
  return {
    keys: [keyOf(name)],
    change(catalog, madeBy) {
      const object = catalog.object(kind, name.schema, name.name);
      // the sequence of a serial is a part of its column
      if (object === undefined) return catalog.isComplete && kind !== "sequence" ? undefined : catalog;
      const further = madeFurther(object, madeBy);
      return further === undefined ? undefined : catalog.withObject(further);
    },
  };
}

/** A function or procedure that goes. Of several with one name, it is not told which is left. */
export function routineDrop(
  kind: "function" | "procedure",
  name: QualifiedName,
  { ifExists, cascade }: { readonly ifExists: boolean; readonly cascade: boolean },
): CatalogChange {
  return {
    keys: [keyOf(name)],
    change(catalog) {
      const object = catalog.object(kind, name.schema, name.name);
      if (object === undefined) return catalog.isComplete && !ifExists ? undefined : catalog;
      if ((object.signatures?.length ?? 0) > 1) return undefined;
      const dropped = without(catalog, object);
      if (!cascade) return dropped;
      const calls = new RegExp(`\\b${nameText(object.name).replace(/\W/g, "\\$&")}\\s*\\(`, "i");
      return catalog.objects
        .values()
        .filter((other) => other.kind === "trigger" && calls.test(other.definition ?? ""))
        .reduce(without, dropped);
    },
  };
}

/** A type that gets another name or goes to another schema: an enum type, or another that the catalog does not keep. */
export function typeRename(from: QualifiedName, to: QualifiedName): CatalogChange {
  return {
    keys: [keyOf(from), keyOf(to)],
    change(catalog) {
      const known = catalog.enum(from.schema, from.name);
      if (known === undefined) return neverMet(catalog, from) ? catalog : undefined;
      return withRenamedEnum(catalog, known, to);
    },
  };
}

/** A domain that gets another name or goes to another schema, and with it the columns of its type. */
export function domainRename(from: QualifiedName, to: QualifiedName): CatalogChange {
  const rename = objectRename("domain", from, to);
  const followed = (type: SqlType): SqlType => {
    if (isType(type, "raw") && type.parameters.text.toLowerCase() === keyOf(from).toLowerCase()) {
      return new SqlType("raw", { text: keyOf(to) }, type.variants);
    }
    const isDomain =
      isType(type, "DOMAIN") && type.parameters.name === from.name && sameName(type.parameters.schema, from.schema);
    return isDomain ? new SqlType("DOMAIN", { name: to.name, schema: to.schema }, type.variants) : type;
  };
  return {
    keys: rename.keys,
    change(catalog, madeBy) {
      const moved = rename.change(catalog, madeBy);
      return moved && withColumnTypes(moved, followed);
    },
  };
}

/** All that is in a schema which gets another name is found elsewhere then: what it was is not followed there. */
export function schemaRename(from: string, to: string): CatalogChange {
  return {
    keys: [from, to],
    change(catalog, madeBy) {
      const inside = [...catalog.tables.keys(), ...catalog.enums.keys()].filter((key) => key.startsWith(`${from}.`));
      const keys = [from, to, ...inside, ...inside.map((key) => to + key.slice(from.length))];
      return catalog.withUnknown(keys, { sql: textOf(madeBy), origin: madeBy.origin });
    },
  };
}

/** `ALTER INDEX IF EXISTS … RENAME TO`. */
export function indexRename(from: QualifiedName, to: string): CatalogChange {
  return {
    keys: [keyOf(from)],
    change(catalog, { origin }) {
      const isThere = catalog.tables
        .values()
        .some((table) => sameName(table.schema, from.schema) && indexNamed(table, from.name) !== undefined);
      if (!isThere) return catalog;
      const { schema, name } = from;
      return applyOperation(catalog, { kind: "renameIndex", from: name, to, tableName: undefined, schema, origin });
    },
  };
}
