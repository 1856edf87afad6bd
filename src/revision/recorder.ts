import { OperationError, SqlembicError } from "../errors.js";
import type { Directives, OperationNode } from "../operations/index.js";
import { directivesOf } from "../operations/index.js";
import type { NewOperation, Recording } from "../operations/operation.js";
import type { DialectName } from "../schema/dialect-names.js";
import type { LiteralValue, SqlText } from "../schema/expressions.js";
import { sql } from "../schema/expressions.js";
import type { MarkedName, Name } from "../schema/names.js";
import { finalName } from "../schema/names.js";
import type { NamingConvention } from "../schema/naming.js";
import type { SqlType } from "../schema/types/type.js";
import { captureOrigin } from "./origin.js";

/** What a revision is compiled for. */
export interface RecordingContext {
  readonly dialect: { readonly name: DialectName; readonly version: string };
  readonly namingConvention?: NamingConvention | undefined;
  /** The `-x key=value` arguments. */
  readonly x?: Readonly<Record<string, string>> | undefined;
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
  /** Adds an operation that was made elsewhere. */
  invoke(operation: NewOperation): void;
  /** Exists only to throw: nothing is connected. */
  getBind(): never;
}

/** Records the calls of a body into a list. */
class Recorder implements Recording {
  /** The list that is being filled; a batch or autocommit block fills one of its own meanwhile. */
  readonly #lists: { list: OperationNode[] };
  readonly #call: { origin: OperationNode["origin"] };

  constructor(
    readonly namingConvention: NamingConvention | undefined,
    shared?: { lists: { list: OperationNode[] }; call: { origin: OperationNode["origin"] } },
  ) {
    this.#lists = shared?.lists ?? { list: [] };
    this.#call = shared?.call ?? { origin: undefined };
  }

  get operations(): readonly OperationNode[] {
    return this.#lists.list;
  }

  add(operation: NewOperation): void {
    this.#lists.list.push({ ...operation, origin: this.#call.origin });
  }

  under(namingConvention: NamingConvention | undefined): Recorder {
    return new Recorder(namingConvention, { lists: this.#lists, call: this.#call });
  }

  enclose(
    body: () => void | Promise<void>,
    make: (operations: readonly OperationNode[]) => NewOperation,
  ): void | Promise<void> {
    const outer = this.#lists.list;
    const { origin } = this.#call;
    const operations: OperationNode[] = [];
    this.#lists.list = operations;
    const leave = (): void => {
      this.#lists.list = outer;
      this.#call.origin = origin;
      this.add(make(operations));
    };
    const finished = body();
    if (finished instanceof Promise) return finished.then(leave);
    leave();
  }

  /** The same directives, each of which notes where it was called before it runs. */
  located<D extends object>(directives: D): D {
    const call = this.#call;
    const located: Record<string, unknown> = {};
    for (const [name, directive] of Object.entries(directives) as [string, (...given: unknown[]) => unknown][]) {
      const method = (...given: unknown[]): unknown => {
        const origin = captureOrigin(method);
        call.origin = origin;
        try {
          return directive(...given);
        } catch (error) {
          if (error instanceof SqlembicError) error.origin ??= origin;
          throw error;
        }
      };
      located[name] = method;
    }
    return located as D;
  }
}

function refuseBind(): never {
  throw new OperationError("no-connection", "op.getBind(): nothing is connected while a script is compiled.", {
    hint:
      "Say it in SQL instead: op.execute(sql`INSERT INTO t (a) SELECT a FROM s`) copies rows, " +
      "op.execute(sql`UPDATE t SET a = s.a FROM s WHERE s.id = t.id`) fills a column.",
  });
}

/**
 * Runs the body of a revision and returns the operations that it recorded, in the order of its own awaits.
 *
 * @throws whatever the body throws; an error of sqlembic says where in the revision file it arose
 */
export async function recordOperations(
  body: (op: Operations) => unknown,
  context: RecordingContext,
): Promise<readonly OperationNode[]> {
  const recorder = new Recorder(context.namingConvention);
  const directives = {
    ...directivesOf(recorder),
    invoke: (operation: NewOperation): void => recorder.add(operation),
    getBind: refuseBind,
  };
  const op: Operations = {
    ...recorder.located(directives),
    f: finalName,
    inlineLiteral: (value, type) => sql.literal(value, type),
    dialect: context.dialect,
    x: context.x ?? {},
  };
  const result = body(op);
  if (result instanceof Promise) await result;
  return recorder.operations;
}
