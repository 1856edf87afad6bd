import type { DialectName } from "../schema/dialect-names.js";
import type { NamingConvention } from "../schema/naming.js";
import type { AutogenerateConfig, TargetSchemaSource } from "./autogenerate.js";

/** A time: milliseconds, or a number with a unit of `ms`, `s`, `min` or `h`. */
export type Duration = number | `${number}${"ms" | "s" | "min" | "h"}`;

/** The settings of a project that a named target may change. */
export interface TargetConfig extends AutogenerateConfig {
  /** The dialect of the scripts. When left out, `url` says it. */
  readonly dialect?: DialectName;
  /** The server's version that scripts are written for, such as `"16"` or `"8.0"`. */
  readonly targetVersion?: string;
  /**
   * A database URL, for instance `process.env.DATABASE_URL`. It only tells the dialect, and the version if it has a
   * `serverVersion` parameter: nothing connects, and the URL is never printed.
   */
  readonly url?: string | undefined;
  /** Folders of revision files, relative to the configuration. Default: `["versions"]`. */
  readonly versionLocations?: readonly string[];
  /** Whether folders inside the version locations are read too. Default: false. */
  readonly recursiveVersionLocations?: boolean;
  /** How new revision files are named: Alembic's `file_template`. Default: `"%(rev)s_%(slug)s"`. */
  readonly fileTemplate?: string;
  /** The longest slug of a message in a file name. Default: 40. */
  readonly truncateSlugLength?: number;
  /** An IANA time zone for dates in new revision files and their names. Default: the machine's own. */
  readonly timezone?: string;
  /** A Handlebars template for new revision files, in place of the built-in one, relative to the configuration. */
  readonly revisionTemplate?: string;
  /** The name of the version table. Default: `"alembic_version"`. */
  readonly versionTable?: string;
  /** The schema of the version table. Default: none is written. */
  readonly versionTableSchema?: string;
  /** Whether the version table has a primary key. Default: true. */
  readonly versionTablePk?: boolean;
  /** Whether the server rolls DDL back, when it differs from the dialect's own rule. */
  readonly transactionalDdl?: boolean;
  /** Whether each revision has its own transaction. Default: false. */
  readonly transactionPerMigration?: boolean;
  /** Templates for the names of constraints and indexes that have none, as in SQLAlchemy. */
  readonly namingConvention?: NamingConvention;
  /** A schema dump from which the history starts, when it does not start with an empty database. */
  readonly baseline?: string;
  /** Whether operations are checked against the replayed schema. Default: true. */
  readonly schemaChecks?: boolean;
  /** How long a statement may wait for a lock. */
  readonly lockTimeout?: Duration;
  /** How long a statement may run. */
  readonly statementTimeout?: Duration;
  /** What `op.x` holds where the command line has no `-x key=value`. */
  readonly x?: Readonly<Record<string, string>>;
}

/** What `sqlembic.config.ts` exports. */
export interface Config extends TargetConfig {
  /** Named targets for `-n`: what each of them changes of the settings beside this key. */
  readonly targets?: Readonly<Record<string, TargetConfig>>;
}

/** The settings of autogenerate, with their defaults. */
export interface AutogenerateSettings extends Pick<
  AutogenerateConfig,
  "includeName" | "includeObject" | "processRevisionDirectives" | "renderItem"
> {
  readonly targetSchema: TargetSchemaSource | undefined;
  readonly compareType: boolean;
  readonly compareServerDefault: boolean;
  readonly includeSchemas: boolean | readonly string[];
  /** Undefined: as the dialect needs it. */
  readonly renderAsBatch: boolean | undefined;
  readonly postWriteHooks: readonly string[];
}

/** The settings for one run: every default filled in, and the URL gone. */
export interface ResolvedConfig extends AutogenerateSettings {
  /** Undefined when nothing says it: commands that only look at the history do not need it. */
  readonly dialect: DialectName | undefined;
  readonly targetVersion: string | undefined;
  readonly versionLocations: readonly string[];
  readonly recursiveVersionLocations: boolean;
  readonly fileTemplate: string;
  readonly truncateSlugLength: number;
  readonly timezone: string | undefined;
  readonly revisionTemplate: string | undefined;
  readonly versionTable: string;
  readonly versionTableSchema: string | undefined;
  readonly versionTablePk: boolean;
  /** Undefined: as the dialect does. */
  readonly transactionalDdl: boolean | undefined;
  readonly transactionPerMigration: boolean;
  readonly namingConvention: NamingConvention;
  readonly baseline: string | undefined;
  readonly schemaChecks: boolean;
  /** In milliseconds; undefined when the configuration does not say. */
  readonly lockTimeout: number | undefined;
  /** In milliseconds; undefined when the configuration does not say. */
  readonly statementTimeout: number | undefined;
  readonly x: Readonly<Record<string, string>>;
  /** The name of the chosen target, if one was chosen. */
  readonly target: string | undefined;
  /** The names of all targets, for hints. */
  readonly targetNames?: readonly string[];
}

/**
 * Types a configuration; it is returned as it is.
 *
 * @example
 * export default defineConfig({
 *   dialect: "postgresql",
 *   targetVersion: "16",
 *   targets: { legacy: { dialect: "mysql", targetVersion: "5.7" } },
 * });
 */
export function defineConfig(config: Config): Config {
  return config;
}
