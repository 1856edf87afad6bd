import { join } from "node:path";
import { defineCommand } from "../command.js";
import { versionRowOptions } from "../version-rows.js";

export const command = defineCommand({
  positionals: { revision: { type: "string", demandOption: true, describe: "The revision, head, heads, or current" } },
  options: versionRowOptions,
  examples: [
    ["edit head", "Open the newest revision in $VISUAL or $EDITOR"],
    ["edit ae10", "Open the revision whose identifier begins so"],
  ],
  async run({ revision, from, ...options }, terminal) {
    const [{ openProject }, { buildGraph }, { revisionsNamed }, { openInEditor }] = await Promise.all([
      import("../open-project.js"),
      import("../../history/graph-builder.js"),
      import("../history-view.js"),
      import("../editor.js"),
    ]);
    const project = await openProject(options, terminal);
    const nodes = await revisionsNamed(revision, buildGraph(project.revisions), { command: "edit", from }, terminal);
    await openInEditor(
      nodes.map((node) => join(project.folder, node.revision.file)),
      terminal,
    );
  },
});
