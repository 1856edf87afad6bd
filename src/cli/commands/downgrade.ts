import { defineCommand } from "../command.js";
import { rangeOptions } from "../script-options.js";
import { targetOnly } from "../version-rows.js";

export const command = defineCommand({
  positionals: {
    revision: { type: "string", demandOption: true, describe: "The revision that stays, or start:end for a range" },
  },
  options: rangeOptions,
  examples: [
    ["downgrade ae10:1975", "From the one revision, which is applied, back to the other"],
    ["downgrade -1", "The newest revision, from the heads"],
    ["downgrade head:base -o downgrade.sql", "Everything, to a file"],
    ["downgrade -1 --from rows.txt", "One below what these version rows say"],
  ],
  async run(options, terminal) {
    const [{ compileScript }, { planDowngrade }] = await Promise.all([
      import("../compile-script.js"),
      import("../../history/steps.js"),
    ]);
    return compileScript(options, terminal, (graph, rows) =>
      planDowngrade(
        graph,
        rows === undefined ? options.revision : { rows, target: targetOnly(options.revision, "downgrade") },
      ),
    );
  },
});
