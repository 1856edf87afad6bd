/**
 * rename a table, name its constraints
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "2b";
export const downRevision = "1a";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.renameTable("order_line", "item");
  op.createTable("warehouse", [column("code", t.string(10), { nullable: false }), column("city", t.string(40))]);
  op.batchAlterTable("warehouse", (batch) => {
    batch.createPrimaryKey("pk_warehouse", ["code"]);
    batch.createUniqueConstraint("uq_warehouse_city", ["city"]);
    batch.createCheckConstraint("ck_warehouse_code", "code <> ''");
  });
  op.addColumn("item", column("warehouse", t.string(10)));
  op.batchAlterTable("item", (batch) => {
    batch.createForeignKey("fk_item_warehouse", "warehouse", ["warehouse"], ["code"], { onUpdate: "CASCADE" });
    batch.createIndex("ix_item_warehouse", ["warehouse"]);
  });
}

export function downgrade(op: Operations): void {
  op.batchAlterTable("item", (batch) => {
    batch.dropConstraint("fk_item_warehouse", { type: "foreignkey" });
    batch.dropIndex("ix_item_warehouse");
    batch.dropColumn("warehouse");
  });
  op.batchAlterTable("warehouse", (batch) => {
    batch.dropConstraint("uq_warehouse_city", { type: "unique" });
  });
  op.dropTable("warehouse");
  op.renameTable("item", "order_line");
}
