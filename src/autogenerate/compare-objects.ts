import { Catalog } from "../catalog/catalog.js";
import { catalogKey } from "../catalog/catalog-key.js";
import { describeObject } from "../catalog/describe-objects.js";
import { quotedTitleOf, titleOf } from "../catalog/description.js";
import { compileNodes } from "../compiler/compile.js";
import { mentionsName, orderByMention } from "../compiler/mention-order.js";
import { creationOf } from "../compiler/object-creation.js";
import { removalOf, replacingText } from "../compiler/object-removal.js";
import { ReplayPoint, stateAt } from "../compiler/replay.js";
import type { FilteredType } from "../config/autogenerate.js";
import type { OperationNode } from "../operations/index.js";
import { sql } from "../schema/expressions.js";
import { nameText } from "../schema/names.js";
import { isObjectText } from "../schema/object-text.js";
import {
  definitionOf,
  tableNameOf,
  type ObjectKind,
  type ObjectOf,
  type SchemaObject,
} from "../schema/schema-objects.js";
import type { Change, Phase } from "./change.js";
import { contentOf, origin, type Comparison } from "./comparison.js";

/** Where objects of a kind are made, and where they are taken away. */
const phasesOf: { readonly [K in ObjectKind]: { readonly made: Phase; readonly dropped: Phase } } = {
  domain: { made: "createTypes", dropped: "dropTypes" },
  extension: { made: "createExtensions", dropped: "dropExtensions" },
  function: { made: "createRoutines", dropped: "dropRoutines" },
  materializedView: { made: "createViews", dropped: "dropViews" },
  partition: { made: "createTables", dropped: "dropTables" },
  procedure: { made: "createRoutines", dropped: "dropRoutines" },
  schema: { made: "createSchemas", dropped: "dropSchemas" },
  sequence: { made: "createSequences", dropped: "dropSequences" },
  trigger: { made: "createTriggers", dropped: "dropTriggers" },
  view: { made: "createViews", dropped: "dropViews" },
};

const filteredTypes: Readonly<Record<ObjectKind, FilteredType>> = {
  domain: "domain",
  extension: "extension",
  function: "function",
  materializedView: "materialized_view",
  partition: "partition",
  procedure: "procedure",
  schema: "schema",
  sequence: "sequence",
  trigger: "trigger",
  view: "view",
};

function keyOf(object: SchemaObject): string {
  const { kind, schema, name } = object;
  return JSON.stringify([kind, catalogKey(schema, name), tableNameOf(object) ?? null]);
}

function creation<K extends ObjectKind>(kind: K, object: ObjectOf<K>): readonly OperationNode[] {
  return creationOf(kind, object);
}

function removal<K extends ObjectKind>(kind: K, object: ObjectOf<K>): readonly OperationNode[] {
  return removalOf(kind, object);
}

/** The operations that put a routine in the place of one with the same parameters; undefined where it must go first. */
function replacing(
  object: SchemaObject,
  before: SchemaObject,
  words: string | undefined,
): readonly OperationNode[] | undefined {
  if (words === undefined) return undefined;
  if (object.kind !== "function" && object.kind !== "procedure") return undefined;
  if (before.kind !== object.kind) return undefined;
  const signatures = before.overloads.map(({ signature }) => signature).sort();
  const same = object.overloads.map(({ signature }) => signature).sort();
  if (signatures.join("\0") !== same.join("\0")) return undefined;
  const texts = object.overloads.map(({ content }) =>
    isObjectText(content) ? replacingText(content, words) : undefined,
  );
  if (texts.every((text) => text !== undefined)) {
    return texts.map((text) => ({ kind: "execute", statement: sql.raw(text), origin }));
  }
  return creation(object.kind, object).map((operation) =>
    operation.kind === "createFunction" || operation.kind === "createProcedure"
      ? { ...operation, replace: true }
      : operation,
  );
}

function includes(comparison: Comparison, there: SchemaObject | undefined, wanted: SchemaObject | undefined): boolean {
  const object = wanted ?? there;
  if (object === undefined) return false;
  const { kind, schema, name } = object;
  const { filters, writer } = comparison;
  const described = (one: SchemaObject | undefined) => one && describeObject(one, writer);
  const within = { schema: kind === "schema" ? name : schema, table: tableNameOf(object) };
  return filters.includes(filteredTypes[kind], name, within, described(there), described(wanted));
}

/**
 * An object as one text: that of the statements which make it, since SQL text may be all that is known of it on one side.
 * A partition and a schema are all that is said of them.
 */
function textOfObject(object: SchemaObject, comparison: Comparison): string {
  const { kind } = object;
  const { writer } = comparison;
  if (kind === "partition" || kind === "schema") return contentOf(describeObject(object, writer).attributes);
  return createdBy(object, comparison)
    .map((sql) => writer.statement(sql))
    .join("\n");
}

/** Kinds of objects that are not made anew, since something of theirs would be lost: values, types of columns, rows. */
const kept: ReadonlySet<ObjectKind> = new Set<ObjectKind>(["domain", "extension", "partition", "schema", "sequence"]);

function isKept(object: SchemaObject | undefined): boolean {
  return object !== undefined && kept.has(object.kind);
}

/** A change of an object that has to be made in place. */
function undecided(before: SchemaObject, object: SchemaObject, comparison: Comparison): Change {
  const described = describeObject(object, comparison.writer);
  const created = (one: SchemaObject): string => createdBy(one, comparison).join("; ");
  return {
    phase: phasesOf[object.kind].made,
    operations: [],
    detected: [`Detected changed ${quotedTitleOf(described)}`],
    gap: {
      what: `${titleOf(described)} changes from ${created(before)} to ${created(object)}`,
      decide: "write the statement that changes it in place: op.execute(…)",
    },
  };
}

/** The statements that make an object. */
function createdBy(object: SchemaObject, { dialect, version }: Comparison): readonly string[] {
  const empty = Catalog.empty({ rules: dialect.rules });
  const start = stateAt(ReplayPoint.start(() => empty));
  const { statements } = compileNodes(creation(object.kind, object), { dialect, version, schemaChecks: false }, start);
  return statements.map(({ sql }) => sql);
}

/** Whether a view reads something that is in the way of a change while it is there. */
function reads(view: SchemaObject, names: readonly string[]): boolean {
  return names.some((name) => mentionsName(definitionOf(view), name));
}

function isView({ kind }: SchemaObject): boolean {
  return kind === "view" || kind === "materializedView";
}

/** Whether a routine needs tables or views when it is made. */
function isLate(object: SchemaObject, { tables, objects }: Catalog): boolean {
  const needed = [...tables.values(), ...objects.values().filter(isView)];
  return needed.some(({ name }) => mentionsName(definitionOf(object), nameText(name)));
}

function madePhase(object: SchemaObject, catalog: Catalog): Phase {
  const { made } = phasesOf[object.kind];
  // views may stand on routines as well as these on them: both in one phase, each behind what it mentions
  return made === "createRoutines" && isLate(object, catalog) ? "createViews" : made;
}

/**
 * Compares everything beside tables and enum types.
 *
 * @param touched the keys of tables of which columns go or change their type, or which go: views of them are made anew
 * @param isTableGone whether an object goes with its table
 */
export function objectChanges(
  comparison: Comparison,
  touched: ReadonlySet<string>,
  isTableGone: (object: SchemaObject) => boolean,
): readonly Change[] {
  const { current, wanted, writer } = comparison;
  const words = comparison.dialect.features.routineReplacement;
  const there = new Map(current.objects.values().map((object) => [keyOf(object), object]));
  const target = new Map(wanted.objects.values().map((object) => [keyOf(object), object]));
  const changed = new Set<string>();
  const gone = new Set<string>();
  const added = new Set<string>();
  for (const [key, object] of target) {
    const before = there.get(key);
    if (!includes(comparison, before, object)) continue;
    if (before === undefined) added.add(key);
    else if (!writer.isSameStatement(textOfObject(before, comparison), textOfObject(object, comparison)))
      changed.add(key);
  }
  for (const [key, object] of there) {
    if (target.has(key) || !includes(comparison, object, undefined)) continue;
    if (!isTableGone(object)) gone.add(key);
  }
  const known = new Set([...changed, ...gone, ...added]);
  // views that stay as they are, but in whose way something changes
  const names = [...touched].map((key) => key.slice(key.lastIndexOf(".") + 1));
  for (const [key, object] of there) if (isView(object) && known.has(key)) names.push(nameText(object.name));
  const anew = new Set<string>();
  for (let found = true; found;) {
    found = false;
    for (const [key, object] of there) {
      if (!isView(object) || known.has(key) || anew.has(key) || !target.has(key) || !reads(object, names)) continue;
      anew.add(key);
      names.push(nameText(object.name));
      found = true;
    }
  }
  const changes: Change[] = [...changed].flatMap((key) => {
    const [before, object] = [there.get(key), target.get(key)];
    return before !== undefined && object !== undefined && isKept(object)
      ? [undecided(before, object, comparison)]
      : [];
  });
  for (const key of changed) if (isKept(target.get(key))) changed.delete(key);
  const take = (keys: Iterable<string>, from: ReadonlyMap<string, SchemaObject>): readonly SchemaObject[] =>
    orderByMention([...keys].flatMap((key) => from.get(key) ?? []));
  const title = (object: SchemaObject): string => quotedTitleOf(describeObject(object, writer));
  for (const object of take([...gone, ...changed, ...anew], there).toReversed()) {
    const key = keyOf(object);
    const next = target.get(key);
    const isReplaced = next !== undefined && replacing(next, object, words) !== undefined;
    if (isReplaced) continue;
    const early =
      (next !== undefined || reads(object, names)) && phasesOf[object.kind].dropped === "dropRoutines"
        ? "dropViews"
        : phasesOf[object.kind].dropped;
    const detected = gone.has(key) ? [`Detected removed ${title(object)}`] : [];
    changes.push({ phase: early, operations: removal(object.kind, object), detected });
  }
  for (const object of take([...added, ...changed, ...anew], target)) {
    const key = keyOf(object);
    const before = there.get(key);
    const replaced = before && replacing(object, before, words);
    const word = added.has(key) ? ["added"] : changed.has(key) ? ["changed"] : [];
    changes.push({
      phase: madePhase(object, wanted),
      operations: replaced ?? creation(object.kind, object),
      detected: word.map((one) => `Detected ${one} ${title(object)}`),
    });
  }
  return changes;
}
