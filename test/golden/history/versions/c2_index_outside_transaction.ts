/**
 * an index outside the transaction
 */
import type { Operations } from "sqlembic";

export const revision = "c2";
export const downRevision = "c1";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.execute("UPDATE goods SET price = 1 WHERE price IS NULL");
  op.autocommitBlock(() => {
    op.createIndex("ix_goods_price", "goods", ["price"], { postgresql: { concurrently: true } });
  });
  op.execute("UPDATE goods SET price = 2 WHERE price = 1");
}

export function downgrade(op: Operations): void {
  op.autocommitBlock(() => {
    op.dropIndex("ix_goods_price", { tableName: "goods", postgresql: { concurrently: true } });
  });
}
