import { LoadError, SqlembicError } from "../errors.js";
import { applyAll, type OperationNode } from "../operations/index.js";
import { orderDownwards } from "../revision/graph-order.js";
import type { RevisionGraph } from "../revision/graph.js";
import { originOfError } from "../revision/origin.js";
import type { Plan } from "../revision/steps.js";
import type { Operations } from "../revision/recorder.js";
import { Recorder } from "../revision/recorder.js";
import type { Revision, Step } from "../revision/revision.js";
import { Catalog } from "../catalog/catalog.js";
import { catalogFreeContext, compileNodes, type CompileSettings } from "./compile.js";
import { placeAt, ReplayPoint, type Place } from "./replay.js";
import { EffectReading } from "./sql-reader.js";
import { SyntaxCheck } from "./syntax-check.js";
import type { Statement } from "./statement.js";

/** Where the bodies of revisions come from. */
export interface RevisionSource {
  readonly graph: RevisionGraph;
  bodyOf(revision: Revision): Promise<RevisionFunctions>;
}

/** What a revision file exports to be run. */
export interface RevisionFunctions {
  readonly upgrade?: (op: Operations) => unknown;
  readonly downgrade?: (op: Operations) => unknown;
}

export interface PlanSettings extends CompileSettings {
  readonly x?: Readonly<Record<string, string>> | undefined;
  readonly tag?: string | undefined;
  /** Whether the SQL that authors wrote is parsed; true unless said otherwise. */
  readonly parse?: boolean | undefined;
  /** Called before each step: for a line that shows progress. */
  readonly progress?: ((step: Step, position: number, total: number) => void) | undefined;
}

/** One step of a plan with its statements; the version rows are not among them. */
export interface CompiledStep {
  readonly step: Step;
  readonly operations: readonly OperationNode[];
  readonly statements: readonly Statement[];
}

/** Thrown inside a compilation that asks for the schema before a range whose history has not been replayed yet. */
class HistoryWanted extends Error {}

/** What a body threw, as an error that says where in the revision file it arose. */
function bodyError(error: unknown, revision: Revision, direction: string): SqlembicError {
  const origin = originOfError(error) ?? { file: revision.file, line: 1, column: 1 };
  if (error instanceof SqlembicError) {
    error.origin ??= origin;
    return error;
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const failure = new LoadError("body-failed", `${direction} of revision ${revision.revision} failed: ${text}`, {
    origin,
    hint: "The body runs while the script is compiled, without a database.",
    data: { revision: revision.revision },
  });
  failure.cause = error;
  return failure;
}

/** Compiles the steps of a plan, replaying the history before them only when a dialect asks for it. */
class PlanCompilation {
  readonly #recorder: Recorder;
  readonly #effects: EffectReading;
  readonly #syntax: SyntaxCheck | undefined;
  #history: Catalog | undefined;

  constructor(
    readonly source: RevisionSource,
    readonly settings: PlanSettings,
    readonly plan: Plan,
  ) {
    const { dialect, version = dialect.defaultVersion, namingConvention, x, tag } = settings;
    this.#effects = new EffectReading(dialect, catalogFreeContext(settings));
    this.#syntax =
      settings.parse === false
        ? undefined
        : new SyntaxCheck(dialect, (text, statement) => settings.notice?.(text, statement.operation));
    this.#recorder = new Recorder({ dialect: { name: dialect.name, version }, namingConvention, x, tag });
  }

  /** The schema before the first step: empty at the base, else replayed on demand. */
  #start(): Place {
    const { rules } = this.settings.dialect;
    if (this.plan.rowsBefore.length === 0) {
      return placeAt(ReplayPoint.start(() => Catalog.empty({ rules, isComplete: true })));
    }
    const whole = ReplayPoint.start(() => {
      if (this.#history === undefined) throw new HistoryWanted();
      return this.#history;
    });
    return { whole, shown: ReplayPoint.start(() => Catalog.empty({ rules })) };
  }

  /** Runs the body of a revision; the point before it answers what the body asks about the schema. */
  async record(
    revision: Revision,
    direction: "upgrade" | "downgrade",
    before: ReplayPoint,
  ): Promise<readonly OperationNode[]> {
    const body = (await this.source.bodyOf(revision))[direction];
    if (body === undefined) return [];
    try {
      const recorded = await this.#recorder.record(body, (operations) => applyAll(before.catalog, operations));
      return await this.#effects.read(recorded);
    } catch (error) {
      if (error instanceof HistoryWanted) throw error;
      throw bodyError(error, revision, direction);
    }
  }

  /** Replays the upgrades that lead to the start of the plan. */
  async #replayHistory(): Promise<void> {
    const { graph } = this.source;
    const start = this.plan.rowsBefore.map((row) => graph.get(row)).filter((node) => node !== undefined);
    const { rules } = this.settings.dialect;
    let point = ReplayPoint.start(() => Catalog.empty({ rules, isComplete: true }));
    for (const { revision } of orderDownwards(graph, graph.ancestors(start), start).toReversed()) {
      for (const operation of await this.record(revision, "upgrade", point)) point = point.after(operation);
    }
    this.#history = point.catalog;
  }

  async *steps(): AsyncGenerator<CompiledStep> {
    let place = this.#start();
    for (const [position, step] of this.plan.steps.entries()) {
      this.settings.progress?.(step, position, this.plan.steps.length);
      const { compiled, after } = await this.#withHistory(() => this.#compileStep(step, place));
      await this.#syntax?.check(compiled.statements);
      yield compiled;
      place = after;
    }
  }

  async #compileStep(step: Step, place: Place): Promise<{ compiled: CompiledStep; after: Place }> {
    const { direction, revision } = step;
    const operations = direction === "stamp" ? [] : await this.record(revision, direction, place.whole);
    try {
      const { statements, after } = compileNodes(operations, this.settings, place);
      return { compiled: { step, operations, statements }, after };
    } catch (error) {
      throw this.#inRevision(error, step);
    }
  }

  /** Does something, and once more with the history before the plan replayed when it turns out to need that. */
  async #withHistory<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof HistoryWanted)) throw error;
      await this.#replayHistory();
      return action();
    }
  }

  /** Names the revision file where an error says no position of its own. */
  #inRevision(error: unknown, step: Step): unknown {
    if (error instanceof SqlembicError) error.origin ??= { file: step.revision.file, line: 1, column: 1 };
    return error;
  }
}

/**
 * Compiles the steps of a plan, in order.
 *
 * @throws SqlembicError with the file, line and column of the call that cannot be compiled
 */
export async function compilePlan(
  plan: Plan,
  source: RevisionSource,
  settings: PlanSettings,
): Promise<readonly CompiledStep[]> {
  const steps: CompiledStep[] = [];
  for await (const step of new PlanCompilation(source, settings, plan).steps()) steps.push(step);
  return steps;
}
