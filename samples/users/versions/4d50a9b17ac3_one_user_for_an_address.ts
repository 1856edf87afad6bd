/**
 * one user for an address
 *
 * Addresses differ in capitals and spaces; of those that are then the same, the first user keeps the address.
 */
import { sql, type Operations } from "sqlembic";

export const revision = "4d50a9b17ac3";
export const downRevision = "3c4f8ea06fb2";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.execute("UPDATE users SET email = lower(trim(email)) WHERE email <> lower(trim(email))");
  op.execute(sql`UPDATE users SET email = NULL WHERE email = ${""}`);
  op.execute("UPDATE users SET email = NULL WHERE id NOT IN (SELECT min(id) FROM users GROUP BY email)");
  op.createIndex("ix_users_email", "users", ["email"], { unique: true });
}

export function downgrade(op: Operations): void {
  op.dropIndex("ix_users_email", { tableName: "users" });
}
