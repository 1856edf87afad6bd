/**
 * keep the stock of each article
 *
 * The column is filled before it must not be empty, in statements that do not know it yet when the script begins.
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "1c62d8e4fa03";
export const downRevision = "0a51c7d3e9b2";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.addColumn("article", column("stock", t.integer()));
  op.execute(
    "UPDATE article SET stock = (SELECT COALESCE(SUM(quantity), 0) FROM movement WHERE article_id = article.id)",
  );
  op.alterColumn("article", "stock", { nullable: false, existingType: t.integer() });
  op.createIndex("ix_movement_article_id", "movement", ["article_id"]);
}

export function downgrade(op: Operations): void {
  op.dropIndex("ix_movement_article_id", { tableName: "movement" });
  op.dropColumn("article", "stock");
}
