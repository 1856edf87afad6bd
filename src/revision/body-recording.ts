import type { Catalog } from "../catalog/catalog.js";
import { OperationError, SqlembicError, type Origin } from "../errors.js";
import type { NewOperation, OperationNode } from "../operations/index.js";
import { originOfError } from "./origin.js";
import { NotReady } from "./not-ready.js";
import type { SourceFile } from "./row-files.js";
import { bodyBegins, bodyEnds } from "./running-body.js";

/** The schema after some operations that a body has recorded so far. */
type SchemaAfter = (operations: readonly OperationNode[]) => Catalog | NotReady;

/** Reads a file by its path from the folder of the revision file. */
type ReadBeside = (path: string) => SourceFile;

/** What a body can look at besides what it records. */
export interface Surroundings {
  /** What the body is, for messages: "the upgrade of revision ae10". */
  readonly name: string;
  readonly schemaAfter: SchemaAfter;
  readonly readBeside: ReadBeside;
}

/** One list of operations that is being filled: that of a body, or of a batch or block inside it. */
export interface OperationList {
  readonly operations: OperationNode[];
  /** The list of what this one stands in; undefined for the body itself. */
  readonly outer: OperationList | undefined;
  /** The call that began it. */
  readonly directive: string | undefined;
  readonly origin: Origin | undefined;
  isOpen: boolean;
}

/** Something that was asked of `op` and not done. */
interface Refusal {
  readonly error: unknown;
  readonly origin: Origin | undefined;
  readonly directive: string | undefined;
}

const awaitHint =
  "Await what the body begins: make it async, write `for (const … of …) { await … }` in the place of forEach, and " +
  "`await Promise.all(…)` around several promises.";

const conditionHint =
  "What a script leaves out has to be decided by a condition, such as op.inspect() or op.dialect, and by no exception.";

/**
 * What one run of a body records, and how it ends. Whatever is refused while it runs is kept here too: the body may
 * catch the exception, and what it asked for must not get lost by that.
 */
export class BodyRecording {
  readonly whole: OperationList;
  /** The list of the batch or block that was begun last and has not ended, else that of the body. */
  innermost: OperationList;
  /** The call that is being recorded. */
  origin: Origin | undefined;
  /** The first call that came after the end of the body. */
  late: SqlembicError | undefined;
  #unfinished = 0;
  #refusal: Refusal | undefined;
  #notReady: NotReady | undefined;
  #abandon: (() => void) | undefined;

  constructor(
    readonly surroundings: Surroundings,
    /** Told of the first call that comes after the end of the body. */
    readonly onLate: (error: SqlembicError) => void,
  ) {
    this.whole = { operations: [], outer: undefined, directive: undefined, origin: undefined, isOpen: true };
    this.innermost = this.whole;
  }

  /** Begins the body. */
  begin(): void {
    bodyBegins(this.surroundings);
  }

  /**
   * Begins a call of a directive that belongs to a list.
   *
   * @throws OperationError when the body, or the batch, has ended
   */
  enter(directive: string, origin: Origin | undefined, list: OperationList): void {
    if (this.#notReady !== undefined) throw this.#notReady; // nothing that is recorded any more will be used
    if (!this.whole.isOpen) throw this.#lateError(`op.${directive} is called`, directive, origin);
    if (!list.isOpen) {
      throw this.refuse(
        new OperationError("called-after-end", `batch.${directive} is called after its batch has ended.`, {
          hint: "A batch ends when its function returns, or when the promise that it returns has settled: await there what it begins.",
        }),
        directive,
        origin,
      );
    }
    this.origin = origin;
  }

  #lateError(what: string, directive: string | undefined, origin: Origin | undefined): SqlembicError {
    const error = new OperationError("called-after-end", `${what} after ${this.surroundings.name} has ended.`, {
      origin,
      hint: awaitHint,
    });
    error.operation = directive;
    if (this.late === undefined) {
      this.late = error;
      this.onLate(error);
    }
    return error;
  }

  /** The schema as the operations that were recorded so far leave it. */
  schema(): Catalog {
    if (this.#notReady !== undefined) throw this.#notReady;
    if (!this.whole.isOpen) throw this.#lateError("The schema is asked for", "inspect", originOfError(new Error()));
    const answer = this.#schema();
    if (!(answer instanceof NotReady)) return answer;
    this.#notReady = answer;
    this.#abandon?.();
    throw answer;
  }

  #schema(): Catalog | NotReady {
    try {
      return this.surroundings.schemaAfter(this.whole.operations);
    } catch (error) {
      throw this.refuse(error, "inspect");
    }
  }

  /** Keeps that something was not done: of several, the first. Gives what is to be thrown. */
  refuse(error: unknown, directive?: string, origin?: Origin): unknown {
    if (error instanceof NotReady) return error;
    if (error instanceof SqlembicError) {
      error.origin ??= origin;
      error.operation ??= directive;
    }
    this.#refusal ??= { error, directive, origin };
    return error;
  }

  /** Begins the list of a batch or block. */
  open(directive: string): OperationList {
    const list = { operations: [], outer: this.innermost, directive, origin: this.origin, isOpen: true };
    this.innermost = list;
    this.#unfinished++;
    return list;
  }

  /** Ends the list of a batch or block, which becomes an operation of the list around it. */
  close(list: OperationList, operation: NewOperation): void {
    const isInnermost = this.innermost === list;
    this.leave(list);
    if (isInnermost) {
      this.innermost.operations.push(Object.assign(operation, { origin: list.origin }));
      return;
    }
    const error = new OperationError(
      "overlapping-batches",
      `op.${list.directive} ends before one that began inside it has ended.`,
      { hint: awaitHint },
    );
    this.refuse(error, list.directive, list.origin);
  }

  /** Ends the list of a batch or block; where nothing is made of it, it was left by an exception. */
  leave(list: OperationList): void {
    list.isOpen = false;
    this.#unfinished--;
    if (this.innermost === list) this.innermost = list.outer ?? this.whole;
  }

  /** Settles when the body asks for something that is not ready: what else it does is of no interest. */
  get abandoned(): Promise<void> {
    if (this.#notReady !== undefined) return Promise.resolve();
    return new Promise((resolve) => (this.#abandon = resolve));
  }

  /**
   * Ends the recording of a body that has returned.
   *
   * @throws NotReady when the body has asked for what has to be made ready first, whatever it did about that
   * @throws OperationError when something was refused and the body went on, or when a batch in it has not ended
   */
  finish(): readonly OperationNode[] {
    this.#end();
    if (this.#refusal !== undefined) throw this.#caught(this.#refusal);
    if (this.#unfinished > 0) {
      const { directive, origin } = this.innermost;
      const { name } = this.surroundings;
      throw new OperationError("unfinished-batch", `op.${directive} has not ended when ${name} ends.`, {
        origin,
        hint: `Write \`await op.${directive}(…)\`: its function is async.`,
      });
    }
    return this.whole.operations;
  }

  /** Ends the recording of a body that has thrown, and gives what is to be told. */
  fail(error: unknown): unknown {
    this.#end();
    return error;
  }

  /** @throws NotReady */
  #end(): void {
    bodyEnds(this.surroundings);
    this.whole.isOpen = false;
    if (this.#notReady !== undefined) throw this.#notReady;
  }

  #caught({ error, directive, origin }: Refusal): OperationError {
    const own = error instanceof SqlembicError ? error : undefined;
    const reason = error instanceof Error ? error.message : String(error);
    const what = own === undefined ? `op.${directive} failed: ${reason}` : reason;
    const caught = new OperationError("caught-error", `${what} ${this.#wasCaught()}`, {
      origin: own?.origin ?? origin,
      hint: `${own?.hint === undefined ? "" : `${own.hint} `}${conditionHint}`,
      data: { ...own?.data, ...(own !== undefined && { code: own.code }) },
    });
    caught.operation = own?.operation ?? directive;
    caught.cause = error;
    return caught;
  }

  #wasCaught(): string {
    return `This error was caught in ${this.surroundings.name}, which went on without what it had asked for.`;
  }
}
