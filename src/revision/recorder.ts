import { Catalog } from "../catalog/catalog.js";
import { Inspector } from "../catalog/inspector.js";
import { OperationError, SqlembicError } from "../errors.js";
import type { Directives, NewOperation, OperationNode } from "../operations/index.js";
import { applyAll, directivesOf } from "../operations/index.js";
import type { Recording, RowFile, RowFileOptions } from "../operations/operation.js";
import type { DialectName } from "../schema/dialect-names.js";
import type { LiteralValue, SqlText } from "../schema/expressions.js";
import { sql } from "../schema/expressions.js";
import type { MarkedName, Name } from "../schema/names.js";
import { finalName } from "../schema/names.js";
import type { NamingConvention } from "../schema/naming.js";
import type { SqlType } from "../schema/types/type.js";
import { captureOrigin } from "./origin.js";
import { parseRows, type SourceFile } from "./row-files.js";

/** What a revision is compiled for. */
export interface RecordingContext {
  readonly dialect: { readonly name: DialectName; readonly version: string };
  readonly namingConvention?: NamingConvention | undefined;
  /** The `-x key=value` arguments. */
  readonly x?: Readonly<Record<string, string>> | undefined;
  /** The `--tag` of the command line. */
  readonly tag?: string | undefined;
}

/** The schema after some operations that a body has recorded so far. */
export type SchemaAfter = (operations: readonly OperationNode[]) => Catalog;

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

/** Reads a file by its path from the folder of the revision file. */
export type ReadBeside = (path: string) => SourceFile;

/** What the body that is running can look at besides what it records. */
interface Surroundings {
  schemaAfter: SchemaAfter;
  readBeside: ReadBeside;
}

/** The list that is being filled, and the call that fills it. */
interface Progress {
  /** The list of the innermost body that is running. */
  list: OperationNode[];
  /** The list of the whole body. */
  all: readonly OperationNode[];
  origin: OperationNode["origin"];
}

/** Where the directives of one `op` put their operations: the list of the body, batch or block that is running. */
class ListRecording implements Recording<OperationNode, OperationNode> {
  constructor(
    readonly namingConvention: NamingConvention | undefined,
    readonly surroundings: Surroundings,
    readonly progress: Progress = { list: [], all: [], origin: undefined },
  ) {}

  add(operation: NewOperation): void {
    // Directives make each operation anew: it is completed, not copied.
    this.progress.list.push(Object.assign(operation, { origin: this.progress.origin }));
  }

  under(namingConvention: NamingConvention | undefined): ListRecording {
    return new ListRecording(namingConvention, this.surroundings, this.progress);
  }

  schema(): Catalog {
    return this.surroundings.schemaAfter(this.progress.all);
  }

  readRows(path: string, options: RowFileOptions): RowFile {
    return parseRows(this.surroundings.readBeside(path), options);
  }

  enclose(
    body: () => void | Promise<void>,
    make: (operations: readonly OperationNode[]) => NewOperation,
  ): void | Promise<void> {
    const { list: outer, origin } = this.progress;
    const operations: OperationNode[] = [];
    this.progress.list = operations;
    const leave = (): void => {
      this.progress.list = outer;
      this.progress.origin = origin;
      this.add(make(operations));
    };
    const finished = body();
    if (finished instanceof Promise) return finished.then(leave);
    leave();
  }

  located<D extends object>(directives: D): D {
    const { progress } = this;
    const located: Record<string, unknown> = {};
    for (const [name, directive] of Object.entries(directives) as [string, (...given: unknown[]) => unknown][]) {
      const method = (...given: unknown[]): unknown => {
        const origin = captureOrigin(method);
        progress.origin = origin;
        try {
          return directive(...given);
        } catch (error) {
          if (error instanceof SqlembicError) {
            error.origin ??= origin;
            error.operation ??= name;
          }
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

function refuseFiles(path: string): never {
  throw new OperationError("no-revision-file", `"${path}" cannot be read: the calls are in no revision file.`, {
    hint: "Read the rows in the program, and give them to op.bulkInsert.",
  });
}

/** Runs the bodies of revisions, one after the other, and records what they call. */
export class Recorder {
  readonly #recording: ListRecording;
  readonly #op: Operations;
  readonly #surroundings: Surroundings = {
    schemaAfter: (operations) => applyAll(Catalog.empty(), operations),
    readBeside: refuseFiles,
  };

  constructor(context: RecordingContext) {
    const recording = new ListRecording(context.namingConvention, this.#surroundings);
    const directives = {
      ...directivesOf(recording),
      invoke: (operation: NewOperation): void => recording.add({ ...operation }),
      inspect: () => new Inspector(() => recording.schema()),
      getBind: refuseBind,
    };
    this.#recording = recording;
    this.#op = {
      ...recording.located(directives),
      f: finalName,
      inlineLiteral: (value, type) => sql.literal(value, type),
      dialect: context.dialect,
      x: context.x ?? {},
      tag: context.tag,
    };
  }

  /**
   * Runs a body and returns the operations that it recorded, in the order of its own awaits.
   *
   * @throws whatever the body throws; an error of sqlembic says where in the revision file it arose
   */
  record(
    body: (op: Operations) => unknown,
    schemaAfter?: SchemaAfter,
    readBeside: ReadBeside = refuseFiles,
  ): readonly OperationNode[] | Promise<readonly OperationNode[]> {
    const operations: OperationNode[] = [];
    if (schemaAfter !== undefined) this.#surroundings.schemaAfter = schemaAfter;
    this.#surroundings.readBeside = readBeside;
    this.#recording.progress.list = operations;
    this.#recording.progress.all = operations;
    const result = body(this.#op);
    return result instanceof Promise ? result.then(() => operations) : operations;
  }
}
