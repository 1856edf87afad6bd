/**
 * rename tenant.name to display_name, second phase
 *
 * Nothing reads or writes the old column any more.
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "5e62b0d94c1a";
export const downRevision = "4d18e6a03f92";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.execute("UPDATE tenant SET display_name = name WHERE display_name IS NULL");
  op.alterColumn("tenant", "display_name", { nullable: false });
  op.createUniqueConstraint("uq_tenant_display_name", "tenant", ["display_name"]);
  op.dropConstraint("uq_tenant_name", "tenant", { type: "unique" });
  op.dropColumn("tenant", "name");
}

export function downgrade(op: Operations): void {
  op.addColumn("tenant", column("name", t.string(100)));
  op.execute("UPDATE tenant SET name = display_name");
  op.alterColumn("tenant", "name", { nullable: false });
  op.createUniqueConstraint("uq_tenant_name", "tenant", ["name"]);
  op.dropConstraint("uq_tenant_display_name", "tenant", { type: "unique" });
  op.alterColumn("tenant", "display_name", { nullable: true });
}
