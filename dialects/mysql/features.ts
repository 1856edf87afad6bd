import type { RenderContext } from "../../src/compiler/render-context.js";
import type { UnsupportedError } from "../../src/errors.js";
import { hasSince } from "../shared/features.js";

/**
 * The first version of MySQL that has each feature, or "never". MariaDB has a table of its own with the same rows:
 * dialects/mariadb/features.ts. Each row names the page that says so; of what there never was, the page on which it
 * would stand.
 */
export const featureVersions = {
  /**
   * Before, CHECK is read and thrown away. The check of a column can have a name, too:
   * https://dev.mysql.com/doc/refman/8.0/en/create-table-check-constraints.html
   */
  checks: "8.0.16",
  namedColumnChecks: "8.0.16",
  /** https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html */
  expressionDefaults: "8.0.13",
  /**
   * A literal default of TEXT, BLOB and JSON without parentheses around it:
   * https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html
   */
  literalDefaultsOfLargeColumns: "never",
  /**
   * `ALTER COLUMN … SET DEFAULT function()` without parentheses:
   * https://dev.mysql.com/doc/refman/8.4/en/alter-table.html
   */
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
  /** A unique key over all of a TEXT or BLOB, without a length: https://dev.mysql.com/doc/refman/8.4/en/create-index.html */
  uniqueKeysOfLargeColumns: "never",
  /**
   * Computed columns, with NULL or NOT NULL behind them:
   * https://dev.mysql.com/doc/refman/5.7/en/create-table-generated-columns.html
   */
  computedColumns: "5.7.6",
  nullabilityOfComputed: "5.7.6",
  /** IF [NOT] EXISTS for columns, indexes and constraints: https://dev.mysql.com/doc/refman/8.4/en/alter-table.html */
  existenceTests: "never",
  /** https://dev.mysql.com/doc/refman/5.7/en/json.html */
  json: "5.7.8",
  /** https://dev.mysql.com/doc/refman/9.0/en/vector.html */
  vector: "9.0",
  /** https://dev.mysql.com/doc/refman/8.4/en/data-types.html */
  uuid: "never",
  inet4: "never",
  inet6: "never",
  /** https://dev.mysql.com/doc/refman/8.4/en/sql-statements.html */
  sequences: "never",
  sequenceTypes: "never",
  /** CREATE OR REPLACE for routines and triggers: https://dev.mysql.com/doc/refman/9.0/en/create-procedure.html */
  replaceRoutines: "never",
  /** https://dev.mysql.com/doc/refman/8.0/en/invisible-indexes.html */
  invisibleIndexes: "8.0",
  /** https://dev.mysql.com/doc/refman/8.0/en/invisible-columns.html */
  invisibleColumns: "8.0.23",
  /** SRID behind a column: https://dev.mysql.com/doc/refman/8.0/en/spatial-type-overview.html */
  columnSrid: "8.0.3",
  /** COLUMN_FORMAT and STORAGE behind a column: https://dev.mysql.com/doc/refman/8.4/en/create-table.html */
  columnStorage: "5.6",
  /** https://dev.mysql.com/doc/refman/9.1/en/create-view.html */
  viewExistenceTests: "9.1",
  /** https://dev.mysql.com/doc/refman/5.7/en/alter-table.html */
  renameIndex: "5.7",
  /**
   * ALTER TABLE … CONVERT PARTITION, CONVERT TABLE, and partitions for all other values:
   * https://dev.mysql.com/doc/refman/5.7/en/alter-table-partition-operations.html
   */
  convertPartitions: "never",
  defaultPartitions: "never",
  /** GRANT … TO PUBLIC: https://dev.mysql.com/doc/refman/8.4/en/grant.html */
  publicRole: "never",
};

export type Feature = keyof typeof featureVersions;

function versionWith(feature: Feature, { dialect }: RenderContext): string {
  return dialect.featureVersions?.[feature] ?? "never";
}

/**
 * The target has a feature. A target without a patch number names a series, and stands for its newest release: "8.0"
 * has what came in 8.0.16.
 */
export function has(feature: Feature, context: RenderContext): boolean {
  return hasSince(context.version, versionWith(feature, context));
}

/** An error for a feature that the target lacks, with the version that has it. */
export function lacks(feature: Feature, what: string, instead: string, context: RenderContext): UnsupportedError {
  const version = versionWith(feature, context);
  const server = context.dialect.title;
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
