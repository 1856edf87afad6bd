import type { LayoutName, ScriptModel } from "./model.js";
import { commentLine, oneLine } from "./comments.js";

const layouts: { readonly [L in LayoutName]: string | undefined } = {
  plain: undefined,
  guarded: undefined,
  idempotent: "may be applied to any of these revisions, and again",
  resumable: "may be applied again after it was cut off, until it ends",
  block: "one block, which the server runs without the client",
};

function revisionNames(rows: readonly string[]): string {
  return rows.length === 0 ? "base" : rows.join(", ");
}

function needs(model: ScriptModel, layout: LayoutName): string {
  const { plan, versionTable, makesTableAlone, dialect } = model;
  const table = oneLine(versionTable.qualified);
  if (makesTableAlone) return `${table} missing, or as it has to be: then it stays as it is`;
  if (plan.purges) return `${table} with whatever it holds; all its rows are removed first`;
  if (layout === "idempotent" || layout === "resumable") {
    return `${table} at ${revisionNames(plan.rowsBefore)}, at ${revisionNames(plan.rowsAfter)}, or between them`;
  }
  const start =
    plan.rowsBefore.length === 0
      ? `no revision applied: ${table} empty or missing`
      : `${table} at exactly ${plan.rowsBefore.join(", ")}`;
  const goesOn = layout === "guarded" && dialect.script.goesOn?.(model) === true;
  return goesOn ? `${start}; or at a later commit of this file, from where it goes on` : start;
}

/**
 * What a script says of itself in its first lines: the range and its revisions, what it is for, how it is run, what it
 * needs, and the checksum of all that follows.
 */
export function headerLines(model: ScriptModel, layout: LayoutName, sha256: string): readonly string[] {
  const { plan, steps, dialect, version, client } = model;
  const direction = steps[0]?.planned.direction ?? "stamp";
  const width = Math.max(0, ...steps.map(({ revision }) => revision.length));
  const revisions = steps.map(({ planned: { revision } }) =>
    `  ${revision.revision.padEnd(width)}  ${oneLine(revision.message)}`.trimEnd(),
  );
  const about = layouts[layout];
  return [
    model.makesTableAlone
      ? `ensure-version ${oneLine(model.versionTable.qualified)}`
      : `${direction} ${revisionNames(plan.rowsBefore)} -> ${revisionNames(plan.rowsAfter)}`,
    ...revisions,
    ...(model.madeBy === undefined ? [] : [`made:   ${oneLine(model.madeBy)}`]),
    `for:    ${dialect.title} ${version}${about === undefined ? "" : `; ${about}`}`,
    `run:    ${client.command}`,
    `needs:  ${needs(model, layout)}`,
    ...(dialect.script.headerNotes?.(model) ?? []),
    `sha256: ${sha256} of the lines below this one`,
  ].map((line) => commentLine(dialect.script.inComment?.(line) ?? line));
}
