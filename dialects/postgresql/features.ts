import { hasSince, type Target } from "../shared/features.js";

/** The first version of PostgreSQL that has each feature. Those from 12 on are all that scripts are made for. */
const versions = {
  /** ALTER TABLE … DETACH PARTITION … CONCURRENTLY: https://www.postgresql.org/docs/release/14.0/ */
  detachConcurrently: "14",
  /** Bodies of routines in SQL's own grammar: https://www.postgresql.org/docs/release/14.0/ */
  standardBodies: "14",
  /** CREATE OR REPLACE TRIGGER: https://www.postgresql.org/docs/release/14.0/ */
  replaceTriggers: "14",
  /** UNIQUE NULLS NOT DISTINCT: https://www.postgresql.org/docs/release/15.0/ */
  nullsNotDistinct: "15",
  /** Views that read with the rights of who asks: https://www.postgresql.org/docs/release/15.0/ */
  securityInvoker: "15",
  /** Columns computed at reading: https://www.postgresql.org/docs/release/18.0/ */
  virtualColumns: "18",
};

export type Feature = keyof typeof versions;

/** The target has a feature. */
export function has(feature: Feature, { version }: Target): boolean {
  return hasSince(version, versions[feature]);
}
