import { relative } from "node:path";
import { RevisionError } from "../../errors.js";
import { defineCommand } from "../command.js";

export const command = defineCommand({
  options: {
    message: { alias: "m", type: "string", nargs: 1, describe: "What the revision does" },
    head: { type: "string", nargs: 1, describe: "The revision to follow: an identifier, label@head, or base" },
    splice: { type: "boolean", describe: "Follow a revision that others follow already" },
    "branch-label": { type: "string", nargs: 1, describe: "A name for the branch that begins here" },
    "version-path": { type: "string", nargs: 1, describe: "The version location for the new file" },
    "rev-id": { type: "string", nargs: 1, describe: "An identifier of your own instead of a random one" },
    "depends-on": {
      type: "string",
      array: true,
      nargs: 1,
      describe: "A revision that must be applied before; may be repeated",
    },
    sql: { type: "boolean", describe: "Accepted for the sake of Alembic's users; changes nothing" },
  },
  examples: [
    ['revision -m "add account"', "The next revision"],
    ["revision --head base --branch-label billing", "The first revision of a branch of its own"],
    ['revision -m "invoices" --head billing@head', "The next one of that branch"],
    ['revision -m "hotfix" --head 1975 --splice', "A branch that opens below the newest revision"],
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
    const { message, head = "head", splice, branchLabel, versionPath, revId, dependsOn, quiet } = options;
    if (options.head === undefined && graph.heads.length > 1) throw severalHeads(graph.heads.map((node) => node.id));
    const bodies = emptyBodies('import { column, t, type Operations } from "sqlembic";');
    const down = selectRevisions(graph, head);
    const wanted = { message, down, splice, identifier: revId, branchLabel, dependsOn, versionPath, bodies };
    const { path } = writeRevision(project, graph, wanted, terminal);
    if (quiet !== true) terminal.stdout.write(`Created ${relative(terminal.cwd, path)}\n`);
  },
});

function severalHeads(heads: readonly string[]): RevisionError {
  return new RevisionError("multiple-heads", `There are several heads: ${heads.join(", ")}.`, {
    hint: `Say which one the new revision follows, as in --head ${heads[0]}, or join them with the merge command.`,
    data: { revisions: heads },
  });
}
