import type { Catalog } from "../catalog/catalog.js";
import { Inspector } from "../catalog/inspector.js";
import { graphOf, stepCompilerOf, type CompilableProject, type CompilePlanOptions } from "./compile-range.js";
import type { CompileSettings } from "../compiler/compile.js";
import type { StatementAccount } from "../compiler/statement-account.js";
import { schemaScript } from "../compiler/schema-script.js";
import { renderScript } from "../render/render-script.js";
import { accountSentences } from "../render/accounts.js";
import { schemaJson } from "../render/schema-json.js";
import { schemaMermaid } from "../render/schema-mermaid.js";
import { planUpgrade } from "../history/steps.js";

/** The schema that a project's history leads to, in the forms in which it can be looked at. */
export interface ReplayedSchema {
  /** The version rows of a database with this schema. */
  readonly revisions: readonly string[];
  /** Answers what `op.inspect()` answers in a revision behind them. */
  inspect(): Inspector;
  /**
   * CREATE statements for an empty database.
   *
   * @param options.verbose what became of the statements of SQL text that were not read stands at the beginning
   */
  sql(options?: { readonly verbose?: boolean | undefined }): string;
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
  readonly accounts: readonly StatementAccount[];
}

type ReplayOptions = Pick<CompilePlanOptions, "x" | "tag" | "activeResources"> & {
  /** Whether it is told what became of each statement of SQL text. */
  readonly accounts?: boolean | undefined;
};

/**
 * Replays a project's history from an empty database up to a revision: the heads, unless another one is named.
 *
 * @param revision a revision as the command line names it, or the rows of a version table
 * @throws SqlembicError for a revision that does not exist or that cannot be replayed
 */
export async function replayHistory(
  project: CompilableProject,
  revision: string | readonly string[] = "heads",
  options: ReplayOptions = {},
): Promise<ReplayedHistory> {
  const compiler = await stepCompilerOf(project, options);
  const revisions =
    typeof revision === "string" ? planUpgrade(graphOf(project), { rows: [], target: revision }).rowsAfter : revision;
  const accounts: StatementAccount[] = [];
  const accounting = options.accounts === true ? (account: StatementAccount) => accounts.push(account) : undefined;
  const catalog = await compiler.replay(revisions, accounting);
  return { catalog, revisions, settings: compiler.settings, accounts };
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
  const { catalog, revisions, settings, accounts } = await replayHistory(project, revision, {
    accounts: true,
    ...options,
  });
  const title = `The schema at ${revisions.length === 0 ? "base" : revisions.join(", ")}, as replayed from the history`;
  return {
    revisions,
    inspect: () => new Inspector(() => catalog),
    sql({ verbose = false } = {}) {
      const head = [title, ...(verbose ? accountSentences(accounts) : [])];
      return renderScript({ fragments: schemaScript(catalog, head, settings), header: undefined });
    },
    json: () => schemaJson(catalog, revisions, settings, accounts),
    mermaid: () => schemaMermaid(catalog, settings),
  };
}
