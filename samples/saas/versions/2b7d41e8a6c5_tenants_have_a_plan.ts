/**
 * tenants have a plan
 *
 * A NOT NULL column needs a default when the table has rows: every tenant of today is on the free plan.
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "2b7d41e8a6c5";
export const downRevision = "1f3a9c27d0b4";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.addColumn("tenant", column("plan", t.string(20), { nullable: false, serverDefault: "free" }));
  op.createIndex("ix_tenant_plan", "tenant", ["plan"]);
}

export function downgrade(op: Operations): void {
  op.dropIndex("ix_tenant_plan", { tableName: "tenant" });
  op.dropColumn("tenant", "plan");
}
