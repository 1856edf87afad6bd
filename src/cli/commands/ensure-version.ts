import { defineCommand } from "../command.js";
import { openConfig } from "../open-project.js";
import { destinationOf, destinationOptions } from "../script-options.js";

export const command = defineCommand({
  options: destinationOptions,
  examples: [
    ["ensure-version", "Make the version table, if it does not exist"],
    ["ensure-version --plain --dialect mysql", "As Alembic writes it, for MySQL"],
  ],
  async run(options, terminal) {
    const destination = destinationOf(options);
    const { config } = await openConfig(options, terminal);
    const [{ compileVersionTable }, { deliver }] = await Promise.all([
      import("../../compile-range.js"),
      import("../script-output.js"),
    ]);
    const script = await compileVersionTable(config, { plain: options.plain ?? false });
    const output = { script, files: undefined, fileNameParts: [] };
    return deliver(output, destination, terminal, options.quiet);
  },
});
