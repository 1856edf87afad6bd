/**
 * drop the root_cause text of bug
 *
 * Every text is a row of root_cause since 6c55e0560fd4; nothing reads the old column any more.
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "d1f0a2b7c9e3";
export const downRevision = "6c55e0560fd4";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.dropColumn("bug", "root_cause");
}

export function downgrade(op: Operations): void {
  op.addColumn("bug", column("root_cause", t.text()));
  op.execute("UPDATE bug SET root_cause = r.name FROM root_cause AS r WHERE r.id = bug.root_cause_id");
}
