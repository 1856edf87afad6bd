import { RevisionError, UsageError } from "../errors.js";
import { buildGraph } from "../history/graph-builder.js";
import type { RevisionGraph, RevisionNode } from "../history/graph.js";
import { selectVersionRows } from "../history/steps-start.js";
import { currentRevisions } from "../history/selector-target.js";
import { selectRevisions } from "../history/selector.js";
import type { GlobalOptions } from "./global-options.js";
import { openProject } from "./open-project.js";
import type { Terminal } from "./terminal.js";
import { readVersionRows, rowsPipeline } from "./version-rows.js";

/** The graph of a project; nothing that compiles is loaded for it. */
export async function openGraph(options: GlobalOptions, terminal: Terminal): Promise<RevisionGraph> {
  return buildGraph((await openProject(options, terminal)).revisions);
}

/** Where a database stands, by the version rows that `--from` names; undefined when it was not given. */
export async function readCurrent(
  graph: RevisionGraph,
  from: string | undefined,
  terminal: Terminal,
): Promise<CurrentState | undefined> {
  const versions = await readVersionRows(from, terminal);
  if (versions === undefined) return undefined;
  const rows = selectVersionRows(graph, versions);
  return { rows, shown: currentRevisions(graph, rows) };
}

export interface CurrentState {
  /** The revisions of the version rows. */
  readonly rows: readonly RevisionNode[];
  /** What `current` shows: those, and the tips of branches that they depend on. */
  readonly shown: readonly RevisionNode[];
}

/** `current` was said where nothing connects and no version rows are given. */
export function rowsMissing(command: string): UsageError {
  return new UsageError("no-version-rows", `Nothing connects: ${command} has to be told what the database holds.`, {
    hint: `Pass the rows of the version table with --from FILE, or pipe them: ${rowsPipeline} ${command} --from -`,
  });
}

/** The revisions that a name stands for, `current` among them. There is at least one. */
export async function revisionsNamed(
  name: string,
  graph: RevisionGraph,
  { command, from }: { readonly command: string; readonly from: string | undefined },
  terminal: Terminal,
): Promise<readonly RevisionNode[]> {
  if (name !== "current") return atLeastOne(selectRevisions(graph, name), `"${name}" stands for no revision.`);
  const current = await readCurrent(graph, from, terminal);
  if (current === undefined) throw rowsMissing(`${command} current`);
  return atLeastOne(current.rows, "The database has no revision yet.");
}

function atLeastOne(nodes: readonly RevisionNode[], message: string): readonly RevisionNode[] {
  if (nodes.length > 0) return nodes;
  throw new RevisionError("no-revision", message, {
    hint: "Name one by its identifier, or write head or heads; the history command lists them.",
  });
}
