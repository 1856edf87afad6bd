import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import { relationClasses, typeClasses, type OtherObject, type OwningPart } from "../schema/other-objects.js";
import type { SchemaObject } from "../schema/schema-objects.js";
import type { Table } from "../schema/tables.js";
import type { Catalog } from "./catalog.js";
import { isOf, isOfPart, othersOfObject, type TableName } from "./lost-others.js";

/** A name or a string of SQL, or a word. */
const wordOrString = /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|'(?:[^']|'')*'|[\p{L}\p{N}_$]+/gu;

/** SQL text in which one name stands for another, in quotes where it had some or needs them. */
function withNameReplaced(text: string, from: Name, to: Name): string {
  const old = nameText(from);
  const name = nameText(to);
  return text.replace(wordOrString, (word) => {
    const quote = /^["`[]/.exec(word)?.[0];
    if (quote === undefined) {
      if (word.toLowerCase() !== old.toLowerCase()) return word;
      return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
    }
    if (word.slice(1, -1) !== old) return word;
    return quote === "[" ? `[${name}]` : quote + name.replaceAll(quote, quote + quote) + quote;
  });
}

/** Under another name of what it is of; a comment has that behind its kind: `index ix`. */
function renamedIn(object: OtherObject, from: Name, to: Name): OtherObject {
  const statements = object.content.statements.map((text) => withNameReplaced(text, from, to));
  const own = nameText(object.name);
  const old = nameText(from);
  const name = own === old ? to : own.endsWith(` ${old}`) ? own.slice(0, -old.length) + nameText(to) : object.name;
  return { ...object, name, content: { ...object.content, statements } };
}

function changeAll(
  catalog: Catalog,
  isMeant: (object: OtherObject) => boolean,
  change: (object: OtherObject) => OtherObject | undefined,
): Catalog {
  if (catalog.others.size === 0) return catalog;
  return catalog.others
    .values()
    .filter(isMeant)
    .reduce((current, object) => {
      const changed = change(object);
      const without = current.withoutOther(object);
      return changed === undefined ? without : without.withOther(changed);
    }, catalog);
}

/** What is kept by its text of a table or view. */
export function othersOf(catalog: Catalog, table: TableName): readonly OtherObject[] {
  return catalog.others.values().filter((object) => isOf(object, table));
}

/** The catalog without what is kept by its text of a table or view. */
export function withoutOthersOf(catalog: Catalog, table: TableName): Catalog {
  return changeAll(
    catalog,
    (object) => isOf(object, table),
    () => undefined,
  );
}

/** The catalog with what is kept by its text of a table under another name. */
export function withOthersRenamed(catalog: Catalog, { schema, name: from }: TableName, to: Name): Catalog {
  return changeAll(
    catalog,
    (object) => isOf(object, { schema, name: from }),
    (object) => ({ ...renamedIn(object, from, to), tableName: to }),
  );
}

/** The catalog with what is kept by its text of an object under another name, or in another schema. */
export function withOthersOfObjectRenamed(
  catalog: Catalog,
  object: SchemaObject,
  to: { readonly schema: Name | undefined; readonly name: Name },
): Catalog {
  if (catalog.others.size === 0) return catalog;
  const found = othersOfObject(catalog.others, object);
  return changeAll(
    catalog,
    (other) => found.includes(other),
    (other) => {
      // a text that names the schema cannot be followed into another one
      if (!sameName(object.schema, to.schema)) return undefined;
      const name = nameText(other.name).replace(nameText(object.name), nameText(to.name));
      return { ...renamedIn(other, object.name, to.name), name };
    },
  );
}

/** The catalog with what is kept by its text of a part of a table under another name. */
export function withPartRenamed(
  catalog: Catalog,
  table: TableName,
  kinds: readonly OwningPart["kind"][],
  from: Name,
  to: Name | undefined,
): Catalog {
  if (to === undefined) return catalog;
  return changeAll(
    catalog,
    (object) => isOf(object, table) && isOfPart(object, kinds, from),
    (object) => ({ ...renamedIn(object, from, to), part: object.part && { ...object.part, name: to } }),
  );
}

/** The table of a schema that has an index or constraint of a name. */
export function tableWithPart(catalog: Catalog, schema: Name | undefined, name: Name): Table | undefined {
  return catalog.tables.values().find((table) => {
    if (!sameName(table.schema, schema)) return false;
    return (
      table.indexes.some((index) => sameName(index.name, name)) ||
      table.constraints.some((one) =>
        one.name === undefined ? one.impliedName === nameText(name) : sameName(one.name, name),
      )
    );
  });
}

/** The catalog without a type that is known by its text alone, and what is said of a type of that name. */
export function withoutTypeKeptByText(catalog: Catalog, { schema, name }: TableName): Catalog {
  const called = `type ${nameText(name)}`;
  return changeAll(
    catalog,
    (object) =>
      object.tableName === undefined &&
      sameName(object.schema, schema) &&
      (typeClasses.includes(object.class) ? sameName(object.name, name) : nameText(object.name) === called),
    () => undefined,
  );
}

/** The catalog without what is known by its text alone and stands where a table of that name would: a virtual table. */
export function withoutRelationKeptByText(catalog: Catalog, { schema, name }: TableName): Catalog {
  return changeAll(
    catalog,
    (object) =>
      relationClasses.includes(object.class) && sameName(object.name, name) && sameName(object.schema, schema),
    () => undefined,
  );
}
