/**
 * movements change the stock
 *
 * Each server has its own way to see the new rows, so this revision asks which one it is compiled for.
 */
import type { Operations } from "sqlembic";

export const revision = "2d73e9f50b14";
export const downRevision = "1c62d8e4fa03";
export const branchLabels = null;
export const dependsOn = null;

const bodies = {
  mssql: `BEGIN
  SET NOCOUNT ON;
  UPDATE article SET stock = stock + (SELECT SUM(quantity) FROM inserted WHERE article_id = article.id)
  WHERE id IN (SELECT article_id FROM inserted);
END`,
  oracle: `BEGIN
  UPDATE article SET stock = stock + :new.quantity
  WHERE id = :new.article_id;
END`,
};

export function upgrade(op: Operations): void {
  if (op.dialect.name === "mssql") {
    op.createTrigger("movement_stock", "movement", bodies.mssql, { timing: "after", events: "insert" });
  } else {
    op.createTrigger("movement_stock", "movement", bodies.oracle, {
      timing: "after",
      events: "insert",
      forEach: "row",
    });
  }
}

export function downgrade(op: Operations): void {
  op.dropTrigger("movement_stock", "movement");
}
