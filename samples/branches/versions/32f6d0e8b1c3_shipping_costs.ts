/**
 * shipping: parcels are billed
 *
 * Needs a table of the other branch: `dependsOn` brings it first, whichever branch is asked for.
 */
import { column, references, t, type Operations } from "sqlembic";

export const revision = "32f6d0e8b1c3";
export const downRevision = "31e5c9d7a0b2";
export const branchLabels = null;
export const dependsOn = "21a8f0b3c6d4";

export function upgrade(op: Operations): void {
  op.addColumn(
    "parcel",
    column("billing_account_id", t.integer(), {
      references: references("billing_account.id", { name: "fk_parcel_billing_account" }),
    }),
  );
}

export function downgrade(op: Operations): void {
  op.dropConstraint("fk_parcel_billing_account", "parcel", { type: "foreignkey" });
  op.dropColumn("parcel", "billing_account_id");
}
