import { autogenerate, type AutogenerateOptions, type Generated } from "../autogenerate/autogenerate.js";
import type { Catalog } from "../catalog/catalog.js";
import { catalogKey } from "../catalog/catalog-key.js";
import { compareSchemas, type Difference } from "../catalog/compare.js";
import { describeCatalog } from "../catalog/describe.js";
import { NormalWriter, type NormalForm, type SchemaWriter } from "../catalog/normal-form.js";
import { titleOf, type DescribedObject, type SchemaDescription } from "../catalog/description.js";
import { readBaseline } from "../compiler/baseline.js";
import { catalogFreeContext, compileNodes, type CompileSettings } from "../compiler/compile.js";
import { ReplayPoint, stateAt } from "../compiler/replay.js";
import { oneLine } from "../compiler/script/comments.js";
import { EffectReading } from "../compiler/sql-reader.js";
import type { ResolvedConfig } from "../config/config.js";
import { SqlembicError, type Origin } from "../errors.js";
import type { Revision } from "../history/revision.js";
import { planUpgrade } from "../history/steps.js";
import type { Table } from "../schema/tables.js";
import { graphOf, stepCompilerOf, type CompilableProject, type CompilePlanOptions } from "./compile-range.js";
import { filterSettings, laidOut, notComparable, type NotComparable } from "./schema-difference.js";

/** One thing in which a database and the revisions differ, with what either has. */
export interface DriftDetail {
  readonly object: string;
  /** Undefined where the whole object is on one side alone. */
  readonly attribute: string | undefined;
  /** What each side has; undefined for nothing. */
  readonly revisions: string | undefined;
  readonly database: string | undefined;
  /** The revision that last changed the object; undefined for what no revision made. */
  readonly revision: Revision | undefined;
}

/** The statements that would mend a difference, or why there are none. */
export type Mending = { readonly statements: readonly string[] } | { readonly reason: string };

/** A table with its parts, or another object, that differs. */
export interface Drift {
  readonly object: string;
  readonly details: readonly DriftDetail[];
  /** What makes the database as the revisions have it. */
  readonly mendDatabase: Mending;
  /** What a revision would do so that the revisions have what the database has. */
  readonly mendRevisions: Mending;
}

/** How a database differs from the revisions that its version rows name. */
export interface DriftReport {
  readonly revisions: readonly string[];
  readonly drifts: readonly Drift[];
  readonly notCompared: readonly NotCompared[];
}

/** An object that cannot be compared. */
interface NotCompared {
  /** As a message calls it. */
  readonly object: string;
  readonly reason: string;
  readonly origin: Origin | undefined;
}

/** A dump of a database. */
export interface Dump {
  /** How messages call it. */
  readonly file: string;
  readonly text: string;
  /** The version rows of the database; undefined: as the heads. */
  readonly rows: readonly string[] | undefined;
}

function keyOf({ kind, table, name }: Pick<DescribedObject, "kind" | "table" | "name">): string {
  return JSON.stringify([kind, table ?? null, name]);
}

/** The object of which another one is a part: a table for what belongs to it, except triggers, which stand alone. */
function groupOf({ kind, table, name }: DescribedObject): { readonly key: string; readonly title: string } {
  const isPart = kind === "column" || kind === "constraint" || kind === "index";
  if (isPart && table !== undefined) return groupOf({ kind: "table", name: table, attributes: {} });
  const owner = { kind, name, ...(table !== undefined && { table }) };
  return { key: keyOf(owner), title: titleOf(owner) };
}

/** Notes which revision changed an object last. */
class LastChanges {
  readonly #last = new Map<string, Revision>();

  constructor(readonly describe: (catalog: Catalog, only: ReturnType<Catalog["differences"]>) => SchemaDescription) {}

  pass(revision: Revision, before: Catalog, after: Catalog): void {
    const only = before.differences(after);
    const texts = (catalog: Catalog): ReadonlyMap<string, string> =>
      new Map(this.describe(catalog, only).map((object) => [keyOf(object), JSON.stringify(object.attributes)]));
    const old = texts(before);
    const next = texts(after);
    for (const key of new Set([...old.keys(), ...next.keys()])) {
      if (old.get(key) !== next.get(key)) this.#last.set(key, revision);
    }
  }

  of(object: DescribedObject): Revision | undefined {
    return this.#last.get(keyOf(object));
  }
}

/** All attributes of an object, for one that is on one side alone. */
function whole({ attributes }: DescribedObject): string {
  const texts = Object.entries(attributes).map(([name, value]) => `${name} ${value}`);
  return texts.length === 0 ? "there" : texts.join(", ");
}

/** Every text as it stands, in one line. */
const asWritten: NormalForm = {
  type: (text) => text,
  expression: oneLine,
  key: oneLine,
  default: oneLine,
  definition: oneLine,
};

/** The objects of a description in the words of their authors, which somebody can read; the normal form is for comparison. */
class Wording {
  readonly #objects: ReadonlyMap<string, DescribedObject>;

  constructor(catalog: Catalog, writer: SchemaWriter) {
    this.#objects = new Map(
      describeCatalog(catalog, writer, undefined, asWritten).map((object) => [keyOf(object), object]),
    );
  }

  of(object: DescribedObject): DescribedObject {
    return this.#objects.get(keyOf(object)) ?? object;
  }
}

/** What of a difference is told. */
class Details {
  readonly #revisions: Wording;
  readonly #database: Wording;
  readonly #writer: NormalWriter;

  constructor(replayed: Catalog, dumped: Catalog, writer: SchemaWriter, form: NormalForm | undefined) {
    this.#revisions = new Wording(replayed, writer);
    this.#database = new Wording(dumped, writer);
    this.#writer = new NormalWriter(writer, form, replayed.rules.canonicalType);
  }

  /** Undefined for what says nothing: the order of columns, and a type of which one side leaves something open. */
  of(difference: Difference, revision: Revision | undefined): DriftDetail | undefined {
    if (difference.difference === "order") return undefined;
    const { object } = difference;
    const common = { object: titleOf(object), revision };
    const [revisions, database] = [this.#revisions.of(object), this.#database.of(object)];
    switch (difference.difference) {
      case "missing":
        return { ...common, attribute: undefined, revisions: whole(revisions), database: undefined };
      case "extra":
        return { ...common, attribute: undefined, revisions: undefined, database: whole(database) };
      case "changed": {
        const { attribute, expected, found } = difference;
        if (attribute === "type" && this.#writer.isSameType(expected ?? "", found ?? "")) return undefined;
        const [one, other] = [revisions.attributes[attribute], database.attributes[attribute]];
        // what only the normal form tells apart is told in that
        const sides = one === other ? { revisions: expected, database: found } : { revisions: one, database: other };
        return { ...common, attribute, ...sides };
      }
    }
  }
}

function notUnderstood({ key, reason, origin }: NotComparable, side: string): NotCompared {
  const object = key === "*" ? "what a statement may have made or changed" : key;
  return { object, reason: `a statement of the ${side} is not understood: ${reason}`, origin };
}

/** Whether a detail is one of the comparison: the options of a table may be those that its database gives. */
function isTold({ attribute, object }: DriftDetail, { detected }: Generated): boolean {
  if (attribute !== "options" || !object.startsWith("table ")) return true;
  return detected.some((line) => line.startsWith("Detected options of table "));
}

function isNothing({ upgrade, gaps }: Generated): boolean {
  return upgrade.length === 0 && gaps.upgrade.length === 0;
}

/** Compares the schema of the revisions with that of a dump, object by object. */
class DriftComparison {
  constructor(
    readonly config: ResolvedConfig,
    readonly settings: CompileSettings,
    readonly options: AutogenerateOptions,
    readonly reading: EffectReading,
    readonly replayed: Catalog,
    readonly dumped: Catalog,
  ) {}

  /** What leads from one schema to the other in what concerns one object. */
  differenceOf(group: string, from: Catalog, to: Catalog): Generated {
    const { includeObject } = this.options;
    const isOf = (object: object): boolean => {
      const { kind, name, schema, table } = object as Partial<Table & DescribedObject>;
      if (kind === undefined || name === undefined) return false;
      const path = kind === "table" ? catalogKey(schema, name) : String(name);
      return keyOf({ kind: kind, name: path, ...(table !== undefined && { table }) }) === group;
    };
    const parts = ["column", "index"];
    return autogenerate(from, to, {
      ...this.options,
      includeObject: (object, name, type, reflected, compareTo) =>
        (parts.includes(type) || type.endsWith("_constraint") || isOf(object)) &&
        includeObject?.(object, name, type, reflected, compareTo) !== false,
    });
  }

  mending({ upgrade: operations, gaps }: Generated, start: Catalog): Mending {
    const [gap] = gaps.upgrade;
    if (operations.length === 0) return { reason: gap?.what ?? "no operation makes it" };
    try {
      const read = this.reading.readSync(laidOut(operations, this.config, this.settings.dialect));
      // what others still need when the object stands alone is no mistake: they differ, too
      const settings = { ...this.settings, schemaChecks: false };
      const { statements } = compileNodes(read, settings, stateAt(ReplayPoint.start(() => start)));
      return { statements: statements.map(({ sql }) => sql) };
    } catch (error) {
      if (error instanceof SqlembicError) return { reason: error.message };
      throw error;
    }
  }
}

/**
 * How a dump of a database differs from the schema that its version rows stand for: drift, found without a connection.
 *
 * @throws SqlembicError for revisions that cannot be replayed; ConfigError with the line of what is no SQL in the dump
 */
export async function findDrift(
  project: CompilableProject,
  dump: Dump,
  options: Pick<CompilePlanOptions, "x" | "activeResources"> = {},
): Promise<DriftReport> {
  const { config } = project;
  const compiler = await stepCompilerOf(project, options);
  const { settings } = compiler;
  const { dialect } = settings;
  const writer = catalogFreeContext(settings);
  const form = await dialect.loadNormalForm?.();
  const changes = new LastChanges((catalog, only) => describeCatalog(catalog, writer, only, form));
  const revisions = dump.rows ?? planUpgrade(graphOf(project), { rows: [], target: "heads" }).rowsAfter;
  const replayed = await compiler.replay(revisions, undefined, (...step) => changes.pass(...step));
  const baseline = { file: dump.file, text: () => Promise.resolve(dump.text) };
  const dumped = await readBaseline(baseline, dialect);
  const filters = filterSettings(config);
  const notCompared = [
    ...notComparable(replayed, filters).map((one) => notUnderstood(one, "revisions")),
    ...notComparable(dumped, filters).map((one) => notUnderstood(one, "database")),
  ];
  const unknown = new Set([...replayed.unknown.keys(), ...dumped.unknown.keys()]);
  const reading = new EffectReading(dialect, writer);
  await reading.load();
  const { version = dialect.defaultVersion } = settings;
  const { compareType, compareServerDefault } = config;
  const comparing: AutogenerateOptions = {
    ...filters,
    ...{ dialect, version, writer, form, compareType, compareServerDefault },
  };
  const comparison = new DriftComparison(config, settings, comparing, reading, replayed, dumped);
  const all = compareSchemas(
    describeCatalog(replayed, writer, undefined, form),
    describeCatalog(dumped, writer, undefined, form),
  );
  const details = new Details(replayed, dumped, writer, form);
  const groups = new Map<string, { title: string; details: DriftDetail[] }>();
  for (const difference of all) {
    if (difference.difference === "order") continue;
    const { object } = difference;
    const detail = details.of(difference, changes.of(object));
    if (detail === undefined) continue;
    if (unknown.has(object.table ?? object.name)) continue;
    const { key, title } = groupOf(object);
    const group = groups.get(key) ?? { title, details: [] };
    group.details.push(detail);
    groups.set(key, group);
  }
  const drifts = [...groups].flatMap(([key, { title, details: found }]): readonly Drift[] => {
    const up = comparison.differenceOf(key, replayed, dumped);
    const down = comparison.differenceOf(key, dumped, replayed);
    // what means the same to the server is no drift
    if (isNothing(up) && isNothing(down)) return [];
    return [
      {
        object: title,
        details: found.filter((detail) => isTold(detail, up)),
        mendDatabase: comparison.mending(down, dumped),
        mendRevisions: comparison.mending(up, replayed),
      },
    ];
  });
  return { revisions, drifts, notCompared };
}
