import { UsageError } from "../../errors.js";
import { defineCommand } from "../command.js";

export const command = defineCommand({
  positionals: {
    files: {
      type: "string",
      array: true,
      describe: "Scripts that earlier runs wrote; without any, the schema is checked",
    },
  },
  options: {
    json: { type: "boolean", describe: "Print what leads to the target schema as data" },
    sql: { type: "boolean", describe: "Print the statements that lead to the target schema" },
  },
  examples: [
    ["check", "Fail when the revisions do not lead to the target schema"],
    ["check sql/*.sql", "Fail when a script is not what its own command compiles now"],
    ["check upgrade.sql -c db/sqlembic.config.ts", "For a configuration elsewhere"],
  ],
  async run({ files = [], json, sql, ...options }, terminal) {
    if (files.length === 0) {
      refuseTwoForms(json, sql);
      const { checkSchema } = await import("../schema-check.js");
      return checkSchema({ json, sql }, options, terminal);
    }
    if (json === true || sql === true) throw noForms();
    const { checkFile } = await import("../check-file.js");
    const { reportError } = await import("../report-error.js");
    let exitCode = 0;
    for (const file of files) {
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

function refuseTwoForms(json: boolean | undefined, sql: boolean | undefined): void {
  if (json !== true || sql !== true) return;
  throw new UsageError("two-forms", "--json and --sql cannot be combined.", {
    hint: "Keep --json: the statements are in it, too.",
  });
}

function noForms(): UsageError {
  return new UsageError("no-forms", "--json and --sql are for the check of the schema, which takes no files.", {
    hint: "Leave them out, or the files.",
  });
}
