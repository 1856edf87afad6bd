import { Catalog } from "../catalog/catalog.js";
import { SqlembicError } from "../errors.js";
import type { Plan } from "../history/steps.js";
import type { Step } from "../history/revision.js";
import { refusingStep } from "./gap.js";
import { placeAt, ReplayPoint, type Place } from "./replay.js";
import {
  HistoryWanted,
  stepsAtOnce,
  StepCompiler,
  type CompiledStep,
  type FailedStep,
  type PreparedStep,
  type RevisionSource,
  type StepSettings,
} from "./step-compiler.js";
import type { Statement } from "./statement.js";
import { SyntaxCheck } from "./syntax-check.js";

export type { CompiledStep, RevisionFunctions, RevisionSource } from "./step-compiler.js";

export interface PlanSettings extends StepSettings {
  /** Whether the SQL that authors wrote is parsed; true unless said otherwise. */
  readonly parse?: boolean | undefined;
  /**
   * The revisions before the plan are replayed, so that its operations are checked against the whole schema. Otherwise
   * only what the plan itself shows is checked, unless something asks for the schema.
   */
  readonly wholeHistory?: boolean | undefined;
  /** Steps that cannot be compiled become statements that refuse to run, and the others are compiled. */
  readonly keepGoing?: boolean | undefined;
  /** Called before each step: for a line that shows progress. */
  readonly progress?: ((step: Step, position: number, total: number) => void) | undefined;
}

/** Lets the process do what waits meanwhile: the parser is loaded, and an interrupt is heard. */
function turnOfEvents(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Compiles the steps of a plan, replaying the history before them only when a dialect asks for it. */
class PlanCompilation {
  readonly #compiler: StepCompiler;
  readonly #syntax: SyntaxCheck | undefined;
  #history: Catalog | undefined;

  constructor(
    source: RevisionSource,
    readonly settings: PlanSettings,
    readonly plan: Plan,
  ) {
    this.#compiler = new StepCompiler(source, settings);
    this.#syntax = this.#newSyntaxCheck();
  }

  /** The schema before the first step: empty at the base, else read or replayed on demand. */
  #start(): Place {
    const { dialect, baseline } = this.settings;
    const { rules } = dialect;
    const isBase = this.plan.rowsBefore.length === 0;
    if (isBase && baseline === undefined) return placeAt(ReplayPoint.start(() => this.#compiler.emptySchema()));
    const whole = ReplayPoint.start(() => {
      if (this.#history === undefined) throw new HistoryWanted();
      return this.#history;
    });
    if (isBase || this.settings.wholeHistory === true) return placeAt(whole);
    return { whole, shown: ReplayPoint.start(() => Catalog.empty({ rules })) };
  }

  async compile(): Promise<readonly CompiledStep[]> {
    const { steps } = this.plan;
    const compiled: CompiledStep[] = [];
    let place = this.#start();
    for (let start = 0; start < steps.length; start += stepsAtOnce) {
      const group = steps.slice(start, start + stepsAtOnce);
      const prepared = await this.#prepareTogether(group, place);
      for (const [position, step] of group.entries()) {
        this.settings.progress?.(step, start + position, steps.length);
        const ready = prepared[position];
        const result = this.#compileAtOnce(ready) ?? (await this.#compileInTurn(step, ready, place));
        compiled.push(result.compiled);
        place = result.after;
      }
      await turnOfEvents();
    }
    await this.#syntax?.finish();
    return compiled;
  }

  /** After a step that is passed over nothing is known of the schema: then each is prepared when its turn has come. */
  async #prepareTogether(steps: readonly Step[], place: Place): Promise<readonly (PreparedStep | FailedStep)[]> {
    return this.settings.keepGoing === true ? [] : this.#compiler.prepareTogether(steps, place);
  }

  /** Compiles a step that is ready, without a turn of events; undefined when it is not, or wants the history. */
  #compileAtOnce(
    ready: PreparedStep | FailedStep | undefined,
  ): { readonly compiled: CompiledStep; readonly after: Place } | undefined {
    if (ready === undefined || "error" in ready) return undefined;
    try {
      const result = this.#compiler.compile(ready);
      this.#syntax?.add(result.compiled.statements);
      return result;
    } catch (error) {
      if (error instanceof HistoryWanted) return undefined;
      throw error;
    }
  }

  async #compileInTurn(
    step: Step,
    prepared: PreparedStep | FailedStep | undefined,
    place: Place,
  ): Promise<{ readonly compiled: CompiledStep; readonly after: Place }> {
    if (prepared === undefined) return this.#compileOrRefuse(step, place);
    if ("error" in prepared && !(prepared.error instanceof HistoryWanted)) throw prepared.error;
    await this.#replayHistory();
    return this.#compileOrRefuse(step, place);
  }

  async #compileOrRefuse(
    step: Step,
    place: Place,
  ): Promise<{ readonly compiled: CompiledStep; readonly after: Place }> {
    try {
      const result = await this.#withHistory(async () =>
        this.#compiler.compile(await this.#compiler.prepare(step, place)),
      );
      await this.#take(result.compiled.statements);
      return result;
    } catch (error) {
      if (this.settings.keepGoing !== true || !(error instanceof SqlembicError)) throw error;
      return refusingStep(step, error, place, this.settings);
    }
  }

  #newSyntaxCheck(): SyntaxCheck | undefined {
    const { parse, dialect, notice } = this.settings;
    if (parse === false) return undefined;
    return new SyntaxCheck(dialect, (text, statement) => notice?.(text, statement.operation));
  }

  /** Has statements checked: all together at the end, or at once where a wrong step is told from the others. */
  async #take(statements: readonly Statement[]): Promise<void> {
    if (this.settings.keepGoing !== true) return this.#syntax?.add(statements);
    const syntax = this.#newSyntaxCheck();
    syntax?.add(statements);
    await syntax?.finish();
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

  async #replayHistory(): Promise<void> {
    this.#history = await this.#compiler.replay(this.plan.rowsBefore);
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
  return new PlanCompilation(source, settings, plan).compile();
}
