import type { DialectName } from "../../src/schema/dialect-names.js";
import type { ClientResult } from "./client.js";

/** A row of a result: every value as the server's own text, so that no digit is lost on the way. */
export type ResultRow = Readonly<Record<string, string | null>>;

/** One database that a test made, empty at first. */
export interface Database {
  /** Runs a script as a person would: through the client where there is one. It stops at the first error. */
  apply(script: string): Promise<ClientResult>;
  query(sql: string): Promise<readonly ResultRow[]>;
  /** Drops the database. Nothing else on the server is touched. */
  drop(): Promise<void>;
}

export const engineNames = ["postgresql", "mariadb", "mysql", "sqlite"] as const;
export type EngineName = (typeof engineNames)[number];

/** Something that runs scripts: a server with its client, or a database embedded in this process. */
export interface Engine {
  /** What it is, for people: "PostgreSQL 15.20 through psql". */
  readonly title: string;
  /** No server and client of its own: what continuous integration does not accept. */
  readonly embedded: boolean;
  createDatabase(): Promise<Database>;
}

/** What one engine needs to be found, and what it is for. */
export interface EngineKind {
  readonly title: string;
  /** The dialects whose scripts it runs. */
  readonly dialects: readonly DialectName[];
  /** Continuous integration fails without it. */
  readonly required: boolean;
  /** How to have it tested: said where it is skipped. */
  readonly remedy: string;
  /** The engine, or undefined where nothing answers. */
  detect(): Promise<Engine | undefined>;
}

let count = 0;

/** A name for a database that no other test run uses. */
export function databaseName(): string {
  count += 1;
  return `sqlembic_test_${process.pid}_${count}`;
}
