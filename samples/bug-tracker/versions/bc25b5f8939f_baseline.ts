/**
 * baseline
 */
import { column, sql, t, type Operations } from "sqlembic";

export const revision = "bc25b5f8939f";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("bug", [
    column("id", t.integer(), { primaryKey: true }),
    column("bug_tracker_url", t.string(200), { nullable: false }),
    column("root_cause", t.text()),
    column("who", t.string(80)),
    column("when", t.dateTime({ timezone: true }), { nullable: false, serverDefault: sql`now()` }),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable("bug");
}
