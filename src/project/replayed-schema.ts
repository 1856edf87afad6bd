import type { Catalog } from "../catalog/catalog.js";
import { Inspector } from "../catalog/inspector.js";
import { graphOf, stepCompilerOf, type CompilableProject, type CompilePlanOptions } from "./compile-range.js";
import type { CompileSettings } from "../compiler/compile.js";
import { schemaScript } from "../compiler/schema-script.js";
import { renderScript } from "../render/render-script.js";
import { schemaJson } from "../render/schema-json.js";
import { schemaMermaid } from "../render/schema-mermaid.js";
import { planUpgrade } from "../history/steps.js";

/** The schema that a project's history leads to, in the forms in which it can be looked at. */
export interface ReplayedSchema {
  /** The version rows of a database with this schema. */
  readonly revisions: readonly string[];
  /** Answers what `op.inspect()` answers in a revision behind them. */
  inspect(): Inspector;
  /** CREATE statements for an empty database. */
  sql(): string;
  /** Plain data, for `JSON.stringify`. */
  json(): object;
  /** A Mermaid entity diagram. */
  mermaid(): string;
}

/** What a replay leaves, and what it was made with. */
interface ReplayedHistory {
  readonly catalog: Catalog;
  readonly revisions: readonly string[];
  readonly settings: CompileSettings;
}

type ReplayOptions = Pick<CompilePlanOptions, "x" | "tag" | "activeResources">;

/**
 * Replays a project's history from an empty database up to a revision: the heads, unless another one is named.
 *
 * @throws SqlembicError for a revision that does not exist or that cannot be replayed
 */
export async function replayHistory(
  project: CompilableProject,
  revision = "heads",
  options: ReplayOptions = {},
): Promise<ReplayedHistory> {
  const compiler = await stepCompilerOf(project, options);
  const revisions = planUpgrade(graphOf(project), { rows: [], target: revision }).rowsAfter;
  return { catalog: await compiler.replay(revisions), revisions, settings: compiler.settings };
}

/**
 * The schema of a project at a revision: at the heads, unless another one is named.
 *
 * @example (await replaySchema(await loadProject(), "ae10")).sql() // CREATE TABLE account (…);
 * @throws SqlembicError for a revision that does not exist or that cannot be replayed
 */
export async function replaySchema(
  project: CompilableProject,
  revision?: string,
  options?: ReplayOptions,
): Promise<ReplayedSchema> {
  const { catalog, revisions, settings } = await replayHistory(project, revision, options);
  const title = `The schema at ${revisions.length === 0 ? "base" : revisions.join(", ")}, as replayed from the history`;
  return {
    revisions,
    inspect: () => new Inspector(() => catalog),
    sql: () => renderScript({ fragments: schemaScript(catalog, title, settings), header: undefined }),
    json: () => schemaJson(catalog, revisions, settings),
    mermaid: () => schemaMermaid(catalog, settings),
  };
}
