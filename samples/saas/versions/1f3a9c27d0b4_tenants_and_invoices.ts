/**
 * tenants and invoices
 */
import { column, references, sql, t, unique, type Operations } from "sqlembic";

export const revision = "1f3a9c27d0b4";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("tenant", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(100), { nullable: false }),
    column("created_at", t.dateTime(), { nullable: false, serverDefault: sql`CURRENT_TIMESTAMP` }),
    unique(["name"], { name: "uq_tenant_name" }),
  ]);
  op.createTable("invoice", [
    column("id", t.integer(), { primaryKey: true }),
    column("tenant_id", t.integer(), {
      nullable: false,
      references: references("tenant.id", { name: "fk_invoice_tenant" }),
    }),
    column("amount", t.numeric(12, 2), { nullable: false }),
    column("note", t.text()),
    column("issued_on", t.date(), { nullable: false }),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable("invoice");
  op.dropTable("tenant");
}
