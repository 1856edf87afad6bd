/**
 * orders come back
 *
 * Revision ID: 8f2d61b7c03a
 * Revises: 5e1c0a94d7b2
 * Create Date: 2026-03-01 12:34:56
 */
import { column, sql, t, type Operations } from "sqlembic";

export const revision = "8f2d61b7c03a";
export const downRevision = "5e1c0a94d7b2";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.addEnumValue("order_state", "returned");
  op.alterColumn("product", "number", { newColumnName: "sku" });
  op.addColumn("order", column("note", t.TEXT()));
  op.createIndex("order_line_of_product", "order_line", ["product_id"]);
}

export function downgrade(op: Operations): void {
  op.execute("ALTER TYPE order_state RENAME TO order_state_old");
  op.createEnumType("order_state", ["open", "paid", "sent"]);
  op.dropIndex("order_line_of_product", { tableName: "order_line" });
  // Loses the value returned, of order.state.
  // This may fail at values of order.state that the new type does not hold.
  op.alterColumn("order", "state", {
    type: t.enum(["open", "paid", "sent"], { name: "order_state", createType: false }),
    serverDefault: "open",
    postgresql: { using: sql`state::text::order_state` },
  });
  // Loses the values of order.note.
  op.dropColumn("order", "note");
  op.dropEnumType("order_state_old");
  op.alterColumn("product", "sku", { newColumnName: "number" });
}
