/**
 * the shop: customers
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "10c4d7e2a9f1";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("customer", [
    column("id", t.integer(), { primaryKey: true }),
    column("email", t.string(120), { nullable: false, unique: true }),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable("customer");
}
