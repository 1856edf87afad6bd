/**
 * invoices have a currency
 *
 * No default is right for the invoices to come, so the column is filled by hand before it becomes NOT NULL.
 */
import { column, sql, t, type Operations } from "sqlembic";

export const revision = "3c905fb1e2d7";
export const downRevision = "2b7d41e8a6c5";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.addColumn("invoice", column("currency", t.string(3)));
  op.execute(sql`UPDATE invoice SET currency = ${"EUR"} WHERE currency IS NULL`);
  op.alterColumn("invoice", "currency", { nullable: false });
}

export function downgrade(op: Operations): void {
  op.dropColumn("invoice", "currency");
}
