/**
 * search the notes of invoices
 *
 * The servers search text in ways of their own, so this revision asks which one it is compiled for.
 */
import { sql, type Operations } from "sqlembic";

export const revision = "6f4c17e5b830";
export const downRevision = "5e62b0d94c1a";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  if (op.dialect.name === "postgresql") {
    op.createIndex("ix_invoice_note", "invoice", [sql`to_tsvector('simple', note)`], { postgresql: { using: "gin" } });
  } else {
    op.createIndex("ix_invoice_note", "invoice", ["note"], { mysql: { prefix: "FULLTEXT" } });
  }
}

export function downgrade(op: Operations): void {
  op.dropIndex("ix_invoice_note", { tableName: "invoice" });
}
