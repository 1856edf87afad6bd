/**
 * one root: its
 * message has two lines
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "a1";
export const downRevision = null;
export const branchLabels = ["goods"];
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("goods", [column("id", t.integer(), { primaryKey: true })]);
}

export function downgrade(op: Operations): void {
  op.dropTable("goods");
}
