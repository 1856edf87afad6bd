import type { Catalog } from "../catalog/catalog.js";
import { graphOf, stepCompilerOf, type CompilableProject, type CompilePlanOptions } from "./compile-range.js";
import type { CompileSettings } from "../compiler/compile.js";
import { schemaScript } from "../compiler/schema-script.js";
import { renderScript } from "../render/render-script.js";
import { schemaJson } from "../render/schema-json.js";
import { schemaMermaid } from "../render/schema-mermaid.js";
import { planUpgrade } from "../history/steps.js";

/** The schema that a project's history leads to, in the forms in which it can be looked at. */
export interface ReplayedSchema {
  readonly catalog: Catalog;
  /** The version rows of a database with this schema. */
  readonly revisions: readonly string[];
  readonly settings: CompileSettings;
  /** CREATE statements for an empty database. */
  sql(): string;
  /** Plain data, for `JSON.stringify`. */
  json(): object;
  /** A Mermaid entity diagram. */
  mermaid(): string;
}

/**
 * Replays a project's history from an empty database up to a revision: the heads, unless another one is named.
 *
 * @example (await replaySchema(await loadProject(), "ae10")).sql() // CREATE TABLE account (…);
 * @throws SqlembicError for a revision that does not exist or that cannot be replayed
 */
export async function replaySchema(
  project: CompilableProject,
  revision = "heads",
  options: Pick<CompilePlanOptions, "x" | "tag" | "activeResources"> = {},
): Promise<ReplayedSchema> {
  const compiler = await stepCompilerOf(project, options);
  const revisions = planUpgrade(graphOf(project), { rows: [], target: revision }).rowsAfter;
  const catalog = await compiler.replay(revisions);
  const { settings } = compiler;
  const title = `The schema at ${revisions.length === 0 ? "base" : revisions.join(", ")}, as replayed from the history`;
  return {
    catalog,
    revisions,
    settings,
    sql: () => renderScript({ fragments: schemaScript(catalog, title, settings), header: undefined }),
    json: () => schemaJson(catalog, revisions, settings),
    mermaid: () => schemaMermaid(catalog, settings),
  };
}
