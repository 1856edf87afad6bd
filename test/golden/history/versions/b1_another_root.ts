/**
 * another root
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "b1";
export const downRevision = null;
export const branchLabels = ["people"];
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("person", [column("id", t.integer(), { primaryKey: true })]);
}

export function downgrade(op: Operations): void {
  op.dropTable("person");
}
