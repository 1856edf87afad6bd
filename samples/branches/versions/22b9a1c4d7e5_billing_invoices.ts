/**
 * billing: invoices
 */
import { column, references, t, type Operations } from "sqlembic";

export const revision = "22b9a1c4d7e5";
export const downRevision = "21a8f0b3c6d4";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("invoice", [
    column("id", t.integer(), { primaryKey: true }),
    column("billing_account_id", t.integer(), {
      nullable: false,
      references: references("billing_account.id", { name: "fk_invoice_billing_account" }),
    }),
    column("total", t.numeric(12, 2), { nullable: false }),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable("invoice");
}
