/**
 * index the dates of invoices
 *
 * The table is large. PostgreSQL builds the index without stopping writers, which it can only do outside a
 * transaction; MySQL does not stop them anyway.
 */
import type { Operations } from "sqlembic";

export const revision = "7a93d5c8e14f";
export const downRevision = "6f4c17e5b830";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.autocommitBlock(() => {
    op.createIndex("ix_invoice_issued_on", "invoice", ["issued_on"], { postgresql: { concurrently: true } });
  });
}

export function downgrade(op: Operations): void {
  op.autocommitBlock(() => {
    op.dropIndex("ix_invoice_issued_on", { tableName: "invoice", postgresql: { concurrently: true } });
  });
}
