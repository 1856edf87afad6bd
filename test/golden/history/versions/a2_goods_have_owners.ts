/**
 * goods have owners, so people come first
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "a2";
export const downRevision = "a1";
export const branchLabels = null;
export const dependsOn = "b1";

export function upgrade(op: Operations): void {
  op.addColumn("goods", column("owner", t.integer()));
}

export function downgrade(op: Operations): void {
  op.dropColumn("goods", "owner");
}
