import { defineCommand } from "../command.js";

export const command = defineCommand({
  positionals: {
    files: { type: "string", array: true, demandOption: true, describe: "Scripts that earlier runs wrote" },
  },
  examples: [
    ["check sql/*.sql", "Fail when a script is not what its own command compiles now"],
    ["check upgrade.sql -c db/sqlembic.config.ts", "For a configuration elsewhere"],
  ],
  async run(options, terminal) {
    const { checkFile } = await import("../check-file.js");
    const { reportError } = await import("../report-error.js");
    let exitCode = 0;
    for (const file of options.files) {
      try {
        exitCode = Math.max(exitCode, await checkFile(file, options, terminal));
      } catch (error) {
        // each file is told of, whatever is the matter with another one
        exitCode = Math.max(
          exitCode,
          reportError(error, { showStack: options.raiseerr ?? false, config: options.config }, terminal),
        );
      }
    }
    return exitCode;
  },
});
