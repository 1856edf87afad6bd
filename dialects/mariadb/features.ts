import type { Feature } from "../mysql/features.js";

/**
 * The first version of MariaDB that has each feature, or "never". Those from 10.3 on are all that scripts are made for.
 * Each row names the page that says so; of what there never was, the page on which it would stand.
 */
export const featureVersions: Readonly<Record<Feature, string>> = {
  /** https://mariadb.com/kb/en/mariadb-10-2-1-release-notes/ */
  checks: "10.2.1",
  expressionDefaults: "10.2.1",
  literalDefaultsOfLargeColumns: "10.2.1",
  /** The check of a column has no name of its own: https://mariadb.com/kb/en/constraint/#check-constraints */
  namedColumnChecks: "never",
  /** `ALTER COLUMN … SET DEFAULT function()` without parentheses: https://mariadb.com/kb/en/alter-table/ */
  bareExpressionsInSetDefault: "10.2.1",
  /** IF [NOT] EXISTS for columns, indexes and constraints: https://mariadb.com/kb/en/alter-table/ */
  existenceTests: "10.0.2",
  /** https://mariadb.com/kb/en/alter-table/ */
  renameIndex: "10.5.2",
  /** ALTER TABLE … CONVERT PARTITION, CONVERT TABLE: https://mariadb.com/kb/en/alter-table/ */
  convertPartitions: "10.7",
  /** Indexes are over columns alone, and no column has COLUMN_FORMAT or STORAGE: https://mariadb.com/kb/en/create-table/ */
  functionalIndexes: "never",
  columnStorage: "never",
  /**
   * Before, REFERENCES behind a column is read and thrown away. Any index serves what a foreign key refers to:
   * https://mariadb.com/kb/en/foreign-keys/
   */
  inlineReferences: "10.5.0",
  uniqueReferences: "never",
  /** A unique key over all of a TEXT or BLOB, kept as a hash: https://mariadb.com/kb/en/blob/ */
  uniqueKeysOfLargeColumns: "10.4.0",
  /** The grammar has no NULL and NOT NULL behind a computed column: https://mariadb.com/kb/en/generated-columns/ */
  computedColumns: "10.2.1",
  nullabilityOfComputed: "never",
  /** https://mariadb.com/kb/en/json-data-type/ */
  json: "10.2.7",
  /** https://mariadb.com/kb/en/vector/ */
  vector: "11.7.1",
  /** https://mariadb.com/kb/en/uuid-data-type/ */
  uuid: "10.7.0",
  /** https://mariadb.com/kb/en/inet4/ */
  inet4: "10.10.0",
  /** https://mariadb.com/kb/en/inet6/ */
  inet6: "10.5.0",
  /** https://mariadb.com/kb/en/create-sequence/ */
  sequences: "10.3",
  sequenceTypes: "11.5",
  /** CREATE OR REPLACE for routines and triggers, of which triggers came later: https://mariadb.com/kb/en/create-trigger/ */
  replaceRoutines: "10.1.4",
  /** https://mariadb.com/kb/en/ignored-indexes/ */
  invisibleIndexes: "10.6",
  /** https://mariadb.com/kb/en/invisible-columns/ */
  invisibleColumns: "10.3.3",
  /** REF_SYSTEM_ID behind a column: https://mariadb.com/kb/en/create-table/#ref_system_id */
  columnSrid: "10.1.2",
  /** https://mariadb.com/kb/en/create-view/ */
  viewExistenceTests: "10.1.3",
  /** A partition for all values that no other takes: https://mariadb.com/kb/en/list-partitioning-type/ */
  defaultPartitions: "10.2.2",
  /** https://mariadb.com/docs/server/security/user-account-management/roles/system-users-roles-and-privileges */
  publicRole: "10.11",
};
