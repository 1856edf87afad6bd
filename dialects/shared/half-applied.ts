import type { ScriptModel, ScriptStep, VersionRowStatement } from "../../src/compiler/script/model.js";

/** A version row fits into 32 characters, Alembic's width of the column. */
const widthOfVersions = 32;

/**
 * The row that stands beside the others while a revision is half-applied: `ae1027a6acf+1` says that one of its parts is
 * done on the way up, `ae1027a6acf-1` on the way down. No revision can have such an identifier, so that every script with
 * a guard refuses to run, and Alembic itself does too; the script that wrote the row knows it and goes on from there.
 */
export function marker({ planned, revision }: Pick<ScriptStep, "planned" | "revision">, partsDone: number): string {
  const suffix = `${planned.direction === "downgrade" ? "-" : "+"}${partsDone}`;
  return revision.slice(0, widthOfVersions - suffix.length) + suffix;
}

/** The statement that writes, moves or removes the marker of a half-applied revision. */
export function markerChange(
  from: string | undefined,
  to: string | undefined,
  { versionTable: { qualified }, literal }: ScriptModel,
): VersionRowStatement {
  if (from === undefined) {
    const version = to ?? "";
    const sql = `INSERT INTO ${qualified} (version_num) VALUES (${literal(version)})`;
    return { change: { change: "insert", version }, sql };
  }
  const where = `WHERE version_num = ${literal(from)}`;
  if (to === undefined) {
    return { change: { change: "delete", version: from }, sql: `DELETE FROM ${qualified} ${where}` };
  }
  const sql = `UPDATE ${qualified} SET version_num = ${literal(to)} ${where}`;
  return { change: { change: "update", from, to }, sql };
}
