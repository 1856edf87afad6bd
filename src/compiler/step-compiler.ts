import { Catalog } from "../catalog/catalog.js";
import { LoadError, SqlembicError } from "../errors.js";
import { applyAll, type OperationNode } from "../operations/index.js";
import { orderDownwards } from "../revision/graph-order.js";
import type { RevisionGraph } from "../revision/graph.js";
import { originOfError } from "../revision/origin.js";
import type { Operations } from "../revision/recorder.js";
import { Recorder } from "../revision/recorder.js";
import type { Revision, Step } from "../revision/revision.js";
import type { SourceFile } from "../revision/row-files.js";
import { readBaseline, type Baseline } from "./baseline.js";
import { catalogFreeContext, compileNodes, type CompileSettings } from "./compile.js";
import { ReplayPoint, type Place } from "./replay.js";
import { EffectReading, ReaderWanted } from "./sql-reader.js";
import type { Statement } from "./statement.js";

/** Where the bodies of revisions come from. */
export interface RevisionSource {
  readonly graph: RevisionGraph;
  bodyOf(revision: Revision): Promise<RevisionFunctions>;
  /** Reads a file by its path from the folder of a revision's file. */
  readonly readBeside?: ((revision: Revision, path: string) => SourceFile) | undefined;
}

/** What a revision file exports to be run. */
export interface RevisionFunctions {
  readonly upgrade?: (op: Operations) => unknown;
  readonly downgrade?: (op: Operations) => unknown;
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

/** Thrown when something asks for the schema before a range whose history has not been replayed yet. */
export class HistoryWanted extends Error {}

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

  /** Runs the body of a revision; the point before it answers what the body asks about the schema. */
  async record(
    revision: Revision,
    direction: "upgrade" | "downgrade",
    before: ReplayPoint,
  ): Promise<readonly OperationNode[]> {
    const body = (await this.source.bodyOf(revision))[direction];
    if (body === undefined) return [];
    const { readBeside } = this.source;
    const run = (): Promise<readonly OperationNode[]> =>
      this.#recorder.record(
        body,
        (operations) => applyAll(before.catalog, this.#effects.readAtOnce(operations)),
        readBeside && ((path) => readBeside(revision, path)),
      );
    try {
      const recorded = await run().catch(async (error: unknown) => {
        if (!(error instanceof ReaderWanted)) throw error;
        await this.#effects.load();
        return run();
      });
      return await this.#effects.read(recorded);
    } catch (error) {
      if (error instanceof HistoryWanted) throw error;
      throw bodyError(error, revision, direction);
    }
  }

  /**
   * Runs the body of a step and compiles what it records.
   *
   * @throws SqlembicError with the file, line and column of the call that cannot be compiled
   */
  async compile(step: Step, place: Place): Promise<{ readonly compiled: CompiledStep; readonly after: Place }> {
    const { direction, revision } = step;
    const operations = direction === "stamp" ? [] : await this.record(revision, direction, place.whole);
    try {
      const { statements, after } = compileNodes(operations, this.settings, place);
      return { compiled: { step, operations, statements }, after };
    } catch (error) {
      if (error instanceof SqlembicError) error.origin ??= { file: revision.file, line: 1, column: 1 };
      throw error;
    }
  }

  /** The schema of a database with these version rows: the upgrades that lead there, replayed from the beginning. */
  async replay(rows: readonly string[]): Promise<Catalog> {
    const { graph } = this.source;
    const start = rows.map((row) => graph.get(row)).filter((node) => node !== undefined);
    const first = await this.firstSchema();
    let point = ReplayPoint.start(() => first);
    for (const { revision } of orderDownwards(graph, graph.ancestors(start), start).toReversed()) {
      for (const operation of await this.record(revision, "upgrade", point)) point = point.after(operation);
    }
    return point.catalog;
  }
}
