import { Catalog } from "../catalog/catalog.js";
import { Inspector } from "../catalog/inspector.js";
import { OperationError, type Origin, type SqlembicError } from "../errors.js";
import type { Directives, NewOperation, OperationNode } from "../operations/index.js";
import { withFittingNames, type FitName } from "./fitting-names.js";
import { applyAll, directivesOf } from "../operations/index.js";
import type { Recording, RowFile, RowFileOptions } from "../operations/operation.js";
import type { DialectName } from "../schema/dialect-names.js";
import type { LiteralValue, SqlText } from "../schema/expressions.js";
import { sql } from "../schema/expressions.js";
import type { MarkedName, Name } from "../schema/names.js";
import { finalName } from "../schema/names.js";
import type { NamingConvention } from "../schema/naming.js";
import type { SqlType } from "../schema/types/type.js";
import { BodyRecording, type OperationList, type Surroundings } from "./body-recording.js";
import { locateAll, locateLazily, type LocatedDirectives } from "./located-directives.js";
import { LeftRunning, type ActiveResources } from "./left-running.js";
import { parseRows } from "./row-files.js";

/** What a revision is compiled for. */
export interface RecordingContext {
  readonly dialect: { readonly name: DialectName; readonly version: string };
  readonly namingConvention?: NamingConvention | undefined;
  /** Shortens the names of constraints and indexes as the dialect does. */
  readonly fitName?: FitName | undefined;
  /** The `-x key=value` arguments. */
  readonly x?: Readonly<Record<string, string>> | undefined;
  /** The `--tag` of the command line. */
  readonly tag?: string | undefined;
  /** Says what keeps the process running, so that what a body leaves running is waited for. */
  readonly activeResources?: ActiveResources | undefined;
}

/** What `upgrade` and `downgrade` receive: the directives, and what they are compiled for. */
export interface Operations extends Directives {
  /** A name that the naming convention leaves alone. */
  f(name: Name): MarkedName;
  /** A value as SQL text: a literal of the dialect. */
  inlineLiteral(value: LiteralValue, type?: SqlType): SqlText;
  /** The dialect and target version that the script is compiled for. */
  readonly dialect: { readonly name: DialectName; readonly version: string };
  /** The `-x key=value` arguments of the command line. */
  readonly x: Readonly<Record<string, string>>;
  /** The `--tag` of the command line: a word that revisions may ask for, as in Alembic's environment. */
  readonly tag: string | undefined;
  /** The schema as it stands at this point of the replay: what a database would answer. */
  inspect(): Inspector;
  /** Adds an operation that was made elsewhere. */
  invoke(operation: NewOperation): void;
  /** Exists only to throw: nothing is connected. */
  getBind(): never;
}

/** What of `op` is recorded. */
type RecordedDirectives = Omit<Operations, "f" | "inlineLiteral" | "dialect" | "x" | "tag">;

/** A promise, of whatever library. */
function isPromise(returned: unknown): returned is PromiseLike<unknown> {
  return typeof (returned as { then?: unknown } | undefined | null)?.then === "function";
}

/** @throws OperationError for what a generator returns: nothing of it has run */
function refuseGenerator(name: string, returned: unknown): void {
  if (typeof returned !== "object" || returned === null || !("next" in returned)) return;
  if (!(Symbol.iterator in returned) && !(Symbol.asyncIterator in returned)) return;
  throw new OperationError("generator-body", `${name} is a generator: nothing of it is run.`, {
    hint: "Write a function, or an async function.",
  });
}

/** Where directives put their operations: the list of the body, batch or block to which they belong. */
class ListRecording implements Recording<OperationNode, OperationNode> {
  constructor(
    readonly namingConvention: NamingConvention | undefined,
    readonly target: {
      readonly body: () => BodyRecording;
      readonly list: () => OperationList;
      readonly fitName: FitName | undefined;
    },
  ) {}

  add(operation: NewOperation): void {
    const { body, list, fitName } = this.target;
    const fitting = fitName === undefined ? operation : withFittingNames(operation, fitName);
    // Directives make each operation anew: it is completed, not copied.
    list().operations.push(Object.assign(fitting, { origin: body().origin }));
  }

  under(namingConvention: NamingConvention | undefined): ListRecording {
    return new ListRecording(namingConvention, this.target);
  }

  schema(): Catalog {
    return this.target.body().schema();
  }

  readRows(path: string, options: RowFileOptions): RowFile {
    return parseRows(this.target.body().surroundings.readBeside(path), options);
  }

  located<D extends object>(directives: D): D {
    const body = this.target.body();
    const list = this.target.list();
    return locateAll(directives, body, (directive, origin) => body.enter(directive, origin, list));
  }

  enclose(
    directive: string,
    inside: (recording: Recording<OperationNode, OperationNode>) => void | Promise<void>,
    make: (operations: readonly OperationNode[]) => NewOperation,
  ): void | Promise<void> {
    const body = this.target.body();
    const list = body.open(directive);
    const leave = (error: unknown): never => {
      body.leave(list);
      throw body.refuse(error, directive, list.origin);
    };
    const close = (): void => {
      let operation;
      try {
        operation = make(list.operations);
      } catch (error) {
        return leave(error);
      }
      body.close(list, operation);
    };
    const { fitName } = this.target;
    const recordingOf = { body: (): BodyRecording => body, list: (): OperationList => list, fitName };
    let returned;
    try {
      returned = inside(new ListRecording(this.namingConvention, recordingOf));
      refuseGenerator(`The function given to op.${directive}`, returned);
    } catch (error) {
      return leave(error);
    }
    if (!isPromise(returned)) return close();
    const ended = Promise.resolve(returned).then(close, leave);
    // What goes wrong is kept by the recording, and told when the body ends: nobody has to await it for that.
    ended.catch(() => undefined);
    return ended;
  }
}

function refuseBind(): never {
  throw new OperationError("no-connection", "op.getBind(): nothing is connected while a script is compiled.", {
    hint:
      "Say it in SQL instead: op.execute(sql`INSERT INTO t (a) SELECT a FROM s`) copies rows, " +
      "op.execute(sql`UPDATE t SET a = s.a FROM s WHERE s.id = t.id`) fills a column.",
  });
}

function refuseFiles(path: string): never {
  throw new OperationError("no-revision-file", `"${path}" cannot be read: the calls are in no revision file.`, {
    hint: "Read the rows in the program, and give them to op.bulkInsert.",
  });
}

const surroundingsOfNothing: Surroundings = {
  name: "the body",
  schemaAfter: (operations) => applyAll(Catalog.empty(), operations),
  readBeside: refuseFiles,
};

/** Lets the process do what waits meanwhile: what was begun and needs no time ends, and an interrupt is heard. */
function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Runs the bodies of revisions, one after the other, and records what they call. */
export class Recorder {
  readonly #context: RecordingContext;
  readonly #located: LocatedDirectives<RecordedDirectives>;
  /** The body whose directive is being called. */
  #body: BodyRecording;
  readonly #late: SqlembicError[] = [];

  constructor(context: RecordingContext) {
    const recording = new ListRecording(context.namingConvention, {
      body: () => this.#body,
      list: () => this.#body.innermost,
      fitName: context.fitName,
    });
    this.#context = context;
    this.#body = new BodyRecording(surroundingsOfNothing, () => undefined);
    this.#located = locateLazily({
      ...directivesOf(recording),
      invoke: (operation: NewOperation): void => recording.add({ ...operation }),
      inspect: (): Inspector => {
        const asking = this.#body;
        return new Inspector(
          () => asking.schema(),
          (error) => asking.refuse(error, "inspect"),
        );
      },
      getBind: refuseBind,
    });
  }

  /** What a body receives. It is made for each, so that what is called after the end of one is told from the next. */
  #operationsFor(recording: BodyRecording): Operations {
    const { dialect, x = {}, tag } = this.#context;
    const enter = (directive: string, origin: Origin): void => {
      recording.enter(directive, origin, recording.whole);
      this.#body = recording;
    };
    const inlineLiteral = (value: LiteralValue, type?: SqlType): SqlText => sql.literal(value, type);
    return Object.assign(this.#located(recording, enter), { f: finalName, inlineLiteral, dialect, x, tag });
  }

  /**
   * Runs a body and returns the operations that it recorded, in the order of its own awaits.
   *
   * @throws whatever the body throws; an error of sqlembic says where in the revision file it arose
   * @throws NotReady when the body asked for a schema that has to be made ready first: it is to be run once more then
   * @throws OperationError when the body caught an error of `op`, or left something behind that is not done
   */
  record(
    body: (op: Operations) => unknown,
    surroundings: Partial<Surroundings> = {},
  ): readonly OperationNode[] | Promise<readonly OperationNode[]> {
    const recording = new BodyRecording({ ...surroundingsOfNothing, ...surroundings }, (late) => this.#late.push(late));
    const left = new LeftRunning(this.#context.activeResources);
    recording.begin();
    let returned: unknown;
    try {
      returned = body(this.#operationsFor(recording));
      refuseGenerator(recording.surroundings.name, returned);
    } catch (error) {
      throw recording.fail(error);
    }
    if (isPromise(returned)) return this.#recordLater(returned, recording, left);
    const operations = recording.finish();
    return left.list().length === 0 ? operations : this.#whenEnded(left, recording, operations);
  }

  async #recordLater(
    returned: PromiseLike<unknown>,
    recording: BodyRecording,
    left: LeftRunning,
  ): Promise<readonly OperationNode[]> {
    try {
      await Promise.race([returned, recording.abandoned]);
    } catch (error) {
      throw recording.fail(error);
    }
    const operations = recording.finish();
    return left.list().length === 0 ? operations : this.#whenEnded(left, recording, operations);
  }

  /** Waits for what a body has left running: it may still call something, which is told then. */
  async #whenEnded(
    left: LeftRunning,
    { surroundings: { name } }: BodyRecording,
    operations: readonly OperationNode[],
  ): Promise<readonly OperationNode[]> {
    const running = await left.ended();
    await this.settle();
    if (running.length === 0) return operations;
    throw new OperationError("left-running", `${name} has ended, and what it began has not: ${running.join(", ")}.`, {
      hint: "Await what the body begins, clear its timers and close its connections: what they would call is lost.",
    });
  }

  /**
   * Lets what bodies have begun come to its end.
   *
   * @throws OperationError when one of them has called something after its end
   */
  async settle(): Promise<void> {
    await eventLoopTurn();
    const late = this.#late.shift();
    if (late !== undefined) throw late;
  }
}
