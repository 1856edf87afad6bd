/**
 * arrays, where there are any, and a second enum
 */
import { column, postgresql, t, type Operations } from "sqlembic";

export const revision = "2b";
export const downRevision = "1a";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.addColumn("every_type", column("size", t.enum(["s", "m", "l"], { name: "size" })));
  if (op.dialect.name !== "postgresql") return;
  op.addColumn("every_type", column("numbers", t.array(t.integer())));
  op.addColumn("every_type", column("words", postgresql.ARRAY(t.text())));
  op.addColumn("every_type", column("network", postgresql.CIDR()));
}

export function downgrade(op: Operations): void {
  if (op.dialect.name === "postgresql") {
    op.dropColumn("every_type", "network");
    op.dropColumn("every_type", "words");
    op.dropColumn("every_type", "numbers");
  }
  op.dropColumn("every_type", "size");
}
