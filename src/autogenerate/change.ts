import type { OperationNode } from "../operations/index.js";

/**
 * The order in which changes are written: what takes a name away stands before what may use it again, over all tables,
 * and what others stand on before those. Types come first: a value that an enum type gets cannot be added in every
 * transaction, and what stands before it would be committed by itself.
 */
const phases = [
  "createSchemas",
  "createExtensions",
  "createTypes",
  "dropTriggers",
  "dropViews",
  "createSequences",
  "renameReplacedIndexes",
  "dropForeignKeys",
  "dropConstraints",
  "dropIndexes",
  "dropTablesFirst",
  "createRoutines",
  "createTables",
  "changeTables",
  "addColumns",
  "alterColumns",
  "changeTypes",
  "addConstraints",
  "addIndexes",
  "dropReplacedIndexes",
  "addForeignKeys",
  "commentTables",
  "dropColumns",
  "dropTables",
  "dropRoutines",
  "dropSequences",
  "dropTypes",
  "createViews",
  "createTriggers",
  "dropExtensions",
  "dropSchemas",
] as const;

export type Phase = (typeof phases)[number];

/** What cannot be said by operations until somebody decides. */
export interface Gap {
  /** What differs. */
  readonly what: string;
  /** What has to be decided, and how it is written then. */
  readonly decide: string;
}

/** One change of a schema, with the operations that make it. */
export interface Change {
  readonly phase: Phase;
  readonly operations: readonly OperationNode[];
  /** What a log says of it, in Alembic's words where it has some; none where another change says it. */
  readonly detected: readonly string[];
  readonly gap?: Gap | undefined;
  /** The key of the table that it changes, where there is one on both sides. */
  readonly table?: string | undefined;
}

/** Changes in the order in which they are made. */
export function inOrder(changes: readonly Change[]): readonly Change[] {
  return phases.flatMap((phase) => changes.filter((change) => change.phase === phase));
}
