/**
 * make tables
 */
import { check, column, foreignKey, index, primaryKey, references, sql, t, unique, type Operations } from "sqlembic";

export const revision = "1a";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable(
    "customer",
    [
      column("id", t.integer(), { primaryKey: true }),
      column("name", t.string(80), { nullable: false, comment: "as it's printed" }),
      column("email", t.string(120), { unique: true }),
      column("country", t.CHAR(2), { nullable: false, serverDefault: "DE" }),
      column("credit", t.numeric(12, 2), { nullable: false, serverDefault: "0" }),
      column("since", t.dateTime(), { nullable: false, serverDefault: sql`CURRENT_TIMESTAMP` }),
      unique(["name", "country"], { name: "uq_customer_name_country" }),
      check("credit >= 0", { name: "ck_customer_credit" }),
      index("ix_customer_country", ["country"]),
    ],
    { comment: "people\nwho pay", mysql: { engine: "InnoDB" }, mariadb: { engine: "InnoDB" } },
  );
  op.createTable("order", [
    column("customer_id", t.integer(), { nullable: false }),
    column("number", t.integer(), { nullable: false }),
    column("placed", t.date()),
    column("replaces", t.integer()),
    primaryKey(["customer_id", "number"], { name: "pk_order" }),
    foreignKey(["customer_id"], ["customer.id"], { name: "fk_order_customer", onDelete: "CASCADE" }),
  ]);
  op.createTable("order_line", [
    column("id", t.integer(), { primaryKey: true }),
    column("customer_id", t.integer(), { nullable: false }),
    column("order_number", t.integer(), { nullable: false }),
    column("paid_by", t.integer(), { references: references("customer.id", { name: "fk_line_payer" }) }),
    column("quantity", t.integer(), {
      nullable: false,
      serverDefault: 1,
      check: check("quantity > 0"),
    }),
    foreignKey(["customer_id", "order_number"], ["order.customer_id", "order.number"], { name: "fk_line_order" }),
  ]);
  op.createIndex("ix_order_placed", "order", ["placed", "number"], { unique: true });
}

export function downgrade(op: Operations): void {
  op.dropIndex("ix_order_placed", { tableName: "order" });
  op.dropTable("order_line");
  op.dropTable("order");
  op.dropTable("customer");
}
