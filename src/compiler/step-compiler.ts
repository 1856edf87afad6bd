import { Catalog } from "../catalog/catalog.js";
import { fitterOf } from "./identifiers.js";
import { SqlembicError } from "../errors.js";
import type { OperationNode } from "../operations/index.js";
import { orderDownwards } from "../history/graph-order.js";
import type { ActiveResources } from "../revision/left-running.js";
import type { Revision, Step } from "../history/revision.js";
import { readBaseline, type Baseline } from "./baseline.js";
import { BodyRunner } from "./body-runner.js";
import {
  catalogFreeContext,
  compileReplayed,
  misfitAmong,
  replayOperations,
  type CompileSettings,
  type Misfit,
  type ReplayedOperations,
} from "./compile.js";
import { ReplayPoint, type ReplayState } from "./replay.js";
import { EffectReading } from "./sql-reader.js";
import type { RevisionSource } from "./revision-source.js";
import type { Statement } from "./statement.js";
import type { Accounting } from "./statement-account.js";

/** What bodies are run and compiled for. */
export interface StepSettings extends CompileSettings {
  readonly x?: Readonly<Record<string, string>> | undefined;
  readonly tag?: string | undefined;
  readonly activeResources?: ActiveResources | undefined;
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
  readonly replayed: ReplayedOperations;
  readonly misfit: Misfit | undefined;
}

/** A step that could not be made ready, and why. */
export interface FailedStep {
  readonly step: Step;
  readonly error: unknown;
}

/** So many steps are made ready together. */
export const stepsPerGroup = 32;

/** Runs the bodies of revisions and compiles what they record, one step at a time and in any order. */
export class StepCompiler {
  readonly #bodies: BodyRunner;
  readonly #effects: EffectReading;
  #first: Promise<Catalog> | undefined;

  constructor(
    readonly source: RevisionSource,
    readonly settings: StepSettings,
  ) {
    const { dialect, version = dialect.defaultVersion, namingConvention, x, tag, activeResources } = settings;
    const fitName = fitterOf(dialect.identifiers);
    const context = { dialect: { name: dialect.name, version }, namingConvention, fitName, x, tag, activeResources };
    this.#effects = new EffectReading(dialect, catalogFreeContext(settings));
    this.#bodies = new BodyRunner(source, this.#effects, context);
  }

  /** The schema of an empty database. */
  emptySchema(): Catalog {
    return Catalog.empty({ rules: this.settings.dialect.rules, isComplete: true });
  }

  /** The schema before the first revision: of an empty database, or of the baseline. */
  firstSchema(accounting?: Accounting): Promise<Catalog> {
    const { baseline, dialect } = this.settings;
    return (this.#first ??=
      baseline === undefined ? Promise.resolve(this.emptySchema()) : readBaseline(baseline, dialect, accounting));
  }

  /**
   * Makes steps ready that are compiled next: runs their bodies, then replays what they recorded. It takes less time than
   * the steps take one by one, since V8 stays with one kind of work.
   *
   * @returns the steps that are ready, and after them, if there is one, what the next one threw
   */
  async prepareTogether(steps: readonly Step[], start: ReplayState): Promise<readonly (PreparedStep | FailedStep)[]> {
    const recorded: Omit<PreparedStep, "misfit">[] = [];
    const failed: FailedStep[] = [];
    let state = start;
    for (const step of steps) {
      try {
        const result = this.#bodies.run(step, state);
        const operations = result instanceof Promise ? await result : result;
        const replayed = replayOperations(operations, state);
        recorded.push({ step, operations: operations.slice(), replayed }); // without the room that a growing list keeps
        state = replayed.after;
      } catch (error) {
        failed.push({ step, error });
        break;
      }
    }
    await this.#bodies.settle();
    return [...recorded.map((one) => this.checked(one)), ...failed];
  }

  /** A step with whether its operations fit the schema, as far as that is known now. */
  checked({ step, operations, replayed }: Omit<PreparedStep, "misfit">): PreparedStep {
    return { step, operations, replayed, misfit: misfitAmong(replayed, this.settings) };
  }

  /** Makes one step ready: runs its body, and replays what it recorded. */
  async prepare(step: Step, state: ReplayState): Promise<PreparedStep> {
    const operations = await this.#bodies.run(step, state);
    await this.#bodies.settle();
    const replayed = replayOperations(operations, state);
    return this.checked({ step, operations, replayed });
  }

  /** Runs the body of a revision; the place before it answers what the body asks about the schema. */
  record(
    revision: Revision,
    direction: "upgrade" | "downgrade",
    before: Pick<ReplayState, "whole" | "history">,
  ): Promise<readonly OperationNode[]> {
    return this.#bodies.record(revision, direction, before);
  }

  /**
   * Compiles a step.
   *
   * @throws SqlembicError with the file, line and column of the call that cannot be compiled
   */
  compile({ step, operations, replayed, misfit }: PreparedStep): {
    readonly compiled: CompiledStep;
    readonly after: ReplayState;
  } {
    try {
      const { statements, after } = compileReplayed(replayed, this.settings, misfit);
      return { compiled: { step, operations, statements }, after };
    } catch (error) {
      if (error instanceof SqlembicError) error.origin ??= { file: step.revision.file, line: 1, column: 1 };
      throw error;
    }
  }

  /**
   * The schema of a database with these version rows: the upgrades that lead there, replayed from the beginning.
   *
   * @param accounting takes what becomes of each statement of SQL text on the way
   * @param passed is told of the schema before and after each revision
   */
  async replay(
    rows: readonly string[],
    accounting?: Accounting,
    passed?: (revision: Revision, before: Catalog, after: Catalog) => void,
  ): Promise<Catalog> {
    const { graph } = this.source;
    const start = rows.map((row) => graph.get(row)).filter((node) => node !== undefined);
    const first = await this.firstSchema(accounting);
    let point = ReplayPoint.start(() => first);
    const revisions = orderDownwards(graph, graph.ancestors(start), start)
      .toReversed()
      .map(({ revision }) => revision);
    for (let position = 0; position < revisions.length; position += stepsPerGroup) {
      const group = revisions.slice(position, position + stepsPerGroup);
      for (const revision of group) {
        const result = this.#bodies.run({ direction: "upgrade", revision }, { whole: point });
        const operations = result instanceof Promise ? await result : result;
        if (accounting !== undefined) await this.#effects.account(operations, accounting);
        const before = point;
        for (const operation of operations) point = point.after(operation);
        passed?.(revision, before.catalog, point.catalog);
      }
      await this.#bodies.settle();
      const reached = point.catalog;
      point = ReplayPoint.start(() => reached);
    }
    return point.catalog;
  }
}
