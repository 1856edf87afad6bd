import { checkOf } from "../check-of.js";
import { defineCommand } from "../command.js";
import { rangeOptions } from "../script-options.js";
import { targetOnly } from "../version-rows.js";

export const command = defineCommand({
  positionals: {
    revision: { type: "string", describe: "The revision that stays, or start:end for a range" },
  },
  options: rangeOptions,
  examples: [
    ["downgrade ae10:1975", "From the one revision, which is applied, back to the other"],
    ["downgrade -1", "The newest revision, from the heads"],
    ["downgrade head:base -o downgrade.sql", "Everything, to a file"],
    ["downgrade -1 --from rows.txt", "One below what these version rows say"],
  ],
  async run(options, terminal) {
    const { revision, check } = options;
    if (revision === undefined) return checkOf("downgrade", check, options, terminal);
    const [{ compileScript }, { planDowngrade }] = await Promise.all([
      import("../compile-script.js"),
      import("../../history/steps.js"),
    ]);
    return compileScript("downgrade", options, terminal, (graph, rows) =>
      planDowngrade(graph, rows === undefined ? revision : { rows, target: targetOnly(revision, "downgrade") }),
    );
  },
});
