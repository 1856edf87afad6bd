/**
 * last login
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "2b3e7d9f5ea1";
export const downRevision = "1a2f6c8e4d90";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.addColumn("users", column("last_login", t.dateTime()));
}

export function downgrade(op: Operations): void {
  op.dropColumn("users", "last_login");
}
