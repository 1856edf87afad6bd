/**
 * make a table
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "1a";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("account", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(20), { nullable: false, serverDefault: "nobody" }),
    column("state", t.string(10)),
    column("visits", t.integer(), { nullable: false, serverDefault: 0 }),
  ]);
  op.execute("INSERT INTO account (name, state, visits) VALUES ('ann', 'open', 3), ('bob', 'closed', 0)");
}

export function downgrade(op: Operations): void {
  op.dropTable("account");
}
