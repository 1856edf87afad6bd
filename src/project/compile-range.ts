import { loadDialect } from "../../dialects/index.js";
import type { Baseline } from "../compiler/baseline.js";
import type { CompiledStep, RevisionFunctions, RevisionSource } from "../compiler/compile-plan.js";
import { compilePlan } from "../compiler/compile-plan.js";
import type { ClientName } from "../compiler/script/clients.js";
import type { LayoutName } from "../compiler/script/model.js";
import { withSchemaFirst } from "../compiler/version-table-schema.js";
import { targetVersionOf } from "../compiler/target-version.js";
import { scriptOf, versionTableScript, type ScriptSettings } from "../compiler/script.js";
import { sourceMapOf, type SourceMap } from "../compiler/script/source-map.js";
import { StepCompiler } from "../compiler/step-compiler.js";
import type { ResolvedConfig } from "../config/config.js";
import { requireDialect } from "../config/resolve.js";
import type { OperationNode } from "../operations/index.js";
import { renderScript } from "../render/render-script.js";
import { buildGraph } from "../history/graph-builder.js";
import type { RevisionGraph } from "../history/graph.js";
import type { Revision, Step } from "../history/revision.js";
import type { SourceFile } from "../revision/row-files.js";
import type { Plan } from "../history/steps.js";
import { planDowngrade, planUpgrade, type FromRows } from "../history/steps.js";

/** What of a project a compilation needs. */
export interface CompilableProject {
  readonly config: ResolvedConfig;
  readonly revisions: readonly Revision[];
  bodyOf(revision: Revision): Promise<RevisionFunctions>;
  /** The same synchronously, where none is needed. */
  bodySync?(revision: Revision): RevisionFunctions | undefined;
  /** The texts of a revision's file and of the project's files that it imports, as far as they have been evaluated. */
  readonly textsOf?: (revision: Revision) => readonly string[];
  /** Has all files evaluated anew when they are next asked for. */
  readonly forget?: () => void;
  /** Reads a file by its path from the folder of a revision's file. */
  readonly readBeside?: ((revision: Revision, path: string) => SourceFile) | undefined;
  /** Reads the dump that the configuration names as the baseline. */
  baseline?(): Promise<string | undefined>;
}

export interface CompilePlanOptions {
  /** Alembic's own layout and nothing else: the same as the layout "plain". */
  readonly plain?: boolean | undefined;
  /** How the script defends itself; "guarded" unless said otherwise. */
  readonly layout?: LayoutName | undefined;
  /** The program that applies the script; by default the dialect's own. */
  readonly client?: ClientName | undefined;
  /** In milliseconds; undefined: as the configuration says. */
  readonly lockTimeout?: number | undefined;
  readonly statementTimeout?: number | undefined;
  /** The script is in ASCII: values are written by codes, names and SQL have to be ASCII. */
  readonly ascii?: boolean | undefined;
  /** Session settings, by name, in order. */
  readonly session?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly transactionPerMigration?: boolean | undefined;
  /** Says which command makes the script of a plan again, for its header. */
  readonly madeBy?: ((plan: Plan) => string | undefined) | undefined;
  /** The `-x key=value` arguments, over those of the configuration. */
  readonly x?: Readonly<Record<string, string>>;
  /** What `op.tag` holds. */
  readonly tag?: string | undefined;
  /**
   * Says what keeps the process running: `process.getActiveResourcesInfo`. What a body leaves running, such as a timer,
   * is waited for then, and refused when it does not end.
   */
  readonly activeResources?: (() => readonly string[]) | undefined;
  /** Whether the SQL that authors wrote is parsed; true unless said otherwise. */
  readonly parse?: boolean | undefined;
  /** Whether the revisions before the range are replayed, so that the range is checked against the whole schema. */
  readonly wholeHistory?: boolean | undefined;
  /** Whether operations are checked against the replayed schema; the configuration says it otherwise. */
  readonly schemaChecks?: boolean | undefined;
  /** What a statement takes away or changes stands as comments before it, from the replayed schema. */
  readonly withBefore?: boolean | undefined;
  /** Revisions that cannot be compiled become statements that refuse to run, and the others are compiled. */
  readonly keepGoing?: boolean | undefined;
  readonly notice?: (text: string, operation: OperationNode) => void;
  readonly progress?: (step: Step, position: number, total: number) => void;
}

export interface CompileRangeOptions extends CompilePlanOptions {
  /** The way through the history; upgrade unless said otherwise. */
  readonly direction?: "upgrade" | "downgrade";
}

/** A range of revisions, compiled. */
export interface CompiledRange {
  readonly plan: Plan;
  readonly steps: readonly CompiledStep[];
  /** The whole script. */
  readonly script: string;
  /** A script for one of the steps alone, for one file for each revision. */
  scriptOf(step: CompiledStep): string;
  /** Tells of each line of the script which statement of which revision it was made of; built when it is asked for. */
  sourceMap(): SourceMap;
}

const graphs = new WeakMap<CompilableProject, RevisionGraph>();

/** The graph of a project's revisions, built once. */
export function graphOf(project: CompilableProject): RevisionGraph {
  const known = graphs.get(project);
  if (known !== undefined) return known;
  const graph = buildGraph(project.revisions);
  graphs.set(project, graph);
  return graph;
}

/** What a compilation takes from a project: the history, and the bodies of its revisions. */
function sourceOf(project: CompilableProject): RevisionSource {
  return {
    graph: graphOf(project),
    bodyOf: (revision) => project.bodyOf(revision),
    bodySync: (revision) => project.bodySync?.(revision),
    ...(project.textsOf !== undefined && { textsOf: project.textsOf }),
    ...(project.forget !== undefined && { forget: project.forget }),
    readBeside: project.readBeside,
  };
}

/** The dump that a project's history starts from, if it does not start with an empty database. */
function baselineOf(project: CompilableProject): Baseline | undefined {
  const { baseline: file } = project.config;
  if (file === undefined) return undefined;
  return { file, text: async () => (await project.baseline?.()) ?? "" };
}

/** What compiles the revisions of a project one by one, in any order and outside any plan. */
export async function stepCompilerOf(
  project: CompilableProject,
  options: CompilePlanOptions = {},
): Promise<StepCompiler> {
  const { config } = project;
  const settings = await scriptSettings(config, options);
  const source = sourceOf(project);
  const x = { ...config.x, ...options.x };
  const { tag, activeResources } = options;
  return new StepCompiler(source, { ...settings, x, tag, activeResources, baseline: baselineOf(project) });
}

/** Compiles a plan of a project: what `upgrade`, `downgrade` and `stamp` do. */
export async function compileProjectPlan(
  project: CompilableProject,
  plan: Plan,
  options: CompilePlanOptions = {},
): Promise<CompiledRange> {
  const { config } = project;
  const graph = graphOf(project);
  const follows = (id: string): readonly string[] => graph.get(id)?.effectiveDown.map((below) => below.id) ?? [];
  const given: ScriptSettings = { ...(await scriptSettings(config, options)), follows };
  const source = sourceOf(project);
  const x = { ...config.x, ...options.x };
  const { tag, parse, wholeHistory, keepGoing, progress, activeResources } = options;
  const baseline = baselineOf(project);
  const compiled = await compilePlan(plan, source, {
    ...given,
    ...{ x, tag, parse, wholeHistory, keepGoing, progress, activeResources, baseline },
  });
  const { steps, schemaFirst } = withSchemaFirst(compiled, plan.createsVersionTable, given);
  const settings = { ...given, schemaFirst };
  return {
    plan,
    steps,
    script: renderScript(scriptOf(plan, steps, settings)),
    sourceMap: () => sourceMapOf(scriptOf(plan, steps, settings)),
    scriptOf: (compiled) => renderScript(scriptOf(planOfStep(plan, compiled.step), [compiled], settings)),
  };
}

/** The plan of one step alone, for a file of its own. */
function planOfStep(plan: Plan, step: Step): Plan {
  const { rowsBefore, rowsAfter } = step;
  const isFirst = step === plan.steps[0];
  return {
    ...plan,
    steps: [step],
    rowsBefore,
    rowsAfter,
    createsVersionTable: rowsBefore.length === 0,
    purges: plan.purges && isFirst,
  };
}

/** The script that makes the version table and nothing else: what `ensure-version` does. */
export async function compileVersionTable(config: ResolvedConfig, options: CompilePlanOptions = {}): Promise<string> {
  return renderScript(versionTableScript(await scriptSettings(config, options)));
}

async function scriptSettings(config: ResolvedConfig, options: CompilePlanOptions): Promise<ScriptSettings> {
  const dialect = await loadDialect(requireDialect(config));
  return {
    dialect,
    version: targetVersionOf(dialect, config.targetVersion),
    namingConvention: config.namingConvention,
    schemaChecks: options.schemaChecks ?? config.schemaChecks,
    withBefore: options.withBefore,
    resumable: options.layout === "resumable",
    notice: options.notice,
    versionTable: { name: config.versionTable, schema: config.versionTableSchema, primaryKey: config.versionTablePk },
    layout: options.plain === true ? "plain" : (options.layout ?? "guarded"),
    client: options.client,
    lockTimeout: options.lockTimeout ?? config.lockTimeout,
    statementTimeout: options.statementTimeout ?? config.statementTimeout,
    ascii: options.ascii,
    session: options.session,
    madeBy: options.madeBy,
    transactionalDdl: config.transactionalDdl,
    transactionPerMigration: options.transactionPerMigration ?? config.transactionPerMigration,
  };
}

/**
 * Compiles a range of a project's revisions: `"head"`, `"a:b"`, or the rows of a version table with a target.
 *
 * @example
 * const project = await loadProject();
 * (await compileRange(project, "1975ea83b712:head")).script; // "BEGIN;\n\n-- Running upgrade …"
 * @throws SqlembicError that says what in which file cannot be compiled
 */
export async function compileRange(
  project: CompilableProject,
  range: string | FromRows,
  options: CompileRangeOptions = {},
): Promise<CompiledRange> {
  const plan =
    options.direction === "downgrade" ? planDowngrade(graphOf(project), range) : planUpgrade(graphOf(project), range);
  return compileProjectPlan(project, plan, options);
}
