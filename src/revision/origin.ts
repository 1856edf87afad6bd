import { fileURLToPath } from "node:url";
import type { Origin } from "../errors.js";

/** A 1-based line and column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** How a running file leads back to what its author wrote. */
export interface RegisteredSource {
  /** The file relative to the project's folder, with forward slashes. */
  readonly relativeFile: string;
  /** What its author wrote. */
  readonly text: string;
  /** From a position of the running code to the position in the file. */
  mapPosition(position: Position): Position;
}

type Callable = (...parameters: never[]) => unknown;

interface StackFrame extends Position {
  readonly filename: string;
}

const sources = new Map<string, RegisteredSource>();
/** Errors whose stack trace names positions of written files already. */
const mappedErrors = new WeakSet<Error>();

/** Makes positions in `filename`, as stack traces name it, lead to the file that was written. */
export function registerSource(filename: string, source: RegisteredSource): void {
  sources.set(filename, source);
}

/**
 * Remembers where the function `above` was called, at the price of one to two microseconds. Line and column are worked
 * out when they are first asked for.
 *
 * @example
 * function dropTable(name: string) {
 *   return { kind: "dropTable", name, origin: captureOrigin(dropTable) };
 * }
 */
export function captureOrigin(above: Callable): LazyOrigin {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  // A native frame such as Array.forEach may stand between the call and the user's line; more would only keep alive
  // what runs the file.
  Error.stackTraceLimit = 2;
  Error.captureStackTrace(holder, above);
  Error.stackTraceLimit = limit;
  return new LazyOrigin(holder);
}

const nowhere: Origin = { file: "<unknown>", line: 0, column: 0 };

/** The properties of a position, each of which asks for all of it. */
const places: PropertyDescriptorMap & ThisType<LazyOrigin> = {
  file: placeOf(({ file }) => file),
  line: placeOf(({ line }) => line),
  column: placeOf(({ column }) => column),
};

function placeOf(choose: (origin: Origin) => string | number): PropertyDescriptor & ThisType<LazyOrigin> {
  return {
    enumerable: true,
    get() {
      return choose(this.resolve());
    },
  };
}

/**
 * The position of a call in code that ran, worked out when it is asked for. Its places are properties of its own, and all
 * else is private, so that any copy of an operation has the position, and nothing but that.
 */
export class LazyOrigin implements Origin {
  declare readonly file: string;
  declare readonly line: number;
  declare readonly column: number;
  #origin: Origin = nowhere;
  #source: RegisteredSource | undefined;
  #holder: { stack?: string } | undefined;

  constructor(holder: { stack?: string } | undefined) {
    this.#holder = holder;
    Object.defineProperties(this, places);
  }

  /** The text of the file, as its author wrote it; undefined for a file that is none of the project's. */
  get text(): string | undefined {
    this.resolve();
    return this.#source?.text;
  }

  resolve(): Origin {
    if (this.#holder !== undefined) {
      const frames = parseStack(this.#holder.stack);
      const frame = frames.find(({ filename }) => sources.has(filename)) ?? frames[0];
      if (frame !== undefined) {
        this.#origin = toOrigin(frame);
        this.#source = sources.get(frame.filename);
      }
      this.#holder = undefined;
    }
    return this.#origin;
  }
}

/** The 1-based line and column of an offset in a text. */
export function positionAt(file: string, source: string, offset: number): Origin {
  const before = source.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { file, line: before.split("\n").length, column: offset - lineStart + 1 };
}

/** The innermost position of an error's stack that is in a loaded file of the project. */
export function originOfError(error: unknown): Origin | undefined {
  if (!(error instanceof Error)) return undefined;
  const frame = parseStack(error.stack).find(({ filename }) => sources.has(filename));
  return frame && toOrigin(frame, mappedErrors.has(error));
}

/**
 * The position in a revision file of a character of SQL that a call at `origin` gave: where the line of SQL around it
 * stands in the file, at the call or after it. Undefined when the file has it in other words, as with filled-in values.
 *
 * @example originInText({ file: "versions/a.ts", line: 9, column: 6 }, "ALTER TABEL t", 6) // line 9, column 21
 */
export function originInText(origin: Origin | undefined, sql: string, offset: number): Origin | undefined {
  const text = origin instanceof LazyOrigin ? origin.text : undefined;
  if (origin === undefined || text === undefined) return undefined;
  const { file, line, column } = origin;
  const call =
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length +
    column -
    1;
  const lineStart = sql.lastIndexOf("\n", offset - 1) + 1;
  const lineEnd = sql.indexOf("\n", offset);
  const sqlLine = sql.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
  const found = text.indexOf(sqlLine, call);
  if (sqlLine.trim() === "" || found === -1) return undefined;
  return positionAt(file, text, found + offset - lineStart);
}

/** Rewrites an error's stack trace, once, to name the positions of the files that were written. */
export function mapStack(error: Error): void {
  if (mappedErrors.has(error) || typeof error.stack !== "string") return;
  mappedErrors.add(error);
  error.stack = error.stack
    .split("\n")
    .map((text) => {
      const frame = parseFrame(text);
      if (frame === undefined || !sources.has(frame.filename)) return text;
      const { line, column } = toOrigin(frame);
      return text.replace(`:${frame.line}:${frame.column}`, `:${line}:${column}`);
    })
    .join("\n");
}

function toOrigin({ filename, line, column }: StackFrame, isMapped = false): Origin {
  const source = sources.get(filename);
  if (source === undefined) return { file: filename, line, column };
  return { file: source.relativeFile, ...(isMapped ? { line, column } : source.mapPosition({ line, column })) };
}

function parseStack(stack: unknown): StackFrame[] {
  if (typeof stack !== "string") return [];
  return stack.split("\n").flatMap((line) => parseFrame(line) ?? []);
}

/** `    at name (file:line:column)`, `    at file:line:column`, and evaluated code inside either. */
function parseFrame(text: string): StackFrame | undefined {
  const call = /^\s*at (?:async )?(.*)$/.exec(text)?.[1];
  if (call === undefined) return undefined;
  const location = call.endsWith(")") ? call.slice(call.indexOf(" (") + 2, -1) : call;
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/.exec(location) ?? [];
  if (file === undefined) return undefined;
  // "eval at run (file:///program.mjs:3:5), <anonymous>": the position is one of the evaluated text.
  const filename = file.startsWith("eval at ") ? file.slice(file.lastIndexOf(", ") + 2) : file;
  return {
    filename: filename.startsWith("file://") ? fileURLToPath(filename) : filename,
    line: Number(line),
    column: Number(column),
  };
}
