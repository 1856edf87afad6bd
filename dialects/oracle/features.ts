import type { RenderContext } from "../../src/compiler/render-context.js";
import { hasSince, type Target } from "../shared/features.js";

/** The first version of Oracle Database that has each feature. Those from 19 on are all that scripts are made for. */
const versions = {
  /** The type JSON; before, JSON is kept as bytes: https://docs.oracle.com/en/database/oracle/oracle-database/21/sqlrf/Data-Types.html */
  jsonType: "21",
  /** https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/Data-Types.html */
  booleanType: "23",
  /** https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/Data-Types.html */
  vectorType: "23",
  /** https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/create-vector-index.html */
  vectorIndexes: "23",
  /** https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/create-domain.html */
  domains: "23",
  /** GRANT … ON SCHEMA: https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/GRANT.html */
  schemaPrivileges: "23",
  /** VALUES with several rows: https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/INSERT.html */
  rowsInValues: "23",
};

export type Feature = keyof typeof versions;

/** The target has a feature. */
export function has(feature: Feature, { version }: Target): boolean {
  return hasSince(version, versions[feature]);
}

/** @throws UnsupportedError when the target lacks the feature */
export function need(feature: Feature, what: string, hint: string, context: RenderContext): void {
  if (has(feature, context)) return;
  const version = versions[feature];
  throw context.unsupported(
    `Oracle ${context.version} has no ${what}; ${version} has.`,
    `${hint}, or set targetVersion to ${version}.`,
  );
}
