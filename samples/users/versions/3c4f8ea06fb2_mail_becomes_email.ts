/**
 * mail becomes email
 *
 * SQLite changes little of a table that exists. Inside a batch, what it cannot do is done by making the table anew.
 */
import { type Operations } from "sqlembic";

export const revision = "3c4f8ea06fb2";
export const downRevision = "2b3e7d9f5ea1";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.batchAlterTable("users", (batch) => {
    batch.alterColumn("mail", { newColumnName: "email" });
  });
}

export function downgrade(op: Operations): void {
  op.batchAlterTable("users", (batch) => {
    batch.alterColumn("email", { newColumnName: "mail" });
  });
}
