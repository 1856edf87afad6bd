import { isOfKind } from "../../schema/schema-objects.js";
import { definitionOf } from "../../schema/schema-objects.js";
import { nameText } from "../../schema/names.js";
import { catalogKey } from "../catalog-key.js";
import type { Catalog } from "../catalog.js";
import { oneOf, withRoutine } from "../overloads.js";
import { withMentionsOf } from "../texts/following.js";
import { underName } from "../texts/own-name.js";
import { isMentioned, withoutUses } from "../texts/uses.js";
import { objectChangedFurther, type SchemaObject } from "../../schema/schema-objects.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";

interface OfRoutine extends Change {
  readonly kind: "function" | "procedure";
  /** The types of its parameters, where they are said. */
  readonly types?: readonly string[] | undefined;
}

/** A function or procedure goes. */
export interface DropRoutine extends OfRoutine {
  readonly change: "dropRoutine";
  readonly routine: QualifiedName;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}

/** A function or procedure gets another name or goes to another schema. */
export interface RenameRoutine extends OfRoutine {
  readonly change: "renameRoutine";
  readonly from: QualifiedName;
  readonly to: QualifiedName;
  /** All routines of the name are meant. */
  readonly all?: boolean;
}

function keyOf({ schema, name }: QualifiedName): string {
  return catalogKey(schema, name);
}

/** The triggers that run a function go with it, where nothing else is known of uses. */
function withoutTriggersOf(catalog: Catalog, { name }: QualifiedName): Catalog {
  const calls = new RegExp(`\\b${nameText(name).replace(/\W/g, "\\$&")}\\s*\\(`, "i");
  return catalog.objects
    .values()
    .filter((other) => isOfKind(other, "trigger") && calls.test(definitionOf(other) ?? ""))
    .reduce((current, trigger) => current.without(trigger), catalog);
}

/** Of several routines with one name, it is not told which a text calls. */
export const dropRoutine: ChangeDefinition<DropRoutine> = {
  keys: ({ routine }) => [keyOf(routine)],
  apply(catalog, { kind, routine, types, ifExists, cascade }, because) {
    const known = catalog.object(kind, routine.schema, routine.name);
    if (known === undefined) return catalog.isComplete && !ifExists ? undefined : catalog;
    const one = oneOf(catalog, known, types);
    if (one === undefined) return undefined;
    const without = catalog.without(known);
    const dropped = one.rest === undefined ? without : without.withObject(one.rest);
    if (!cascade) return dropped;
    if (catalog.rules.dependents?.tracksMentions !== true) return withoutTriggersOf(dropped, routine);
    const subject = { ...routine, kind: "routine" } as const;
    if (one.rest !== undefined && isMentioned(dropped, subject)) return undefined;
    return withoutUses(dropped, subject, because);
  },
};

export const renameRoutine: ChangeDefinition<RenameRoutine> = {
  keys: ({ from, to }) => [keyOf(from), keyOf(to)],
  apply(catalog, { kind, from, to, types, all }, because) {
    const known = catalog.object(kind, from.schema, from.name);
    if (known === undefined) return catalog.isComplete ? undefined : catalog;
    const one = all === true ? { object: known, rest: undefined } : oneOf(catalog, known, types);
    if (one === undefined) return undefined;
    const without = catalog.without(known);
    const rest = one.rest === undefined ? without : without.withObject(one.rest);
    if (catalog.rules.dependents?.tracksMentions !== true) {
      const further: SchemaObject = objectChangedFurther(one.object, because.sql) ?? one.object;
      return rest.withObject({ ...further, ...to });
    }
    const subject = { ...from, kind: "routine" } as const;
    if (one.rest !== undefined && isMentioned(rest, subject)) return undefined;
    const renamed = underName(one.object, to);
    if (renamed.kind !== "function" && renamed.kind !== "procedure") return undefined;
    return withMentionsOf(withRoutine(rest, renamed), subject, to);
  },
};
