import type { RenderContext } from "../../src/compiler/render-context.js";
import type { UnsupportedError } from "../../src/errors.js";
import { hasSince } from "../shared/features.js";

const mysqlVersions = {
  /** Before, CHECK is read and thrown away: https://dev.mysql.com/doc/refman/8.0/en/create-table-check-constraints.html */
  checks: "8.0.16",
  /** `CONSTRAINT name CHECK (…)` behind a column. */
  namedColumnChecks: "8.0.16",
  /** https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html */
  expressionDefaults: "8.0.13",
  /** A literal default of TEXT, BLOB and JSON without parentheses around it. */
  literalDefaultsOfLargeColumns: "never",
  /** `ALTER COLUMN … SET DEFAULT function()` without parentheses. */
  bareExpressionsInSetDefault: "never",
  /** https://dev.mysql.com/doc/refman/8.4/en/create-index.html#create-index-functional-key-parts */
  functionalIndexes: "8.0.13",
  /** Before, REFERENCES behind a column is read and thrown away: https://dev.mysql.com/doc/refman/9.0/en/ansi-diff-foreign-keys.html */
  inlineReferences: "9.0",
  /**
   * What a foreign key refers to has to be a whole unique key:
   * https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_restrict_fk_on_non_standard_key
   */
  uniqueReferences: "8.4",
  /** A unique key over all of a TEXT or BLOB, kept as a hash. */
  uniqueKeysOfLargeColumns: "never",
  /** https://dev.mysql.com/doc/refman/5.7/en/create-table-generated-columns.html */
  computedColumns: "5.7.6",
  /** NULL or NOT NULL behind a computed column. */
  nullabilityOfComputed: "5.7.6",
  /** IF [NOT] EXISTS for columns, indexes and constraints. */
  existenceTests: "never",
  /** https://dev.mysql.com/doc/refman/5.7/en/json.html */
  json: "5.7.8",
  /** https://dev.mysql.com/doc/refman/9.0/en/vector.html and https://mariadb.com/kb/en/vector/ */
  vector: "9.0",
  uuid: "never",
  inet4: "never",
  inet6: "never",
  sequences: "never",
  sequenceTypes: "never",
  /** CREATE OR REPLACE for routines and triggers. */
  replaceRoutines: "never",
  /** https://dev.mysql.com/doc/refman/8.0/en/invisible-indexes.html and https://mariadb.com/kb/en/ignored-indexes/ */
  invisibleIndexes: "8.0",
  /** https://dev.mysql.com/doc/refman/8.0/en/invisible-columns.html and https://mariadb.com/kb/en/invisible-columns/ */
  invisibleColumns: "8.0.23",
  /** SRID behind a column: https://dev.mysql.com/doc/refman/8.0/en/spatial-type-overview.html */
  columnSrid: "8.0.3",
  /** COLUMN_FORMAT and STORAGE behind a column. */
  columnStorage: "5.6",
  /** https://dev.mysql.com/doc/refman/9.1/en/create-view.html */
  viewExistenceTests: "9.1",
  /** https://dev.mysql.com/doc/refman/5.7/en/alter-table.html */
  renameIndex: "5.7",
  /** ALTER TABLE … CONVERT PARTITION, CONVERT TABLE. */
  convertPartitions: "never",
  defaultPartitions: "never",
  /** GRANT … TO PUBLIC. */
  publicRole: "never",
};

export type Feature = keyof typeof mysqlVersions;

/** The first version that has a feature, or "never". */
type Versions = Readonly<Record<Feature, string>>;

/** The MariaDB versions: https://mariadb.com/kb/en/mariadb-release-notes/ */
const mariadbVersions: Versions = {
  checks: "10.2.1",
  namedColumnChecks: "never",
  expressionDefaults: "10.2.1",
  literalDefaultsOfLargeColumns: "10.2.1",
  bareExpressionsInSetDefault: "10.2.1",
  functionalIndexes: "never",
  inlineReferences: "10.5.0",
  uniqueReferences: "never",
  uniqueKeysOfLargeColumns: "10.4.0",
  computedColumns: "10.2.1",
  nullabilityOfComputed: "never",
  existenceTests: "10.0.2",
  json: "10.2.7",
  vector: "11.7.1",
  uuid: "10.7.0",
  inet4: "10.10.0",
  inet6: "10.5.0",
  sequences: "10.3",
  sequenceTypes: "11.5",
  replaceRoutines: "10.1.3",
  invisibleIndexes: "10.6",
  invisibleColumns: "10.3.3",
  columnSrid: "10.1.2",
  columnStorage: "never",
  viewExistenceTests: "10.1.3",
  renameIndex: "10.5.2",
  convertPartitions: "10.7",
  defaultPartitions: "10.2.2",
  publicRole: "10.11",
};

function versionsOf(context: RenderContext): Versions {
  return context.dialect.name === "mariadb" ? mariadbVersions : mysqlVersions;
}

/**
 * The target has a feature. A target without a patch number names a series, and stands for its newest release: "8.0"
 * has what came in 8.0.16.
 */
export function has(feature: Feature, context: RenderContext): boolean {
  return hasSince(context.version, versionsOf(context)[feature]);
}

/** The server as its makers write it. */
export function serverName(context: RenderContext): string {
  return context.dialect.name === "mariadb" ? "MariaDB" : "MySQL";
}

/** An error for a feature that the target lacks, with the version that has it. */
export function lacks(feature: Feature, what: string, instead: string, context: RenderContext): UnsupportedError {
  const version = versionsOf(context)[feature];
  const server = serverName(context);
  return version === "never"
    ? context.unsupported(`${server} has no ${what}.`, instead)
    : context.unsupported(
        `${server} ${context.version} has no ${what}; version ${version} has.`,
        `${instead} Or set targetVersion to ${version}, if that is what the server runs.`,
      );
}

/** @throws UnsupportedError when the target lacks the feature */
export function need(feature: Feature, what: string, instead: string, context: RenderContext): void {
  if (!has(feature, context)) throw lacks(feature, what, instead, context);
}
