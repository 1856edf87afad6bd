import { nameText, sameName, type Name } from "../schema/names.js";
import { isObjectText } from "../schema/object-text.js";
import type { SequenceObject } from "../schema/sequences.js";
import type { TableName } from "./body-references.js";
import type { Catalog } from "./catalog.js";

/** The sequences that go with a table, or with a column of it. */
export function sequencesOf(catalog: Catalog, table: TableName, column?: Name): readonly SequenceObject[] {
  return catalog.objects.values().filter((object): object is SequenceObject => {
    if (object.kind !== "sequence" || isObjectText(object.content) || !sameName(object.schema, table.schema)) {
      return false;
    }
    const owner = object.content.ownedBy;
    return owner?.[0] === nameText(table.name) && (column === undefined || owner[1] === nameText(column));
  });
}

/** The catalog without the sequences that go with a table, or with a column of it. */
export function withoutSequencesOf(catalog: Catalog, table: TableName, column?: Name): Catalog {
  return sequencesOf(catalog, table, column).reduce((current, sequence) => current.without(sequence), catalog);
}

/** The catalog in which the sequences of a table, or of a column of it, are owned under the new name. */
export function withSequencesOwned(
  catalog: Catalog,
  from: TableName,
  change: (table: string, column: string) => readonly [table: string, column: string],
  schema: Name | undefined = from.schema,
): Catalog {
  return sequencesOf(catalog, from).reduce((current, object) => {
    if (isObjectText(object.content) || object.content.ownedBy === undefined) return current;
    const content = { ...object.content, ownedBy: change(...object.content.ownedBy) };
    return current.without(object).withObject({ ...object, schema, content });
  }, catalog);
}
