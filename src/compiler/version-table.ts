import type { OperationNode } from "../operations/index.js";
import type { VersionRowChange } from "../history/revision.js";
import { column } from "../schema/columns.js";
import { primaryKey } from "../schema/constraints.js";
import { expandTable } from "../schema/expansion.js";
import { table } from "../schema/tables.js";
import { t } from "../schema/types/generic.js";
import { catalogFreeContext, type CompileSettings } from "./compile.js";
import type { RenderContext } from "./render-context.js";
import type { VersionRowStatement } from "./script/model.js";

/** The table that says which revisions a database has: Alembic's, so that either tool can continue. */
export interface VersionTable {
  readonly name: string;
  readonly schema: string | undefined;
  readonly primaryKey: boolean;
}

export const defaultVersionTable: VersionTable = { name: "alembic_version", schema: undefined, primaryKey: true };

const columnName = "version_num";

/** The operation that makes the version table. */
export function createVersionTable(versionTable: VersionTable, ifNotExists: boolean): OperationNode {
  const { name, schema } = versionTable;
  const key = primaryKey([columnName], { name: `${name}_pkc` });
  const items = [column(columnName, t.string(32), { nullable: false }), ...(versionTable.primaryKey ? [key] : [])];
  return {
    kind: "createTable",
    origin: undefined,
    table: expandTable(table(name, items, { schema: schema ?? null }), undefined),
    ifNotExists,
  };
}

function rowStatement(change: VersionRowChange, target: string, context: RenderContext): string {
  const where = (version: string): string => `WHERE ${target}.${columnName} = ${context.literal(version)}`;
  switch (change.change) {
    case "insert":
      return `INSERT INTO ${target} (${columnName}) VALUES (${context.literal(change.version)})`;
    case "update":
      return `UPDATE ${target} SET ${columnName}=${context.literal(change.to)} ${where(change.from)}`;
    case "delete":
      return `DELETE FROM ${target} ${where(change.version)}`;
  }
}

/** The statements that change the version rows after a step; `target` is the version table as statements name it. */
export function versionRowStatements(
  changes: readonly VersionRowChange[],
  target: string,
  context: RenderContext,
): readonly VersionRowStatement[] {
  return changes.map((change) => ({ change, sql: rowStatement(change, target, context) }));
}

/** The statement that removes all version rows, for a stamp that starts over. */
export function purgeStatement(versionTable: VersionTable, settings: CompileSettings): string {
  return `DELETE FROM ${catalogFreeContext(settings).qualified(versionTable.schema, versionTable.name)}`;
}
