import type { Catalog } from "../catalog/catalog.js";
import { LoadError, SqlembicError } from "../errors.js";
import type { Revision, Step } from "../history/revision.js";
import { applyAll, operations, type OperationNode } from "../operations/index.js";
import { t } from "../schema/types/generic.js";
import { nearest } from "../suggestion.js";
import type { Surroundings } from "../revision/body-recording.js";
import { inRevision } from "../operations/in-revision.js";
import { reasonOf } from "../revision/load-failures.js";
import { NotReady } from "../revision/not-ready.js";
import { originOfError } from "../revision/origin.js";
import { Recorder, type RecordingContext } from "../revision/recorder.js";
import type { ReplayState } from "./replay.js";
import type { EffectReading } from "./sql-reader.js";
import type { RevisionFunctions, RevisionSource } from "./revision-source.js";

type Recorded = readonly OperationNode[];
type Direction = "upgrade" | "downgrade";

/** What is replayed before a body runs. */
type Before = Pick<ReplayState, "whole" | "history">;

/** The directives by which a body asks about the schema while it is running. */
const questions = /\b(?:inspect|bulkInsertFrom)\b/;
/** The directive that may change the schema by SQL text. */
const rawSql = /\bexecute\b/;

/** What was meant by a call on `op` or `t` that is none: Alembic's spelling, or a slip of the pen. */
function meantCall(error: unknown): string | undefined {
  const [, object = "", name = ""] =
    /\b(\w+)\.(\w+) is not a function/.exec(error instanceof Error ? error.message : "") ?? [];
  const known = object === "t" ? Object.keys(t) : [...Object.keys(operations), "inspect", "invoke", "inlineLiteral"];
  if (object !== "t" && !/^(?:op|operations|batch)$/.test(object)) return undefined;
  const meant = nearest(
    name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()),
    known,
  );
  return meant === undefined ? undefined : `Did you mean ${object}.${meant}?`;
}

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
    hint: meantCall(error) ?? "The body runs while the script is compiled, without a database.",
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

  /** Runs the body of a step, synchronously where that is enough. */
  run(step: Pick<Step, "direction" | "revision">, before: Before): Recorded | Promise<Recorded> {
    const recorded = this.#run(step, before);
    return recorded instanceof Promise ? recorded.then(inRevision) : inRevision(recorded);
  }

  #run({ direction, revision }: Pick<Step, "direction" | "revision">, before: Before): Recorded | Promise<Recorded> {
    if (direction === "stamp") return [];
    const body = this.source.bodySync?.(revision);
    if (body === undefined || this.#mayAsk(body[direction], revision)) return this.#record(revision, direction, before);
    let recorded;
    try {
      recorded = this.#call(body[direction], revision, direction, before);
    } catch (error) {
      if (!(error instanceof NotReady)) throw bodyError(error, revision, direction);
      recorded = Promise.reject<Recorded>(error);
    }
    if (!(recorded instanceof Promise) && this.effects.areReadable(recorded)) return this.effects.readSync(recorded);
    return this.#record(revision, direction, before, recorded);
  }

  /**
   * Lets what the bodies have begun come to its end.
   *
   * @throws OperationError when one of them has called something after its end
   */
  settle(): Promise<void> {
    return this.#recorder.settle();
  }

  /** Runs the body of a revision; the place before it answers what the body asks about the schema. */
  async record(revision: Revision, direction: Direction, before: Before): Promise<Recorded> {
    return inRevision(await this.#record(revision, direction, before));
  }

  /**
   * @param begun - what the body records that has been called already
   */
  async #record(
    revision: Revision,
    direction: Direction,
    before: Before,
    begun?: Recorded | Promise<Recorded>,
  ): Promise<Recorded> {
    let recorded = begun;
    for (;;) {
      const functions = recorded === undefined ? await this.source.bodyOf(revision) : {};
      try {
        recorded = await (recorded ?? this.#attempt(functions[direction], revision, direction, before));
        return this.effects.areWanted(recorded) ? await this.effects.read(recorded) : recorded;
      } catch (error) {
        if (!(error instanceof NotReady)) throw bodyError(error, revision, direction);
        await error.makeReady();
        this.source.forget?.();
        recorded = undefined;
      }
    }
  }

  async #attempt(
    body: RevisionFunctions[Direction],
    revision: Revision,
    direction: Direction,
    before: Before,
  ): Promise<Recorded> {
    await this.#foresee(body, revision, before);
    return this.#call(body, revision, direction, before);
  }

  #textsOf(body: RevisionFunctions[Direction], revision: Revision): readonly string[] {
    return this.source.textsOf?.(revision) ?? [String(body)];
  }

  /** Whether the texts of a body and of its helpers show that it asks about the schema. */
  #mayAsk(body: RevisionFunctions[Direction], revision: Revision): boolean {
    return this.#textsOf(body, revision).some((text) => questions.test(text));
  }

  /** Makes ready what a body will ask for, as far as its text and those of the helpers that it imports show that. */
  async #foresee(body: RevisionFunctions[Direction], revision: Revision, { history }: Before): Promise<void> {
    if (!this.#mayAsk(body, revision)) return;
    // Whether it really asks is seen when it runs: only then it is an error that the history cannot be replayed.
    await history?.makeReady().catch(() => undefined);
    if (this.#textsOf(body, revision).some((text) => rawSql.test(text))) await this.effects.load();
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
      return applyAll(whole.catalog, this.effects.readSync(operations));
    } catch (error) {
      if (error instanceof NotReady) return error;
      throw error;
    }
  }
}
