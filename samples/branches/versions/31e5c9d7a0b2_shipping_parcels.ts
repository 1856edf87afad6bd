/**
 * shipping: parcels
 *
 * The branch of the shipping team.
 */
import { column, references, t, type Operations } from "sqlembic";

export const revision = "31e5c9d7a0b2";
export const downRevision = "10c4d7e2a9f1";
export const branchLabels = "shipping";
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("parcel", [
    column("id", t.integer(), { primaryKey: true }),
    column("customer_id", t.integer(), {
      nullable: false,
      references: references("customer.id", { name: "fk_parcel_customer" }),
    }),
    column("sent_on", t.date()),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable("parcel");
}
