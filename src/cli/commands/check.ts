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
    dump: {
      type: "string",
      nargs: 1,
      describe: "A dump of a database, or - for standard input: compared with the schema of its revisions",
    },
    at: { type: "string", nargs: 1, describe: "With --dump: the revision of a dump without version rows" },
  },
  examples: [
    ["check", "Fail when the revisions do not lead to the target schema"],
    ["check --dump shop.sql", "Fail when a database is not as its revisions have it"],
    ["check sql/*.sql", "Fail when a script is not what its own command compiles now"],
    ["check upgrade.sql -c db/sqlembic.config.ts", "For a configuration elsewhere"],
  ],
  async run({ files = [], json, sql, dump, at, ...options }, terminal) {
    if (at !== undefined && dump === undefined) throw onlyWithDump();
    if (dump !== undefined) {
      if (files.length > 0 || sql === true) throw dumpAlone();
      const { checkDrift } = await import("../drift-check.js");
      return checkDrift({ dump, at, json }, options, terminal);
    }
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

function onlyWithDump(): UsageError {
  return new UsageError("only-with-dump", "--at goes with --dump.", {
    hint: "It says which revision the database of the dump is at.",
  });
}

function dumpAlone(): UsageError {
  return new UsageError("dump-alone", "--dump takes neither --sql nor scripts.", {
    hint: "The SQL that mends a difference is always shown; check scripts by a command of their own.",
  });
}
