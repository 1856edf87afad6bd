import { UsageError } from "../../errors.js";
import type { RevisionGraph, RevisionNode } from "../../history/graph.js";
import { defineCommand } from "../command.js";
import type { CurrentState } from "../history-view.js";
import { versionRowOptions } from "../version-rows.js";

export const command = defineCommand({
  options: {
    "rev-range": { alias: "r", type: "string", nargs: 1, describe: "start:end, start: or :end; both ends are shown" },
    verbose: { alias: "v", type: "boolean", describe: "Show each revision in full" },
    "indicate-current": { alias: "i", type: "boolean", describe: "Mark where the database of --from stands" },
    ...versionRowOptions,
  },
  examples: [
    ["history", "All revisions, the newest first"],
    ["history -r 1975:ae10 -v", "Those from the one to the other, in full"],
    ["history -r -3:", "The three newest and the one below them"],
    ["history -i --from rows.txt", "With a mark at the current revision"],
    ["history -r current: --from rows.txt", "From where the database stands"],
  ],
  async run({ revRange, verbose, indicateCurrent, from, ...options }, terminal) {
    const [{ openGraph, readCurrent, rowsMissing }, { revisionEntry, revisionLine }] = await Promise.all([
      import("../history-view.js"),
      import("../revision-display.js"),
    ]);
    if (revRange !== undefined && !revRange.includes(":")) {
      throw new UsageError("malformed-range", `"${revRange}" is not a range of revisions.`, {
        hint: "Write start:end, start: or :end.",
        data: { range: revRange },
      });
    }
    const graph = await openGraph(options, terminal);
    const state = await readCurrent(graph, from, terminal);
    const wantsCurrent = indicateCurrent === true || revRange?.split(":").some((side) => side.trim() === "current");
    if (wantsCurrent === true && state === undefined) throw rowsMissing("history");
    const current = new Set(indicateCurrent === true ? state?.rows : []);
    const nodes = await select(graph, revRange, state);
    const lines = nodes.map((node) =>
      verbose === true
        ? revisionEntry(graph, node, current)
        : revisionLine(graph, node, { parents: true, labels: true, message: true, current }),
    );
    terminal.stdout.write(lines.map((line) => `${line}\n`).join(""));
  },
});

/** The revisions of a range in which `current` stands for the rows of a database. */
async function select(
  graph: RevisionGraph,
  range: string | undefined,
  state: CurrentState | undefined,
): Promise<readonly RevisionNode[]> {
  const [{ selectHistory }, { orderDownwards }] = await Promise.all([
    import("../../history/selector-history.js"),
    import("../../history/graph-order.js"),
  ]);
  const [start = "", end = ""] = range?.split(":").map((side) => side.trim()) ?? [];
  const rows = state?.rows.map((row) => row.id) ?? [];
  if (range === undefined || (start !== "current" && end !== "current")) return selectHistory(graph, range);
  const from = start === "current" ? rows.join(",") : start;
  if (end !== "current") return selectHistory(graph, `${from}:${end}`);
  const [row, ...others] = rows;
  if (row === undefined) return [];
  if (others.length === 0) return selectHistory(graph, `${from}:${row}`);
  const applied = graph.ancestors(state?.rows ?? []);
  const selected = selectHistory(graph, `${from}:`).filter((node) => applied.has(node));
  return orderDownwards(graph, new Set(selected), state?.rows ?? []);
}
