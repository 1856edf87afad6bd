import { defineCommand } from "../command.js";
import { versionRowOptions } from "../version-rows.js";

export const command = defineCommand({
  positionals: { revision: { type: "string", demandOption: true, describe: "The revision, head, heads, or current" } },
  options: versionRowOptions,
  examples: [
    ["show ae10", "The revision whose identifier begins so"],
    ["show heads", "The newest revision of each branch"],
    ["show current --from rows.txt", "The revision that a database stands at"],
  ],
  async run({ revision, from, ...options }, terminal) {
    const [{ openGraph, revisionsNamed }, { revisionEntry }] = await Promise.all([
      import("../history-view.js"),
      import("../revision-display.js"),
    ]);
    const graph = await openGraph(options, terminal);
    const nodes = await revisionsNamed(revision, graph, { command: "show", from }, terminal);
    terminal.stdout.write(nodes.map((node) => `${revisionEntry(graph, node)}\n`).join(""));
  },
});
