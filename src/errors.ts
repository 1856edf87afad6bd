/** A position in a user's file: 1-based line and column. `file` is relative to the project, with forward slashes. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What every error of sqlembic can say besides its message. */
export interface ErrorDetails {
  /** Where in the user's files the cause stands. */
  readonly origin?: Origin | undefined;
  /** What to write or do instead: one or two sentences. */
  readonly hint?: string | undefined;
  /** The values that the message speaks of, for programs. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Marks the errors of every copy of the package, of which a program may have loaded two. */
const mark = Symbol.for("sqlembic.error");

/**
 * The base of all errors that sqlembic raises on purpose. Anything else that reaches the user is a defect of sqlembic.
 * Only the command line prints errors and turns them into exit codes.
 */
export abstract class SqlembicError extends Error {
  /** A stable identifier in kebab-case, such as `unknown-revision`. */
  readonly code: string;
  readonly hint: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
  origin: Origin | undefined;
  /** The directive of `op` that was called or compiled, such as `addColumn`. */
  operation: string | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = new.target.name;
    Object.defineProperty(this, mark, { value: true });
    this.code = code;
    this.hint = details.hint;
    this.data = details.data ?? {};
    this.origin = details.origin;
  }
}

/**
 * Whether something that was thrown is an error that sqlembic raises on purpose, whichever copy of the package it is from.
 *
 * @example
 * try {
 *   await compileRange(project, "head");
 * } catch (error) {
 *   if (!isSqlembicError(error)) throw error;
 *   console.error(error.code, error.origin?.file, error.hint);
 * }
 */
export function isSqlembicError(error: unknown): error is SqlembicError {
  if (error instanceof SqlembicError) return true;
  return error instanceof Error && mark in error;
}

/** The command line was used wrongly: exit code 2. */
export class UsageError extends SqlembicError {}

/** The configuration file is missing or has problems; `problems` lists all of them. */
export class ConfigError extends SqlembicError {
  readonly problems: readonly string[];

  constructor(code: string, message: string, details: ErrorDetails & { problems?: readonly string[] } = {}) {
    super(code, message, details);
    this.problems = details.problems ?? [];
  }
}

/** A file that the command line names cannot be read or written. */
export class FileError extends SqlembicError {}

/** Revision files that do not form a graph, or an identifier that does not name a revision of it. */
export class RevisionError extends SqlembicError {}

/** A revision file that cannot be read, transpiled or evaluated, or whose body threw. */
export class LoadError extends SqlembicError {}

/** An operation was called with arguments that mean nothing on any dialect. */
export class OperationError extends SqlembicError {}

/** The dialect, or the target version of it, cannot do what an operation asks. */
export class UnsupportedError extends SqlembicError {}

/** A value has no exact literal on the dialect. */
export class LiteralError extends SqlembicError {}

/** An operation does not fit the replayed schema. */
export class SchemaError extends SqlembicError {}

/** A database that a proof was asked to run on is missing, or did not take a statement. */
export class EngineError extends SqlembicError {}
