import { defineCommand } from "../command.js";

export const command = defineCommand({
  options: { verbose: { alias: "v", type: "boolean", describe: "Show each revision in full" } },
  examples: [
    ["branches", "The revisions that several follow, and what follows"],
    ["branches -v", "The same in full"],
  ],
  async run({ verbose, ...options }, terminal) {
    const [{ openGraph }, { revisionEntry, revisionLine }, { selectHistory }] = await Promise.all([
      import("../history-view.js"),
      import("../revision-display.js"),
      import("../../history/selector-history.js"),
    ]);
    const graph = await openGraph(options, terminal);
    const branchPoints = selectHistory(graph).filter((node) => graph.branchPoints.includes(node));
    const entries = branchPoints.map((node) => {
      const branches = node.next.map((next) => {
        const line = revisionLine(graph, next, { labels: true, message: verbose === true });
        return `${" ".repeat(node.id.length)} -> ${line}\n`;
      });
      const title = verbose === true ? revisionEntry(graph, node) : revisionLine(graph, node, { labels: true });
      return `${title}\n${branches.join("")}\n`;
    });
    terminal.stdout.write(entries.join(""));
  },
});
