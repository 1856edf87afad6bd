import type { ObjectKind, SchemaObject } from "../../schema/schema-objects.js";
import { objectChangedFurther } from "../../schema/schema-objects.js";
import { catalogKey } from "../catalog-key.js";
import type { Catalog, Unknown } from "../catalog.js";
import { followRelation } from "../dependents.js";
import { withMentionsOf } from "../texts/following.js";
import { underName } from "../texts/own-name.js";
import { withNamedChecks } from "./domains.js";
import { typeClasses, type OtherClass } from "../../schema/other-objects.js";
import { changeOther } from "./others.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";
import { withOthersOfObjectRenamed } from "../others.js";
import { neverMet } from "./known-tables.js";

interface Renaming extends Change {
  readonly from: QualifiedName;
  readonly to: QualifiedName;
}

/** An object beside tables, types and routines gets another name or goes to another schema. */
export interface RenameObject extends Renaming {
  readonly change: "renameObject";
  readonly kind: ObjectKind;
  /** The table of a trigger. */
  readonly tableName?: string;
}

/** An object is changed without its name, and only the text tells how: ALTER FUNCTION. */
export interface AlterObject extends Change {
  readonly change: "alterObject";
  readonly kind: ObjectKind;
  readonly object: QualifiedName;
}

/** A type gets another name or goes to another schema: an enum type, a domain, or one that the catalog does not keep. */
export interface RenameType extends Renaming {
  readonly change: "renameType";
}

/** The kinds of objects that stand among tables. */
export const relationKinds = ["view", "materializedView", "sequence"] as const;

function keyOf({ schema, name }: QualifiedName): string {
  return catalogKey(schema, name);
}

function keysOfBoth({ from, to }: Renaming): readonly string[] {
  return [keyOf(from), keyOf(to)];
}

/** The object under another name, in the words of the statements that made it, or by the text that renames it. */
function renamed(catalog: Catalog, object: SchemaObject, to: QualifiedName, { sql }: Unknown): SchemaObject {
  if (catalog.rules.dependents?.tracksMentions === true) {
    return underName(object.kind === "domain" ? withNamedChecks(object) : object, to);
  }
  return { ...(objectChangedFurther(object, sql) ?? object), ...to };
}

/** The catalog in which all that mentions an object does so by its new name. */
function followed(catalog: Catalog, kind: ObjectKind, from: QualifiedName, to: QualifiedName): Catalog {
  if (catalog.rules.dependents?.tracksMentions !== true) return catalog;
  if (kind === "view" || kind === "materializedView" || kind === "sequence") return followRelation(catalog, from, to);
  return kind === "domain" ? withMentionsOf(catalog, { ...from, kind: "type" }, to) : catalog;
}

export const renameObject: ChangeDefinition<RenameObject> = {
  keys: keysOfBoth,
  apply(catalog, { kind, from, to, tableName }, because) {
    const object = catalog.object(kind, from.schema, from.name, tableName);
    // the sequence of a serial is a part of its column, whatever its name
    if (object === undefined) return catalog.isComplete && kind !== "sequence" ? undefined : catalog;
    const moved = withOthersOfObjectRenamed(catalog, object, to)
      .without(object)
      .withObject(renamed(catalog, object, to, because));
    return followed(moved, kind, from, to);
  },
};

export const alterObject: ChangeDefinition<AlterObject> = {
  keys: ({ object }) => [keyOf(object)],
  apply(catalog, { kind, object: { schema, name } }, because) {
    const object = catalog.object(kind, schema, name);
    if (object === undefined) return catalog.isComplete ? undefined : catalog;
    const further = objectChangedFurther(object, because.sql);
    return further === undefined ? undefined : catalog.withObject(further);
  },
};

/** The class of a type that is known by its text alone. */
function typeKeptByText(catalog: Catalog, { schema, name }: QualifiedName): { class: OtherClass } | undefined {
  const found = typeClasses.find((kind) => catalog.other({ class: kind, schema, name, tableName: undefined }));
  return found && { class: found };
}

export const renameType: ChangeDefinition<RenameType> = {
  keys: keysOfBoth,
  apply(catalog, { from, to }, because) {
    if (catalog.object("domain", from.schema, from.name) !== undefined) {
      return renameObject.apply(catalog, { change: "renameObject", kind: "domain", from, to }, because);
    }
    const known = catalog.enum(from.schema, from.name);
    const kept = known === undefined ? typeKeptByText(catalog, from) : undefined;
    if (kept !== undefined) {
      return changeOther.apply(catalog, { change: "changeOther", ...kept, object: from, to }, because);
    }
    if (known === undefined) return neverMet(catalog, from) ? catalog : undefined;
    const moved = catalog.withoutEnum(known.schema, known.name).withEnum({ ...known, ...to });
    return withMentionsOf(moved, { ...from, kind: "type" }, to);
  },
};
