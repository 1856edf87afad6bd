import { RevisionError } from "../../errors.js";
import { defineCommand } from "../command.js";
import { nameOfRows, rowsPipeline, versionRowOptions } from "../version-rows.js";

export const command = defineCommand({
  options: {
    ...versionRowOptions,
    "check-heads": { type: "boolean", describe: "Fail when the database lacks a revision" },
    verbose: { alias: "v", type: "boolean", describe: "Show each revision in full" },
  },
  examples: [
    ["current --from rows.txt", "The revisions that these version rows name"],
    ["current --check-heads --from rows.txt", "Fail when the database is behind"],
  ],
  async run({ from, checkHeads, verbose, ...options }, terminal) {
    const [{ openGraph, readCurrent, rowsMissing }, { revisionEntry, revisionLine }] = await Promise.all([
      import("../history-view.js"),
      import("../revision-display.js"),
    ]);
    if (from === undefined) throw rowsMissing("current");
    const graph = await openGraph(options, terminal);
    const state = await readCurrent(graph, from, terminal);
    const { rows, shown } = state ?? { rows: [], shown: [] };
    if (verbose === true) terminal.stdout.write(`Current revision(s) for ${nameOfRows(from)}:\n`);
    if (checkHeads === true) {
      const applied = graph.ancestors(rows);
      const missing = graph.nodes.filter((node) => !applied.has(node)).map((node) => node.id);
      if (missing.length > 0) throw notAtHead(missing);
    }
    const lines = shown.map((node) => (verbose === true ? revisionEntry(graph, node) : revisionLine(graph, node)));
    terminal.stdout.write(lines.map((line) => `${line}\n`).join(""));
  },
});

const mostNamed = 10;

function notAtHead(missing: readonly string[]): RevisionError {
  const named = missing.slice(0, mostNamed).join(", ");
  const others = missing.length > mostNamed ? ` and ${missing.length - mostNamed} more` : "";
  const count = missing.length === 1 ? "a revision" : `${missing.length} revisions`;
  return new RevisionError("not-at-head", `The database lacks ${count}: ${named}${others}.`, {
    hint: `What it lacks is compiled by: ${rowsPipeline} upgrade heads --from -`,
    data: { missing },
  });
}
