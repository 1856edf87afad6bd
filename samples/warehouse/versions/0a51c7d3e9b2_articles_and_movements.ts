/**
 * articles and movements
 */
import { column, identity, references, t, unique, type Operations } from "sqlembic";

export const revision = "0a51c7d3e9b2";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  const article = op.createTable("article", [
    column("id", t.integer(), { primaryKey: true, serverDefault: identity() }),
    column("code", t.string(20), { nullable: false }),
    column("name", t.unicode(100), { nullable: false }),
    unique(["code"], { name: "uq_article_code" }),
  ]);
  op.createTable("movement", [
    column("id", t.integer(), { primaryKey: true, serverDefault: identity() }),
    column("article_id", t.integer(), {
      nullable: false,
      references: references("article.id", { name: "fk_movement_article" }),
    }),
    column("quantity", t.integer(), { nullable: false }),
    column("reset", t.boolean()), // sqlcmd takes the bare word for a command
  ]);
  op.bulkInsert(article, [
    { code: "BOX", name: "Box, 50 % full" },
    { code: "KÄS", name: "Käse & Brot" },
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable("movement");
  op.dropTable("article");
}
