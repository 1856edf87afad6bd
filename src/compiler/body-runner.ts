import type { Catalog } from "../catalog/catalog.js";
import { LoadError, SqlembicError } from "../errors.js";
import type { Revision, Step } from "../history/revision.js";
import { applyAll, type OperationNode } from "../operations/index.js";
import type { Surroundings } from "../revision/body-recording.js";
import { reasonOf } from "../revision/load-failures.js";
import { NotReady } from "../revision/not-ready.js";
import { originOfError } from "../revision/origin.js";
import { cannotFollow } from "../revision/plain/loader.js";
import { Recorder, type RecordingContext } from "../revision/recorder.js";
import type { Place } from "./replay.js";
import type { EffectReading } from "./sql-reader.js";
import type { RevisionFunctions, RevisionSource } from "./step-compiler.js";

type Recorded = readonly OperationNode[];
type Direction = "upgrade" | "downgrade";

/** What is replayed before a body runs. */
type Before = Pick<Place, "whole" | "history">;

/** The directives by which a body asks about the schema while it is running. */
const questions = /\b(?:inspect|bulkInsertFrom)\b/;
/** The directive that may change the schema by SQL text. */
const rawSql = /\bexecute\b/;

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

/**
 * Runs the bodies of revisions. One may ask for the schema when that has not been replayed, or is changed by SQL that
 * nobody can read yet. Where the text shows that it will ask, all is made ready before it runs. Where it asks
 * unforeseen, what it recorded is thrown away, whatever it did about the exception, and its files are evaluated anew, so
 * that it runs once more as if for the first time.
 */
export class BodyRunner {
  readonly #recorder: Recorder;

  constructor(
    readonly source: RevisionSource,
    readonly effects: EffectReading,
    context: RecordingContext,
  ) {
    this.#recorder = new Recorder(context);
  }

  /** Runs the body of a step, without a turn of events where that is enough. */
  run({ direction, revision }: Pick<Step, "direction" | "revision">, before: Before): Recorded | Promise<Recorded> {
    if (direction === "stamp") return [];
    return this.#recordAtOnce(revision, direction, before) ?? this.record(revision, direction, before);
  }

  /**
   * Lets what the bodies have begun come to its end.
   *
   * @throws OperationError when one of them has called something after its end
   */
  settle(): Promise<void> {
    return this.#recorder.settle();
  }

  /**
   * Records what a body does that only follows a plain file, without a turn of events. Undefined where that is not all
   * there is to it: since following a file changes nothing, it can then be done once more.
   */
  #recordAtOnce(revision: Revision, direction: Direction, before: Before): Recorded | undefined {
    try {
      const functions = this.source.bodyAtOnce?.(revision);
      if (functions === undefined) return undefined;
      const recorded = this.#call(functions[direction], revision, direction, before);
      return recorded instanceof Promise ? undefined : this.effects.readAtOnce(recorded);
    } catch {
      // nothing is hidden by this: the same is done once more, and what goes wrong then is told
      return undefined;
    }
  }

  /** Runs the body of a revision; the place before it answers what the body asks about the schema. */
  async record(revision: Revision, direction: Direction, before: Before): Promise<Recorded> {
    for (;;) {
      const functions = await this.source.bodyOf(revision);
      try {
        return await this.#attempt(functions, revision, direction, before);
      } catch (error) {
        if (!(error instanceof NotReady)) throw bodyError(error, revision, direction);
        await error.makeReady();
        this.source.forget?.();
      }
    }
  }

  async #attempt(
    functions: RevisionFunctions,
    revision: Revision,
    direction: Direction,
    before: Before,
  ): Promise<Recorded> {
    const run = async (of: RevisionFunctions): Promise<Recorded> => {
      await this.#foresee(of[direction], revision, before);
      const recorded = await this.#call(of[direction], revision, direction, before);
      return this.effects.areWanted(recorded) ? this.effects.read(recorded) : recorded;
    };
    const { evaluated: evaluate } = functions;
    if (evaluate === undefined) return run(functions);
    return run(functions).catch(async (error: unknown) => {
      if (error instanceof NotReady) throw error;
      const recorded = await run(await evaluate());
      // The engine has the better words for what goes wrong. Where nothing does, following the text was at fault.
      if (!cannotFollow(error)) throw error;
      return recorded;
    });
  }

  /** Makes ready what a body will ask for, as far as its text and those of the helpers that it imports show that. */
  async #foresee(body: RevisionFunctions[Direction], revision: Revision, { history }: Before): Promise<void> {
    const texts = this.source.textsOf?.(revision) ?? [String(body)];
    if (!texts.some((text) => questions.test(text))) return;
    // Whether it really asks is seen when it runs: only then it is an error that the history cannot be replayed.
    await history?.makeReady().catch(() => undefined);
    if (texts.some((text) => rawSql.test(text))) await this.effects.load();
  }

  #call(
    body: RevisionFunctions[Direction],
    revision: Revision,
    direction: Direction,
    before: Before,
  ): Recorded | Promise<Recorded> {
    if (body === undefined) return [];
    const { readBeside } = this.source;
    const name = `the ${direction} of revision ${revision.revision}`;
    const schemaAfter = (operations: Recorded): Catalog | NotReady => this.#schemaAfter(operations, before);
    const surroundings: Partial<Surroundings> = { name, schemaAfter };
    if (readBeside === undefined) return this.#recorder.record(body, surroundings);
    return this.#recorder.record(body, { ...surroundings, readBeside: (path) => readBeside(revision, path) });
  }

  #schemaAfter(operations: Recorded, { whole }: Before): Catalog | NotReady {
    try {
      return applyAll(whole.catalog, this.effects.readAtOnce(operations));
    } catch (error) {
      if (error instanceof NotReady) return error;
      throw error;
    }
  }
}
