/**
 * add columns
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "2b";
export const downRevision = "1a";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.addColumn("account", column("note", t.text()));
  op.addColumn("account", column("level", t.smallInteger(), { nullable: false, serverDefault: 1 }));
  op.addColumn("account", column("active", t.boolean(), { nullable: false, serverDefault: true }));
  op.execute("UPDATE account SET note = 'was here' WHERE visits > 0");
}

export function downgrade(op: Operations): void {
  op.dropColumn("account", "active");
  op.dropColumn("account", "level");
  op.dropColumn("account", "note");
}
