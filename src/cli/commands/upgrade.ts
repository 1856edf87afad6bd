import { checkOf } from "../check-of.js";
import { defineCommand } from "../command.js";
import { rangeOptions } from "../script-options.js";
import { targetOnly } from "../version-rows.js";

export const command = defineCommand({
  positionals: {
    revision: { type: "string", describe: "Where to go, or start:end for a range" },
  },
  options: rangeOptions,
  examples: [
    ["upgrade head", "All revisions, for an empty database"],
    ["upgrade 1975:ae10 -o upgrade.sql", "From the one revision, which is applied, to the other"],
    ["upgrade head-1:head", "The newest revision alone"],
    ["upgrade 1975:head --output-dir sql", "A numbered file for each revision"],
    ["upgrade head --from rows.txt", "What a database with these version rows lacks"],
    ["upgrade head --check upgrade.sql", "Fail when the file is not what compiles now"],
    ["upgrade --check upgrade.sql", "The same, for the range that the file itself names"],
    ["upgrade head -n legacy --dialect mysql", "For a named target and another dialect"],
  ],
  async run(options, terminal) {
    const { revision, check } = options;
    if (revision === undefined) return checkOf("upgrade", check, options, terminal);
    const [{ compileScript }, { planUpgrade }] = await Promise.all([
      import("../compile-script.js"),
      import("../../history/steps.js"),
    ]);
    return compileScript("upgrade", options, terminal, (graph, rows) =>
      planUpgrade(graph, rows === undefined ? revision : { rows, target: targetOnly(revision, "upgrade") }),
    );
  },
});
