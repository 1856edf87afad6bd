import { defineCommand } from "../command.js";
import { openConfig } from "../open-project.js";
import { destinationOf, destinationOptions, sessionOptions } from "../script-options.js";

export const command = defineCommand({
  options: { ...destinationOptions, ...sessionOptions },
  examples: [
    ["ensure-version", "Make the version table where it is missing, and leave one that is there as it is"],
    ["ensure-version --plain --dialect mysql", "As Alembic writes it, for MySQL"],
  ],
  async run(options, terminal) {
    const destination = destinationOf(options);
    const { config } = await openConfig(options, terminal);
    const [{ compileVersionTable }, { layoutOf }, { deliver }, { madeBy }] = await Promise.all([
      import("../../project/compile-range.js"),
      import("../layout-options.js"),
      import("../script-output.js"),
      import("../made-by.js"),
    ]);
    const script = await compileVersionTable(config, {
      ...layoutOf(options),
      madeBy: madeBy("ensure-version", options),
    });
    const output = { script, files: undefined, fileNameParts: [] };
    return deliver(output, destination, terminal, options.quiet);
  },
});
