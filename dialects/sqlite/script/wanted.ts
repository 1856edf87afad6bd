import type { ScriptModel } from "../../../src/compiler/script/model.js";
import type { Lineage } from "./lineage.js";

/**
 * What an idempotent script keeps while it runs, in the order in which it is dropped: which revision stands on which, the
 * SQL of each, those that are applied, and those that are wanted.
 */
const objects = [
  ["VIEW", "temp.sqlembic_wanted"],
  ["VIEW", "temp.sqlembic_applied"],
  ["TABLE", "temp.sqlembic_revision"],
  ["TABLE", "temp.sqlembic_below"],
] as const;

export const dropWanted = objects.map(([kind, name]) => `DROP ${kind} ${name};`);
export const dropWantedIfLeft = objects.map(([kind, name]) => `DROP ${kind} IF EXISTS ${name};`);

/** Between two transactions: the second has revisions of its own. */
export const forgetRevisions = "DELETE FROM temp.sqlembic_revision;";

/**
 * Makes the objects. Applied are the revisions of the version rows, and all that they stand on; nothing is wanted until a
 * check of the guard was passed.
 */
export function createWanted({ steps, versionTable, literal }: ScriptModel, lineage: Lineage): readonly string[] {
  const { edges, isUpgrade } = lineage;
  const standing = new Set(edges.map(({ revision }) => revision));
  const ids = steps.map(({ revision }) => revision);
  const rows = [
    ...ids.filter((id) => !standing.has(id)).map((id) => `  (${literal(id)}, NULL)`),
    ...edges.map(({ revision, below }) => `  (${literal(revision)}, ${literal(below)})`),
  ];
  return [
    "CREATE TEMP TABLE sqlembic_below (revision TEXT, below TEXT);",
    `INSERT INTO temp.sqlembic_below VALUES\n${rows.join(",\n")};`,
    "CREATE TEMP TABLE sqlembic_revision (position INTEGER PRIMARY KEY, revision TEXT, sql TEXT);",
    [
      "CREATE TEMP VIEW sqlembic_applied AS",
      "WITH RECURSIVE applied (revision) AS (",
      `  SELECT version_num FROM ${versionTable.qualified}`,
      "  UNION SELECT below FROM temp.sqlembic_below JOIN applied USING (revision)",
      ")",
      "SELECT revision FROM applied WHERE revision IS NOT NULL;",
    ].join("\n"),
    [
      "CREATE TEMP VIEW sqlembic_wanted AS",
      "SELECT position, sql FROM temp.sqlembic_revision",
      `WHERE (position = 0 OR revision ${isUpgrade ? "NOT IN" : "IN"} (SELECT revision FROM temp.sqlembic_applied))`,
      "  AND EXISTS (SELECT 1 FROM temp.sqlembic_guard);",
    ].join("\n"),
  ];
}
