import { defineCommand } from "../command.js";

export const command = defineCommand({
  options: {
    verbose: { alias: "v", type: "boolean", describe: "Show each revision in full" },
    "resolve-dependencies": { type: "boolean", describe: "Leave out heads that another revision depends on" },
  },
  examples: [
    ["heads", "The newest revision, or the newest of each branch"],
    ["heads -v", "The same in full"],
  ],
  async run({ verbose, resolveDependencies, ...options }, terminal) {
    const [{ openGraph }, { revisionEntry, revisionLine }] = await Promise.all([
      import("../history-view.js"),
      import("../revision-display.js"),
    ]);
    const graph = await openGraph(options, terminal);
    const heads = resolveDependencies === true ? graph.realHeads : graph.heads;
    const lines = heads.map((node) =>
      verbose === true ? revisionEntry(graph, node) : revisionLine(graph, node, { labels: true, forks: false }),
    );
    terminal.stdout.write(lines.map((line) => `${line}\n`).join(""));
  },
});
