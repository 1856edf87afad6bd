/**
 * rename tenant.name to display_name, first phase
 *
 * While programs of both kinds run, both columns are there. Deploy programs that write both and read the new one.
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "4d18e6a03f92";
export const downRevision = "3c905fb1e2d7";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.addColumn("tenant", column("display_name", t.string(100)));
  op.execute("UPDATE tenant SET display_name = name WHERE display_name IS NULL");
}

export function downgrade(op: Operations): void {
  op.dropColumn("tenant", "display_name");
}
