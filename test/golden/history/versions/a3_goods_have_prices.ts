/**
 * goods have prices: a branch point
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "a3";
export const downRevision = "a1";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.addColumn("goods", column("price", t.integer()));
}

export function downgrade(op: Operations): void {
  op.dropColumn("goods", "price");
}
