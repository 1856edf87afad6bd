/**
 * users
 */
import { column, sql, t, type Operations } from "sqlembic";

export const revision = "1a2f6c8e4d90";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("users", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(80), { nullable: false }),
    column("mail", t.string(120)),
    column("created", t.dateTime(), { nullable: false, serverDefault: sql`CURRENT_TIMESTAMP` }),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable("users");
}
