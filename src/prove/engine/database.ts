import type { ServerRow } from "../../compiler/server-schema.js";

/** A database that a proof made for itself, empty at first. */
export interface ScratchDatabase {
  /**
   * Runs pieces of a script, one after the other, up to the first error.
   *
   * @throws EngineError with what the server said
   */
  apply(pieces: readonly string[]): Promise<void>;
  query(sql: string): Promise<readonly ServerRow[]>;
  /** Takes everything out of it again. */
  clear(): Promise<void>;
  /** Drops the database. Nothing else on the server is touched. */
  drop(): Promise<void>;
}

/** Something that has databases: a server behind its client, or an engine inside this process. */
export interface ScratchServer {
  /** What it is, for people: "PostgreSQL 15.20 through psql". */
  readonly title: string;
  createDatabase(): Promise<ScratchDatabase>;
}

let count = 0;

/** A name for a database that no other run uses. */
export function scratchName(): string {
  count += 1;
  return `sqlembic_prove_${process.pid}_${count}`;
}
