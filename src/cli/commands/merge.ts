import { relative } from "node:path";
import { UsageError } from "../../errors.js";
import { defineCommand } from "../command.js";

export const command = defineCommand({
  positionals: {
    revisions: { type: "string", array: true, describe: "The revisions to join; all heads unless named" },
  },
  options: {
    message: { alias: "m", type: "string", nargs: 1, describe: "What the revision does" },
    "branch-label": { type: "string", nargs: 1, describe: "A name for the branch that begins here" },
    "rev-id": { type: "string", nargs: 1, describe: "An identifier of your own instead of a random one" },
    "version-path": { type: "string", nargs: 1, describe: "The version location for the new file" },
    splice: { type: "boolean", describe: "Join revisions that others follow already" },
  },
  examples: [
    ['merge -m "join billing and shop"', "Join all heads"],
    ['merge ae10 27c6 -m "join two of them"', "Join some of them"],
  ],
  async run(options, terminal) {
    const [{ openProject }, { buildGraph }, { selectRevisions }, { emptyBodies }, { writeRevision }] =
      await Promise.all([
        import("../open-project.js"),
        import("../../history/graph-builder.js"),
        import("../../history/selector.js"),
        import("../../authoring/revision-text.js"),
        import("../new-revision.js"),
      ]);
    const project = await openProject(options, terminal);
    const graph = buildGraph(project.revisions);
    const { message, revisions = [], splice, branchLabel, versionPath, revId, quiet } = options;
    const named = revisions.length === 0 ? ["heads"] : revisions.flatMap((text) => text.split(","));
    const down = [...new Set(named.flatMap((text) => selectRevisions(graph, text.trim())))];
    if (down.length < 2) {
      const found = down[0] === undefined ? "no revision" : `one revision, ${down[0].id}`;
      throw new UsageError(
        "nothing-to-merge",
        `A merge joins two revisions or more; ${named.join(" ")} names ${found}.`,
        {
          hint: "sqlembic heads lists those that can be joined.",
          data: { revisions: named },
        },
      );
    }
    const bodies = emptyBodies('import type { Operations } from "sqlembic";');
    const wanted = { message, down, splice, identifier: revId, branchLabel, dependsOn: [], versionPath, bodies };
    const { path } = await writeRevision(project, graph, wanted, terminal);
    if (quiet !== true) terminal.stdout.write(`Created ${relative(terminal.cwd, path)}\n`);
  },
});
