/**
 * add root_cause table
 *
 * Root causes were free text in every bug. They become rows of their own, each text once, and bugs refer to them.
 */
import { column, references, t, type Operations } from "sqlembic";

export const revision = "6c55e0560fd4";
export const downRevision = "bc25b5f8939f";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("root_cause", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.text(), { nullable: false }),
  ]);
  op.createUniqueConstraint("uq_root_cause_name", "root_cause", ["name"]);
  op.addColumn(
    "bug",
    column("root_cause_id", t.integer(), {
      references: references("root_cause.id", { name: "fk_bug_root_cause" }),
    }),
  );
  op.createIndex("ix_bug_root_cause_id", "bug", ["root_cause_id"]);
  op.execute("INSERT INTO root_cause (name) SELECT DISTINCT root_cause FROM bug WHERE root_cause IS NOT NULL");
  op.execute("UPDATE bug SET root_cause_id = r.id FROM root_cause AS r WHERE r.name = bug.root_cause");
}

export function downgrade(op: Operations): void {
  op.execute("UPDATE bug SET root_cause = r.name FROM root_cause AS r WHERE r.id = bug.root_cause_id");
  op.dropIndex("ix_bug_root_cause_id", { tableName: "bug" });
  op.dropConstraint("fk_bug_root_cause", "bug", { type: "foreignkey" });
  op.dropColumn("bug", "root_cause_id");
  op.dropTable("root_cause");
}
