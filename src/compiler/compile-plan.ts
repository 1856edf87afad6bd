import { Catalog } from "../catalog/catalog.js";
import { SqlembicError } from "../errors.js";
import type { Plan } from "../history/steps.js";
import type { OperationNode } from "../operations/index.js";
import type { Step } from "../history/revision.js";
import { NotReady } from "../revision/not-ready.js";
import { sql } from "../schema/expressions.js";
import { emptyUpgrade } from "./empty-upgrade.js";
import { refusingStep } from "./gap.js";
import { HistoryBefore } from "./history-before.js";
import { stateAt, ReplayPoint, type ReplayState } from "./replay.js";
import {
  stepsPerGroup,
  StepCompiler,
  type CompiledStep,
  type FailedStep,
  type PreparedStep,
  type StepSettings,
} from "./step-compiler.js";
import type { RevisionSource } from "./revision-source.js";
import type { Statement } from "./statement.js";
import { SyntaxCheck } from "./syntax-check.js";

export type { RevisionFunctions, RevisionSource } from "./revision-source.js";
export type { CompiledStep } from "./step-compiler.js";

export interface PlanSettings extends StepSettings {
  /** Whether the SQL that authors wrote is parsed; true unless said otherwise. */
  readonly parse?: boolean | undefined;
  /**
   * The revisions before the plan are replayed, so that its operations are checked against the whole schema. Otherwise
   * only what an upgrade itself shows is checked, unless something asks for the schema. A downgrade shows nothing of
   * what it takes back: it is always checked against the schema that the upgrades leave.
   */
  readonly wholeHistory?: boolean | undefined;
  /** Steps that cannot be compiled become statements that refuse to run, and the others are compiled. */
  readonly keepGoing?: boolean | undefined;
  /** Called before each step: for a line that shows progress. */
  readonly progress?: ((step: Step, position: number, total: number) => void) | undefined;
}

/** A step that is compiled, and the place after it. */
interface CompiledAt {
  readonly compiled: CompiledStep;
  readonly after: ReplayState;
}

type Notice = NonNullable<PlanSettings["notice"]>;

/** Keeps what is to be said of a step until that is certain: a step may be compiled once more from its beginning. */
class HeldNotices {
  #held: Parameters<Notice>[] = [];

  readonly take: Notice = (...notice) => void this.#held.push(notice);

  drop(): void {
    this.#held = [];
  }

  tell(notice: Notice | undefined): void {
    for (const held of this.#held) notice?.(...held);
    this.#held = [];
  }
}

/** Compiles the steps of a plan, replaying the history before them only when a dialect asks for it. */
class PlanCompilation {
  readonly #compiler: StepCompiler;
  readonly #syntax: SyntaxCheck | undefined;
  /** What is to be said of the step that is being compiled. */
  readonly #notices = new HeldNotices();

  constructor(
    source: RevisionSource,
    readonly settings: PlanSettings,
    readonly plan: Plan,
  ) {
    this.#compiler = new StepCompiler(source, { ...settings, notice: this.#notices.take });
    this.#syntax = this.#newSyntaxCheck();
  }

  /** The schema before the first step: empty at the base, else read or replayed on demand. */
  async #start(): Promise<ReplayState> {
    const { dialect, baseline } = this.settings;
    const { rules } = dialect;
    const isBase = this.plan.rowsBefore.length === 0;
    if (isBase && baseline === undefined) return stateAt(ReplayPoint.start(() => this.#compiler.emptySchema()));
    const history = new HistoryBefore(() => this.#compiler.replay(this.plan.rowsBefore));
    const whole = ReplayPoint.start(() => history.catalog);
    if (isBase || this.settings.wholeHistory === true) return stateAt(whole, history);
    if (this.#takesBack() && (await this.#replayed(history))) return stateAt(whole, history);
    return { whole, shown: ReplayPoint.start(() => Catalog.empty({ rules })), history };
  }

  /** Whether the plan goes down, and is to be checked against what the upgrades leave. */
  #takesBack(): boolean {
    return this.settings.schemaChecks !== false && this.plan.steps[0]?.direction === "downgrade";
  }

  /**
   * Whether the history can be replayed. A downgrade is often what a broken history needs, so that one that cannot be
   * replayed is told, and the downgrade compiled without it.
   */
  async #replayed(history: HistoryBefore): Promise<boolean> {
    try {
      await history.makeReady();
      return true;
    } catch (error) {
      if (!(error instanceof SqlembicError)) throw error;
      const text = `The downgrade is not checked against the schema that the upgrades leave: ${error.message}`;
      const operation: OperationNode = { kind: "execute", origin: error.origin, statement: sql.raw("") };
      this.settings.notice?.(text, operation);
      return false;
    }
  }

  async compile(): Promise<readonly CompiledStep[]> {
    const { steps } = this.plan;
    const compiled: CompiledStep[] = [];
    let state = await this.#start();
    // Every step is checked against the whole schema then. Why it cannot be replayed is told where it is asked for.
    if (state.shown === state.whole && steps.length > 0) await state.history?.makeReady().catch(() => undefined);
    for (let start = 0; start < steps.length; start += stepsPerGroup) {
      const group = steps.slice(start, start + stepsPerGroup);
      const prepared = await this.#prepareTogether(group, state);
      for (const [position, step] of group.entries()) {
        this.settings.progress?.(step, start + position, steps.length);
        const result = await this.#compileOrRefuse(step, prepared[position], state);
        compiled.push(result.compiled);
        state = result.after;
      }
    }
    await this.#syntax?.finish();
    return compiled;
  }

  /** After a step that is passed over nothing is known of the schema: then each is prepared when its turn has come. */
  async #prepareTogether(steps: readonly Step[], state: ReplayState): Promise<readonly (PreparedStep | FailedStep)[]> {
    return this.settings.keepGoing === true ? [] : this.#compiler.prepareTogether(steps, state);
  }

  async #compileOrRefuse(
    step: Step,
    ready: PreparedStep | FailedStep | undefined,
    state: ReplayState,
  ): Promise<CompiledAt> {
    try {
      const prepared = ready ?? (await this.#compiler.prepare(step, state));
      if ("error" in prepared) throw prepared.error;
      this.#tellOfEmptiness(prepared);
      const result = await this.#compile(prepared);
      await this.#take(result.compiled.statements);
      return result;
    } catch (error) {
      if (this.settings.keepGoing !== true || !(error instanceof SqlembicError)) throw error;
      return refusingStep(step, error, state, this.settings);
    } finally {
      this.#notices.tell(this.settings.notice);
    }
  }

  #tellOfEmptiness({ step, operations }: PreparedStep): void {
    const text = operations.length === 0 ? this.#compiler.source.textsOf?.(step.revision)[0] : undefined;
    const empty = text === undefined ? undefined : emptyUpgrade(step, text);
    if (empty === undefined) return;
    this.settings.notice?.(empty.text, { kind: "execute", origin: empty.origin, statement: sql.raw("") });
  }

  /** Compiles a step that is ready; once more, from its beginning, when that takes the history before the plan. */
  async #compile(prepared: PreparedStep): Promise<CompiledAt> {
    try {
      return this.#compiler.compile(prepared);
    } catch (error) {
      if (!(error instanceof NotReady)) throw error;
      this.#notices.drop();
      await error.makeReady();
      return this.#compiler.compile(this.#compiler.checked(prepared));
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
