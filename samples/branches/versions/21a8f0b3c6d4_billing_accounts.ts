/**
 * billing: accounts
 *
 * The branch of the billing team. `upgrade billing@head` brings what it needs and nothing else.
 */
import { column, references, t, type Operations } from "sqlembic";

export const revision = "21a8f0b3c6d4";
export const downRevision = "10c4d7e2a9f1";
export const branchLabels = "billing";
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("billing_account", [
    column("id", t.integer(), { primaryKey: true }),
    column("customer_id", t.integer(), {
      nullable: false,
      references: references("customer.id", { name: "fk_billing_account_customer" }),
    }),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable("billing_account");
}
