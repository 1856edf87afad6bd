import { Catalog } from "../catalog/catalog.js";
import { LoadError, SqlembicError } from "../errors.js";
import { applyAll, type OperationNode } from "../operations/index.js";
import { orderDownwards } from "../history/graph-order.js";
import type { RevisionGraph } from "../history/graph.js";
import { reasonOf } from "../revision/load-failures.js";
import { originOfError } from "../revision/origin.js";
import type { Operations } from "../revision/recorder.js";
import { Recorder } from "../revision/recorder.js";
import type { Revision, Step } from "../history/revision.js";
import type { SourceFile } from "../revision/row-files.js";
import { readBaseline, type Baseline } from "./baseline.js";
import {
  catalogFreeContext,
  compilePlaced,
  misfitAmong,
  placeOperations,
  type CompileSettings,
  type Misfit,
  type PlacedOperations,
} from "./compile.js";
import { ReplayPoint, type Place } from "./replay.js";
import { EffectReading, ReaderWanted } from "./sql-reader.js";
import type { Statement } from "./statement.js";

/** Where the bodies of revisions come from. */
export interface RevisionSource {
  readonly graph: RevisionGraph;
  bodyOf(revision: Revision): Promise<RevisionFunctions>;
  /** The same without a turn of events, where none is needed: thousands of those take their time. */
  bodyAtOnce?(revision: Revision): RevisionFunctions | undefined;
  /** Reads a file by its path from the folder of a revision's file. */
  readonly readBeside?: ((revision: Revision, path: string) => SourceFile) | undefined;
}

/** What a revision file exports to be run. */
export interface RevisionFunctions {
  readonly upgrade?: (op: Operations) => unknown;
  readonly downgrade?: (op: Operations) => unknown;
  /** The same functions as the engine runs them, where these only follow the text; they tell better what goes wrong. */
  readonly evaluated?: () => Promise<RevisionFunctions>;
}

/** What bodies are run and compiled for. */
export interface StepSettings extends CompileSettings {
  readonly x?: Readonly<Record<string, string>> | undefined;
  readonly tag?: string | undefined;
  /** The dump that the history starts from, where that is no empty database. */
  readonly baseline?: Baseline | undefined;
}

/** One step of a plan with its statements; the version rows are not among them. */
export interface CompiledStep {
  readonly step: Step;
  readonly operations: readonly OperationNode[];
  readonly statements: readonly Statement[];
  /** Why the step could not be compiled, where that was asked to be passed over: its statements only refuse to run. */
  readonly failure?: SqlembicError;
}

/** A step with what its body recorded, replayed. */
export interface PreparedStep {
  readonly step: Step;
  readonly operations: readonly OperationNode[];
  readonly placed: PlacedOperations;
  readonly misfit: Misfit | undefined;
}

/** A step that could not be made ready, and why. */
export interface FailedStep {
  readonly step: Step;
  readonly error: unknown;
}

/** So many steps are made ready together. */
export const stepsAtOnce = 32;

/** Thrown when something asks for the schema before a range whose history has not been replayed yet. */
export class HistoryWanted extends Error {}

/** What a body threw, as an error that says where in the revision file it arose. */
function bodyError(error: unknown, revision: Revision, direction: string): SqlembicError {
  const origin = originOfError(error) ?? { file: revision.file, line: 1, column: 1 };
  if (error instanceof SqlembicError) {
    error.origin ??= origin;
    return error;
  }
  const text = error instanceof Error ? reasonOf(error) : String(error);
  const failure = new LoadError("body-failed", `${direction} of revision ${revision.revision} failed: ${text}`, {
    origin,
    hint: "The body runs while the script is compiled, without a database.",
    data: { revision: revision.revision },
  });
  failure.cause = error;
  return failure;
}

/** Runs the bodies of revisions and compiles what they record, one step at a time and in any order. */
export class StepCompiler {
  readonly #recorder: Recorder;
  readonly #effects: EffectReading;
  #first: Promise<Catalog> | undefined;

  constructor(
    readonly source: RevisionSource,
    readonly settings: StepSettings,
  ) {
    const { dialect, version = dialect.defaultVersion, namingConvention, x, tag } = settings;
    this.#effects = new EffectReading(dialect, catalogFreeContext(settings));
    this.#recorder = new Recorder({ dialect: { name: dialect.name, version }, namingConvention, x, tag });
  }

  /** The schema of an empty database. */
  emptySchema(): Catalog {
    return Catalog.empty({ rules: this.settings.dialect.rules, isComplete: true });
  }

  /** The schema before the first revision: of an empty database, or of the baseline. */
  firstSchema(): Promise<Catalog> {
    const { baseline, dialect } = this.settings;
    return (this.#first ??=
      baseline === undefined ? Promise.resolve(this.emptySchema()) : readBaseline(baseline, dialect));
  }

  /**
   * Makes steps ready that are compiled next: runs their bodies, then replays what they recorded. It takes less time than
   * the steps take one by one, since V8 stays with one kind of work.
   *
   * @returns the steps that are ready, and after them, if there is one, what the next one threw
   */
  async prepareTogether(steps: readonly Step[], start: Place): Promise<readonly (PreparedStep | FailedStep)[]> {
    const recorded: Omit<PreparedStep, "misfit">[] = [];
    const failed: FailedStep[] = [];
    let place = start;
    for (const step of steps) {
      try {
        const result = this.#recordStep(step, place.whole);
        const operations = result instanceof Promise ? await result : result;
        const placed = placeOperations(operations, place);
        recorded.push({ step, operations: operations.slice(), placed }); // without the room that a growing list keeps
        place = placed.after;
      } catch (error) {
        failed.push({ step, error });
        break;
      }
    }
    return [...recorded.map((one) => this.#checked(one)), ...failed];
  }

  /** A step with whether its operations fit the schema. */
  #checked({ step, operations, placed }: Omit<PreparedStep, "misfit">): PreparedStep {
    return { step, operations, placed, misfit: misfitAmong(placed, this.settings) };
  }

  /** Makes one step ready: runs its body, and replays what it recorded. */
  async prepare(step: Step, place: Place): Promise<PreparedStep> {
    const operations = await this.#recordStep(step, place.whole);
    const placed = placeOperations(operations, place);
    return this.#checked({ step, operations, placed });
  }

  /**
   * Records what a body does that only follows a plain file, without a turn of events. Undefined where that is not all
   * there is to it: since following a file changes nothing, it can then be done once more.
   */
  #recordAtOnce(
    revision: Revision,
    direction: "upgrade" | "downgrade",
    before: ReplayPoint,
  ): readonly OperationNode[] | undefined {
    try {
      const functions = this.source.bodyAtOnce?.(revision);
      if (functions === undefined) return undefined;
      const recorded = this.#run(functions[direction], revision, before);
      return recorded instanceof Promise ? undefined : this.#effects.readAtOnce(recorded);
    } catch {
      return undefined;
    }
  }

  /** Runs the body of a step, without a turn of events where that is enough. */
  #recordStep(
    { direction, revision }: Pick<Step, "direction" | "revision">,
    before: ReplayPoint,
  ): readonly OperationNode[] | Promise<readonly OperationNode[]> {
    if (direction === "stamp") return [];
    return this.#recordAtOnce(revision, direction, before) ?? this.record(revision, direction, before);
  }

  /** Runs the body of a revision; the point before it answers what the body asks about the schema. */
  async record(
    revision: Revision,
    direction: "upgrade" | "downgrade",
    before: ReplayPoint,
  ): Promise<readonly OperationNode[]> {
    const functions = await this.source.bodyOf(revision);
    const run = (of: RevisionFunctions): Promise<readonly OperationNode[]> =>
      this.#recordBody(of[direction], revision, before);
    try {
      const { evaluated: evaluate } = functions;
      return await (evaluate === undefined
        ? run(functions)
        : run(functions).catch(async (error: unknown) => {
            if (error instanceof HistoryWanted) throw error;
            return run(await evaluate());
          }));
    } catch (error) {
      if (error instanceof HistoryWanted) throw error;
      throw bodyError(error, revision, direction);
    }
  }

  async #recordBody(
    body: RevisionFunctions["upgrade"],
    revision: Revision,
    before: ReplayPoint,
  ): Promise<readonly OperationNode[]> {
    return this.#withEffects(() => this.#run(body, revision, before));
  }

  #run(
    body: RevisionFunctions["upgrade"],
    revision: Revision,
    before: ReplayPoint,
  ): readonly OperationNode[] | Promise<readonly OperationNode[]> {
    if (body === undefined) return [];
    const { readBeside } = this.source;
    return this.#recorder.record(
      body,
      (operations) => applyAll(before.catalog, this.#effects.readAtOnce(operations)),
      readBeside && ((path) => readBeside(revision, path)),
    );
  }

  /** Runs a body, once more with what reads SQL loaded when it turns out to need that; its SQL has its effects then. */
  async #withEffects(
    run: () => readonly OperationNode[] | Promise<readonly OperationNode[]>,
  ): Promise<readonly OperationNode[]> {
    let recorded;
    try {
      recorded = run();
      if (recorded instanceof Promise) recorded = await recorded; // most bodies need no turn of events
    } catch (error) {
      if (!(error instanceof ReaderWanted)) throw error;
      await this.#effects.load();
      recorded = await run();
    }
    return this.#effects.areWanted(recorded) ? this.#effects.read(recorded) : recorded;
  }

  /**
   * Compiles a step.
   *
   * @throws SqlembicError with the file, line and column of the call that cannot be compiled
   */
  compile({ step, operations, placed, misfit }: PreparedStep): {
    readonly compiled: CompiledStep;
    readonly after: Place;
  } {
    try {
      const { statements, after } = compilePlaced(placed, this.settings, misfit);
      return { compiled: { step, operations, statements }, after };
    } catch (error) {
      if (error instanceof SqlembicError) error.origin ??= { file: step.revision.file, line: 1, column: 1 };
      throw error;
    }
  }

  /** The schema of a database with these version rows: the upgrades that lead there, replayed from the beginning. */
  async replay(rows: readonly string[]): Promise<Catalog> {
    const { graph } = this.source;
    const start = rows.map((row) => graph.get(row)).filter((node) => node !== undefined);
    const first = await this.firstSchema();
    let point = ReplayPoint.start(() => first);
    const revisions = orderDownwards(graph, graph.ancestors(start), start)
      .toReversed()
      .map(({ revision }) => revision);
    for (let position = 0; position < revisions.length; position += stepsAtOnce) {
      const group = revisions.slice(position, position + stepsAtOnce);
      for (const revision of group) {
        const result = this.#recordStep({ direction: "upgrade", revision }, point);
        const operations = result instanceof Promise ? await result : result;
        for (const operation of operations) point = point.after(operation);
      }
      const reached = point.catalog;
      point = ReplayPoint.start(() => reached);
    }
    return point.catalog;
  }
}
