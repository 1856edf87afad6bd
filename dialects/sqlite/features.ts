import { hasSince, type Target } from "../shared/features.js";

/** The first version of SQLite that has each feature. Those from 3.25 on are all that scripts are made for. */
const versions = {
  /** https://www.sqlite.org/releaselog/3_31_0.html */
  computedColumns: "3.31",
  /** ALTER TABLE … DROP COLUMN: https://www.sqlite.org/releaselog/3_35_0.html */
  dropColumn: "3.35",
  /** https://www.sqlite.org/releaselog/3_37_0.html */
  strictTables: "3.37",
  /** JSON functions in every build: https://www.sqlite.org/releaselog/3_38_0.html */
  jsonFunctions: "3.38",
  /** https://www.sqlite.org/releaselog/3_45_0.html */
  jsonb: "3.45",
  /** ALTER TABLE adds and drops checks and NOT NULL: https://www.sqlite.org/lang_altertable.html */
  constraintChanges: "3.53",
};

export type Feature = keyof typeof versions;

/** The target has a feature. */
export function has(feature: Feature, { version }: Target): boolean {
  return hasSince(version, versions[feature]);
}
