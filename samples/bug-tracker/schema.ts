/**
 * The schema that the revisions lead to. `sqlembic check` fails when they do not; `sqlembic revision --autogenerate`
 * writes the revision that is missing. schema.sql says the same in SQL.
 */
import { column, references, sql, t, table, unique } from "sqlembic";

export const rootCause = table("root_cause", [
  column("id", t.integer(), { primaryKey: true }),
  column("name", t.text(), { nullable: false }),
  unique(["name"], { name: "uq_root_cause_name" }),
]);

export const bug = table("bug", [
  column("id", t.integer(), { primaryKey: true }),
  column("bug_tracker_url", t.string(200), { nullable: false }),
  column("who", t.string(80)),
  column("when", t.dateTime({ timezone: true }), { nullable: false, serverDefault: sql`now()` }),
  column("root_cause_id", t.integer(), {
    index: true,
    references: references("root_cause.id", { name: "fk_bug_root_cause" }),
  }),
]);
