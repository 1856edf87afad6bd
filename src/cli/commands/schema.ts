import { visibleJson, visibleText } from "../../visible-text.js";
import { UsageError } from "../../errors.js";
import { defineCommand } from "../command.js";

export const command = defineCommand({
  positionals: {
    revision: { type: "string", describe: "The revision whose schema is wanted; the heads when left out" },
  },
  options: {
    json: { type: "boolean", describe: "Print plain data instead of SQL" },
    mermaid: { type: "boolean", describe: "Print a Mermaid entity diagram instead of SQL" },
    output: { alias: "o", type: "string", nargs: 1, describe: "Write to this file instead of standard output" },
    verbose: { alias: "v", type: "boolean", describe: "Say first what became of each statement of SQL text" },
    tag: { type: "string", nargs: 1, describe: "A word for the revisions, which find it in op.tag" },
  },
  examples: [
    ["schema", "CREATE statements for an empty database, as the heads have it"],
    ["schema ae10", "The same as of an older revision"],
    ["schema --json -o schema.json", "As data, for programs"],
    ["schema --mermaid", "As a diagram, for documents"],
    ["schema --verbose", "With what was kept with its text, not understood, or ignored, and by which rule"],
  ],
  async run({ revision, json, mermaid, output, tag, verbose, ...options }, terminal) {
    if (json === true && mermaid === true) {
      throw new UsageError("two-forms", "--json and --mermaid cannot be combined.", {
        hint: "Run the command twice.",
      });
    }
    const [{ keyValues, openProject }, { replaySchema }, { deliver }, { destinationOf }] = await Promise.all([
      import("../open-project.js"),
      import("../../project/replayed-schema.js"),
      import("../script-output.js"),
      import("../script-options.js"),
    ]);
    const destination = destinationOf({ ...options, output, check: undefined, plain: undefined, sql: undefined });
    const project = await openProject(options, terminal);
    const schema = await replaySchema(project, revision, {
      x: keyValues(options.x),
      tag,
      activeResources: terminal.activeResources,
      accounts: json === true || verbose === true,
    });
    const script =
      json === true
        ? `${visibleJson(JSON.stringify(schema.json(), undefined, 2))}\n`
        : mermaid === true
          ? visibleText(schema.mermaid())
          : schema.sql({ verbose });
    return deliver({ script, files: undefined, fileNameParts: [] }, destination, terminal, options.quiet);
  },
});
