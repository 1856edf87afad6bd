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
  return comparison.known.of(object, object, () => {
    if (kind === "partition" || kind === "schema") return contentOf(describeObject(object, writer).attributes);
    const statements = createdBy(object, comparison).map((sql) => writer.statement(sql));
    return statements.join("\n");
  });
}

/** Kinds of objects that are not made anew, since something of theirs would be lost: values, types of columns, rows. */
const kept: ReadonlySet<ObjectKind> = new Set<ObjectKind>(["domain", "extension", "partition", "schema", "sequence"]);

function logLine(word: string, object: SchemaObject, { writer }: Comparison): string {
  return `Detected ${word} ${quotedTitleOf(describeObject(object, writer))}`;
}

/** A change of an object that has to be made in place. */
function undecidedChange(before: SchemaObject, object: SchemaObject, comparison: Comparison): Change {
  const created = (one: SchemaObject): string => createdBy(one, comparison).join("; ");
  return {
    phase: phasesOf[object.kind].made,
    operations: [],
    detected: [logLine("changed", object, comparison)],
    gap: {
      what: `${titleOf(describeObject(object, comparison.writer))} changes from ${created(before)} to ${created(object)}`,
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

type Objects = ReadonlyMap<string, SchemaObject>;

/** The keys of the objects that differ, by what becomes of them. */
interface Fates {
  readonly added: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
  readonly changed: ReadonlySet<string>;
  /** Changed, of a kind that is not made anew. */
  readonly undecided: ReadonlySet<string>;
  /** Views that stay as they are, but in whose way something changes: they are made anew. */
  readonly anew: ReadonlySet<string>;
  /** The names of what views must not stand on meanwhile: tables that are touched, and views that are dropped. */
  readonly names: readonly string[];
}

function fatesOf(
  there: Objects,
  target: Objects,
  comparison: Comparison,
  isTableGone: (object: SchemaObject) => boolean,
): Pick<Fates, "added" | "gone" | "changed" | "undecided"> {
  const [added, gone, changed, undecided] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
  ];
  for (const [key, object] of target) {
    const before = there.get(key);
    if (!includes(comparison, before, object)) continue;
    if (before === undefined) added.add(key);
    else if (!comparison.writer.isSameStatement(textOfObject(before, comparison), textOfObject(object, comparison))) {
      (kept.has(object.kind) ? undecided : changed).add(key);
    }
  }
  for (const [key, object] of there) {
    if (!target.has(key) && includes(comparison, object, undefined) && !isTableGone(object)) gone.add(key);
  }
  return { added, gone, changed, undecided };
}

/** The views that stand on what is touched, and those that stand on them. */
function viewsInTheWay(
  there: Objects,
  target: Objects,
  differing: ReadonlySet<string>,
  touched: ReadonlySet<string>,
): Pick<Fates, "anew" | "names"> {
  const names = [...touched].map((key) => key.slice(key.lastIndexOf(".") + 1));
  for (const [key, object] of there) if (isView(object) && differing.has(key)) names.push(nameText(object.name));
  const anew = new Set<string>();
  const isFound = ([key, object]: readonly [string, SchemaObject]): boolean =>
    isView(object) && !differing.has(key) && !anew.has(key) && target.has(key) && reads(object, names);
  for (let found = [...there].find(isFound); found !== undefined; found = [...there].find(isFound)) {
    const [key, object] = found;
    anew.add(key);
    names.push(nameText(object.name));
  }
  return { anew, names };
}

function take(keys: Iterable<string>, from: Objects): readonly SchemaObject[] {
  return orderByMention([...keys].flatMap((key) => from.get(key) ?? []));
}

/** What goes, and what is made anew, those first that stand on others. */
function drops(
  { gone, changed, anew, names }: Fates,
  there: Objects,
  target: Objects,
  comparison: Comparison,
): readonly Change[] {
  const words = comparison.dialect.features.routineReplacement;
  return take([...gone, ...changed, ...anew], there)
    .toReversed()
    .flatMap((object): readonly Change[] => {
      const key = keyOf(object);
      const next = target.get(key);
      if (next !== undefined && replacing(next, object, words) !== undefined) return [];
      const { dropped } = phasesOf[object.kind];
      // a routine that comes again, or that stands on a view that goes, goes as early as views do
      const isEarly = dropped === "dropRoutines" && (next !== undefined || reads(object, names));
      const detected = gone.has(key) ? [logLine("removed", object, comparison)] : [];
      return [{ phase: isEarly ? "dropViews" : dropped, operations: removal(object.kind, object), detected }];
    });
}

/** What comes, and what is made anew, behind what it stands on. */
function creations(
  { added, changed, anew }: Fates,
  there: Objects,
  target: Objects,
  comparison: Comparison,
): readonly Change[] {
  const words = comparison.dialect.features.routineReplacement;
  return take([...added, ...changed, ...anew], target).map((object): Change => {
    const key = keyOf(object);
    const before = there.get(key);
    const detected = anew.has(key) ? [] : [logLine(added.has(key) ? "added" : "changed", object, comparison)];
    const operations = (before && replacing(object, before, words)) ?? creation(object.kind, object);
    return { phase: madePhase(object, comparison.wanted), operations, detected };
  });
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
  const byKey = ({ objects }: Catalog): Objects => new Map(objects.values().map((object) => [keyOf(object), object]));
  const [there, target] = [byKey(comparison.current), byKey(comparison.wanted)];
  const differing = fatesOf(there, target, comparison, isTableGone);
  const { added, gone, changed, undecided } = differing;
  const all = new Set([...added, ...gone, ...changed, ...undecided]);
  const fates: Fates = { ...differing, ...viewsInTheWay(there, target, all, touched) };
  const open = [...undecided].flatMap((key) => {
    const [before, object] = [there.get(key), target.get(key)];
    return before === undefined || object === undefined ? [] : [undecidedChange(before, object, comparison)];
  });
  return [...open, ...drops(fates, there, target, comparison), ...creations(fates, there, target, comparison)];
}
