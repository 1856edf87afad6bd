import { nameText, sameName, type Name } from "../../schema/names.js";
import { tableNameOf } from "../../schema/schema-objects.js";
import type { Catalog } from "../catalog.js";
import { withRenamedTable } from "../dependents.js";
import { withMentionsOf } from "../texts/following.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";
import { renameObject, renameType } from "./objects.js";
import { renameRoutine } from "./routines.js";

/** A schema gets another name. */
export interface RenameSchema extends Change {
  readonly change: "renameSchema";
  readonly from: string;
  readonly to: string;
}

/** What of a schema the replay does not know is as unknown under its other name. */
function withUnknownMoved(catalog: Catalog, from: string, to: string): Catalog {
  return catalog.unknown
    .keys()
    .filter((key) => key.startsWith(`${from}.`))
    .reduce((current, key) => {
      const because = catalog.unknown.get(key);
      return because === undefined ? current : current.withUnknown([to + key.slice(from.length)], because);
    }, catalog);
}

/** Everything in the schema goes with it, and what mentions that follows. */
export const renameSchema: ChangeDefinition<RenameSchema> = {
  keys: ({ from, to }) => [from, to],
  apply(catalog, { from, to }, because) {
    const isInside = ({ schema }: { readonly schema: Name | undefined }): boolean => sameName(schema, from);
    const inOld = (name: Name): QualifiedName => ({ schema: from, name: nameText(name) });
    const inNew = (name: Name): QualifiedName => ({ schema: to, name: nameText(name) });
    let result: Catalog = withUnknownMoved(catalog, from, to);
    for (const { name } of catalog.tables.values().filter(isInside)) {
      result = withRenamedTable(result, inOld(name), inNew(name), because.origin);
    }
    for (const { name } of catalog.enums.values().filter(isInside)) {
      const change = { change: "renameType", from: inOld(name), to: inNew(name) } as const;
      result = renameType.apply(result, change, because) ?? result;
    }
    for (const object of catalog.objects.values().filter(isInside)) {
      if (tableNameOf(object) !== undefined) continue;
      const { kind, name } = object;
      const names = { from: inOld(name), to: inNew(name) };
      result =
        (kind === "function" || kind === "procedure"
          ? renameRoutine.apply(result, { change: "renameRoutine", kind, ...names, all: true }, because)
          : renameObject.apply(result, { change: "renameObject", kind, ...names }, because)) ?? result;
    }
    for (const object of result.objects.values()) {
      if (object.kind !== "extension" || !("objectsIn" in object.content)) continue;
      if (!sameName(object.content.objectsIn, from)) continue;
      result = result.withObject({ ...object, content: { ...object.content, objectsIn: to } });
    }
    // what the replay does not keep, such as the types and functions of an extension
    for (const kind of ["type", "routine", "relation"] as const) {
      result = withMentionsOf(result, { kind, schema: from, name: undefined }, { schema: to, name: undefined });
    }
    const own = result.object("schema", undefined, from);
    if (own === undefined) return result;
    const names = { from: { schema: undefined, name: from }, to: { schema: undefined, name: to } };
    return renameObject.apply(result, { change: "renameObject", kind: "schema", ...names }, because);
  },
};
