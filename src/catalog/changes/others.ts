import { changedFurther } from "../../schema/object-text.js";
import { sameName } from "../../schema/names.js";
import type { OtherClass, OtherName, OtherObject, OwningPart } from "../../schema/other-objects.js";
import { catalogKey } from "../catalog-key.js";
import type { Catalog } from "../catalog.js";
import { tableWithPart } from "../others.js";
import { spelledTable } from "../spelling.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";

interface OfOther extends Change {
  readonly class: OtherClass;
  readonly object: QualifiedName;
  readonly tableName?: string | undefined;
}

/** An object or a property that is known by its text alone is there from here on. */
export interface KeepOther extends OfOther {
  readonly change: "keepOther";
  readonly part?: OwningPart | undefined;
  /** What makes it; the whole statement when left out. */
  readonly text?: string;
  /** It adds to what was said before of the same, instead of taking its place. */
  readonly adds?: boolean;
}

/** An object or a property that is known by its text alone is gone. */
export interface DropOther extends Omit<OfOther, "class"> {
  readonly change: "dropOther";
  /** The classes that it may be of; the name `*` means all of the table. */
  readonly classes: readonly OtherClass[];
}

/** An object that is known by its text alone is changed, or gets another name. */
export interface ChangeOther extends OfOther {
  readonly change: "changeOther";
  readonly to?: QualifiedName;
}

/** The table of a property as the catalog spells it, and where the text names none, the one that has the index. */
function ownerOf(catalog: Catalog, change: KeepOther): OtherObject["tableName"] {
  const { object, tableName, part } = change;
  if (tableName !== undefined) return spelledTable(catalog, { schema: object.schema, name: tableName }).name;
  return part?.kind === "index" ? tableWithPart(catalog, object.schema, part.name)?.name : undefined;
}

function find(catalog: Catalog, name: Omit<OtherName, "class">, classes: readonly OtherClass[]): OtherObject[] {
  return catalog.others
    .values()
    .filter(
      (object) =>
        classes.includes(object.class) &&
        (name.name === "*" || sameName(object.name, name.name)) &&
        sameName(object.schema, name.schema) &&
        (name.tableName === undefined || sameName(object.tableName, name.tableName)),
    );
}

export const keepOther: ChangeDefinition<KeepOther> = {
  keys: () => [],
  apply(catalog, change, because) {
    const { class: kind, object, part, text = because.sql, adds = false } = change;
    const named: OtherName = { class: kind, ...object, tableName: ownerOf(catalog, change) };
    const known = adds ? catalog.other(named) : undefined;
    const content =
      known === undefined ? { statements: [text], definition: undefined } : changedFurther(known.content, text);
    return catalog.withOther({ kind: "other", ...named, ...(part !== undefined && { part }), content });
  },
};

export const dropOther: ChangeDefinition<DropOther> = {
  keys: () => [],
  apply(catalog, { object, tableName, classes }) {
    const found = find(catalog, { ...object, tableName }, classes);
    return found.reduce((current, one) => current.withoutOther(one), catalog);
  },
};

export const changeOther: ChangeDefinition<ChangeOther> = {
  keys: ({ object, to }) =>
    [object, ...(to === undefined ? [] : [to])].map(({ schema, name }) => catalogKey(schema, name)),
  apply(catalog, { class: kind, object, tableName, to }, because) {
    const [known] = find(catalog, { ...object, tableName }, [kind]);
    if (known === undefined) return catalog.isComplete ? undefined : catalog;
    const changed = { ...known, ...to, content: changedFurther(known.content, because.sql) };
    return catalog.withoutOther(known).withOther(changed);
  },
};
