import { autogenerate, type Generated } from "../autogenerate/autogenerate.js";
import { inBatches } from "../autogenerate/batches.js";
import type { Rename } from "../autogenerate/renames.js";
import { Filters, type FilterSettings } from "../autogenerate/filters.js";
import type { Catalog } from "../catalog/catalog.js";
import { catalogFreeContext, compileNodes, type CompileSettings } from "../compiler/compile.js";
import type { Dialect } from "../compiler/dialect.js";
import { ReplayPoint, stateAt } from "../compiler/replay.js";
import { oneLine } from "../compiler/script/comments.js";
import { EffectReading } from "../compiler/sql-reader.js";
import type { Statement } from "../compiler/statement.js";
import type { ResolvedConfig } from "../config/config.js";
import { SchemaError } from "../errors.js";
import type { OperationNode } from "../operations/index.js";
import type { CompilableProject, CompilePlanOptions } from "./compile-range.js";
import { configFunction } from "./config-functions.js";
import { replayHistory } from "./replayed-schema.js";
import { loadTargetSchema, type PrintSchema, type TargetProject } from "./target-schema.js";

/** What leads from the schema of the revisions to the one that is wanted. */
export interface SchemaDifference extends Generated {
  /** The version rows of the schema that the revisions lead to. */
  readonly revisions: readonly string[];
  readonly settings: CompileSettings;
  /** The statements of the way up. */
  statements(): Promise<readonly Statement[]>;
}

export interface DifferenceOptions extends Pick<CompilePlanOptions, "x" | "tag" | "activeResources"> {
  /** The revision whose schema is compared, or the version rows of it: the heads, unless another one is named. */
  readonly revision?: string | readonly string[] | undefined;
  /** What has another name in the wanted schema. */
  readonly renames?: readonly Rename[] | undefined;
  readonly printSchema: PrintSchema;
}

/** What the configuration says of what is compared. */
export function filterSettings(config: ResolvedConfig): FilterSettings {
  const { includeSchemas, versionTable, versionTableSchema } = config;
  return {
    includeSchemas,
    includeName: configFunction("includeName", config.includeName),
    includeObject: configFunction("includeObject", config.includeObject),
    versionTable: { name: versionTable, schema: versionTableSchema },
  };
}

/** Operations as a project has them in a file: where the server makes tables anew, the changes of each in one batch. */
export function laidOut(
  operations: readonly OperationNode[],
  { renderAsBatch }: Pick<ResolvedConfig, "renderAsBatch">,
  { rules }: Pick<Dialect, "rules">,
): readonly OperationNode[] {
  return (renderAsBatch ?? rules?.makesTablesAnew === true) ? inBatches(operations) : operations;
}

/** What became of an object that nobody can compare. */
export interface NotComparable {
  /** Its key in the catalog; `*` where it is everything. */
  readonly key: string;
  readonly reason: string;
  readonly origin: OperationNode["origin"];
}

/** The objects of which a replay knows no more what they are, as far as they take part in a comparison. */
export function notComparable(catalog: Catalog, settings: FilterSettings): readonly NotComparable[] {
  const filters = new Filters(settings);
  return catalog.unknown.keys().flatMap((key): readonly NotComparable[] => {
    const unknown = catalog.unknown.get(key);
    if (unknown === undefined) return [];
    const dot = key.indexOf(".");
    const schema = dot === -1 ? undefined : key.slice(0, dot);
    const name = key.slice(dot + 1);
    if (key !== "*") {
      if (!filters.includesSchema(schema) || filters.isVersionTable({ schema, name })) return [];
      if (settings.includeName?.(name, "table", { schemaName: schema ?? null }) === false) return [];
    }
    return [{ key, reason: oneLine(unknown.sql), origin: unknown.origin }];
  });
}

function refuseUnknown(unknown: readonly NotComparable[]): void {
  const [first] = unknown;
  if (first === undefined) return;
  const all = unknown.some(({ key }) => key === "*");
  const names = all ? "the schema" : unknown.map(({ key }) => key).join(", ");
  throw new SchemaError("not-comparable", `It is not known what became of ${names}: ${first.reason}`, {
    origin: first.origin,
    hint:
      "Write the SQL as directives of op, or in a form that is read" +
      (all ? "." : ", or leave the object out of the comparison by includeName in the configuration."),
    data: { unknown },
  });
}

/**
 * Compares the schema that a project's revisions lead to with the one that its configuration wants.
 *
 * @throws SchemaError when something that is compared is not known; SqlembicError for what cannot be replayed or read
 */
export async function schemaDifference(
  project: CompilableProject & TargetProject,
  { revision, renames, printSchema, ...options }: DifferenceOptions,
): Promise<SchemaDifference> {
  const { config } = project;
  const { catalog: current, revisions, settings } = await replayHistory(project, revision, options);
  const filters = filterSettings(config);
  refuseUnknown(notComparable(current, filters));
  const { dialect } = settings;
  const wanted = await loadTargetSchema(project, dialect, printSchema);
  const { compareType, compareServerDefault } = config;
  const { version = dialect.defaultVersion } = settings;
  const writer = catalogFreeContext(settings);
  const form = await dialect.loadNormalForm?.();
  const reading = new EffectReading(dialect, writer);
  await reading.load();
  const generated = autogenerate(current, wanted, {
    ...filters,
    ...{ dialect, version, writer, form, compareType, compareServerDefault, renames },
    namingConvention: config.namingConvention,
    read: (operations) => reading.readSync(operations),
  });
  return {
    ...generated,
    revisions,
    settings,
    async statements() {
      const read = await reading.read(laidOut(generated.upgrade, config, dialect));
      return compileNodes(read, settings, stateAt(ReplayPoint.start(() => current))).statements;
    },
  };
}
