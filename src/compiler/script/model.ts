import type { Step, VersionRowChange } from "../../history/revision.js";
import type { Plan } from "../../history/steps.js";
import type { Dialect } from "../dialect.js";
import type { Statement } from "../statement.js";
import type { Client } from "./clients.js";

/** How a script defends itself. */
export const layoutNames = ["guarded", "plain", "idempotent", "resumable", "block"] as const;

/**
 * - `guarded`: refuses to run on other version rows than its own, and beside another run;
 * - `plain`: Alembic's own layout and nothing else;
 * - `idempotent`: brings a database from any revision of the range to the target, skipping what is applied;
 * - `resumable`: for servers without transactional DDL, goes on where a run was cut off;
 * - `block`: for MariaDB, guarded too, as one statement that the server runs to its end without the client.
 */
export type LayoutName = (typeof layoutNames)[number];

/** One change of a version row, with the statement that makes it. */
export interface VersionRowStatement {
  readonly change: VersionRowChange;
  readonly sql: string;
}

/** One revision of a script. */
export interface ScriptStep {
  /** The step of the plan that it carries out. */
  readonly planned: Step;
  /** The id of its revision. */
  readonly revision: string;
  /** Alembic's line about the step, with the message, on one line and without comment marks. */
  readonly title: string;
  readonly statements: readonly Statement[];
  readonly versionRows: readonly VersionRowStatement[];
}

/** Everything that a layout lays out. All texts are finished SQL; a layout adds guards around them. */
export interface ScriptModel {
  readonly dialect: Dialect;
  readonly version: string;
  readonly client: Client;
  readonly plan: Plan;
  readonly steps: readonly ScriptStep[];
  /** The script has no steps: it makes the version table where it is missing, and leaves one that is there as it is. */
  readonly makesTableAlone: boolean;
  /** The command that makes the script again. */
  readonly madeBy?: string | undefined;
  readonly versionTable: {
    readonly name: string;
    readonly schema: string | undefined;
    /** Quoted as the dialect needs, with its schema. */
    readonly qualified: string;
    /** Makes the table, and is content when it is there. */
    readonly createIfMissing: readonly string[];
    /** Makes the table, as Alembic does. */
    readonly create: readonly string[];
    /** Removes all rows. */
    readonly purge: string;
  };
  /** Whether DDL is rolled back, by the dialect or as the configuration says. */
  readonly transactionalDdl: boolean;
  readonly transactionPerMigration: boolean;
  /** In milliseconds; undefined: none is set. */
  readonly lockTimeout: number | undefined;
  readonly statementTimeout: number | undefined;
  /** Session settings of `--set name=value`, in the order given. */
  readonly session: readonly (readonly [name: string, value: string])[];
  /** A string as a literal of the dialect. */
  readonly literal: (value: string) => string;
  /** The revisions that one stands on directly: those it follows, and those it depends on. */
  readonly follows: (revision: string) => readonly string[];
}
