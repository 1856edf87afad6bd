/**
 * customers order products
 *
 * Revision ID: 5e1c0a94d7b2
 * Revises: <base>
 * Create Date: 2026-03-01 12:34:56
 */
import { check, column, identity, postgresql, primaryKey, references, sql, t, unique, type Operations } from "sqlembic";

export const revision = "5e1c0a94d7b2";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createEnumType("order_state", ["open", "paid", "sent"]);
  op.createTable("customer", [
    column("id", t.INTEGER(), { primaryKey: true, identity: identity({ always: true }) }),
    column("email", t.VARCHAR(255), { nullable: false }),
    column("name", t.TEXT(), { nullable: false }),
    column("settings", postgresql.JSONB(), { nullable: false, serverDefault: "{}" }),
  ]);
  op.createIndex("customer_email", "customer", [sql`lower("email")`], { unique: true });
  op.createTable("product", [
    column("id", t.INTEGER(), { primaryKey: true, identity: identity({ always: true }) }),
    column("number", t.VARCHAR(20), { nullable: false }),
    column("title", t.TEXT(), { nullable: false }),
    column("price", t.NUMERIC(10, 2), { nullable: false }),
    column("is_sold", t.BOOLEAN(), { nullable: false, serverDefault: true }),
    unique(["number"], { name: "one_product" }),
    check(sql`"product"."price" > 0`, { name: "price_is_positive" }),
  ]);
  op.createTable("order", [
    column("id", t.INTEGER(), { primaryKey: true, identity: identity({ always: true }) }),
    column("customer_id", t.INTEGER(), {
      nullable: false,
      references: references("customer.id", { name: "order_customer_id_customer_id_fk" }),
    }),
    column("state", t.enum(["open", "paid", "sent"], { name: "order_state", createType: false }), {
      nullable: false,
      serverDefault: "open",
    }),
    column("ordered_at", t.TIMESTAMP({ timezone: true }), { nullable: false, serverDefault: sql`now()` }),
  ]);
  op.createIndex("order_of_customer", "order", ["customer_id", sql`"ordered_at" DESC NULLS LAST`]);
  op.createTable("order_line", [
    column("order_id", t.INTEGER(), {
      nullable: false,
      references: references("order.id", { name: "order_line_order_id_order_id_fk", onDelete: "CASCADE" }),
    }),
    column("product_id", t.INTEGER(), {
      nullable: false,
      references: references("product.id", { name: "order_line_product_id_product_id_fk" }),
    }),
    column("pieces", t.INTEGER(), { nullable: false }),
    column("price", t.NUMERIC(10, 2), { nullable: false }),
    primaryKey(["order_id", "product_id"], { name: "order_line_order_id_product_id_pk" }),
  ]);
}

export function downgrade(op: Operations): void {
  // Loses all rows of order_line.
  op.dropTable("order_line");
  op.dropIndex("order_of_customer", { tableName: "order" });
  // Loses all rows of order.
  op.dropTable("order");
  // Loses all rows of product.
  op.dropTable("product");
  op.dropIndex("customer_email", { tableName: "customer" });
  // Loses all rows of customer.
  op.dropTable("customer");
  op.dropEnumType("order_state");
}
