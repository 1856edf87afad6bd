import { defineCommand } from "../command.js";
import { scriptOptions } from "../script-options.js";

export const command = defineCommand({
  positionals: {
    revisions: {
      type: "string",
      array: true,
      demandOption: true,
      describe: "What the version table shall say, or start:end",
    },
  },
  options: {
    ...scriptOptions,
    purge: { type: "boolean", describe: "Remove all rows of the version table first" },
  },
  examples: [
    ["stamp head", "A database that was made by other means has everything"],
    ["stamp 1975:ae10", "Replace the one version by the other"],
    ["stamp --purge head", "Whatever the version table holds"],
    ["stamp heads --from rows.txt", "What changes these version rows to the heads"],
  ],
  async run(options, terminal) {
    const [{ compileScript }, { planStamp }] = await Promise.all([
      import("../compile-script.js"),
      import("../../history/steps-stamp.js"),
    ]);
    return compileScript("stamp", options, terminal, (graph, rows) =>
      planStamp(graph, options.revisions, { rows, purge: options.purge }),
    );
  },
});
