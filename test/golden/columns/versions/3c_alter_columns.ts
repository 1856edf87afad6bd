/**
 * alter columns: type, default, NULL and name, one after the other and together
 */
import { t, type Operations } from "sqlembic";

export const revision = "3c";
export const downRevision = "2b";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.batchAlterTable("account", (batch) => {
    batch.alterColumn("name", { type: t.string(40), serverDefault: null });
    batch.alterColumn("state", { nullable: false, serverDefault: "open" });
    batch.alterColumn("visits", { newColumnName: "visit_count", type: t.bigInteger() });
    batch.alterColumn("note", { newColumnName: "remark" });
    batch.dropColumn("level");
  });
}

export function downgrade(op: Operations): void {
  op.batchAlterTable("account", (batch) => {
    batch.alterColumn("remark", { newColumnName: "note" });
    batch.alterColumn("visit_count", { newColumnName: "visits", type: t.integer() });
    batch.alterColumn("state", { nullable: true, serverDefault: null });
    batch.alterColumn("name", { type: t.string(20), serverDefault: "nobody" });
  });
  op.execute("ALTER TABLE account ADD COLUMN level SMALLINT DEFAULT 1 NOT NULL");
}
