import { UsageError } from "../../errors.js";
import { defineCommand } from "../command.js";

export const command = defineCommand({
  positionals: {
    range: { type: "string", describe: "The revisions to prove, as start:end; all of them when left out" },
  },
  options: {
    engine: {
      type: "string",
      describe: "Prove on a real engine as well: the embedded one, or the server of --engine=URL",
    },
    strict: { type: "boolean", describe: "Fail also where there is no way back" },
    json: { type: "boolean", describe: "Print plain data instead of a table" },
    tag: { type: "string", nargs: 1, describe: "A word for the revisions, which find it in op.tag" },
  },
  examples: [
    ["prove", "All revisions, without any database"],
    ["prove ae10:head", "Those behind the named one"],
    ["prove --engine", "Up, down and up again on the engine inside this process"],
    ["prove --engine=postgresql://localhost/db", "The same in a scratch database of a server"],
  ],
  async run({ range: given, engine: wanted, json, strict, tag, ...options }, terminal) {
    const { range, engine } = toldApart(given, wanted);
    const [{ keyValues, openProject }, { proofJson, proofText }, { isRefuted }, { ProgressLine }] = await Promise.all([
      import("../open-project.js"),
      import("../../prove/report.js"),
      import("../../prove/proof.js"),
      import("../progress-line.js"),
    ]);
    const x = keyValues(options.x);
    const project = await openProject(options, terminal);
    const progress = new ProgressLine(terminal, options.quiet);
    const proveOptions = {
      x,
      tag,
      activeResources: terminal.activeResources,
      progress: (step: { readonly revision: { readonly file: string } }, position: number, total: number) =>
        progress.show(position, total, step.revision.file),
    };
    const prove = async () => {
      const all = range ?? "base:heads";
      if (engine === undefined)
        return (await import("../../prove/prove-range.js")).proveRange(project, all, proveOptions);
      const [{ engineFor }, { proveOnEngine }, { requireDialect }] = await Promise.all([
        import("../../prove/engine/engines.js"),
        import("../../prove/engine/prove-on-engine.js"),
        import("../../config/resolve.js"),
      ]);
      const server = await engineFor(requireDialect(project.config), engine === "" ? undefined : engine);
      if (options.quiet !== true) terminal.stderr.write(`note: proving on ${server.title}\n`);
      return proveOnEngine(project, all, server, proveOptions);
    };
    try {
      const proof = await prove();
      progress.clear();
      terminal.stdout.write(json === true ? `${JSON.stringify(proofJson(proof), undefined, 2)}\n` : proofText(proof));
      return isRefuted(proof, { strict: strict === true }) ? 1 : 0;
    } finally {
      progress.clear();
    }
  },
});

/** `--engine a:b` means a range, and no server: a URL has two slashes or the scheme of SQLite. */
function toldApart(
  range: string | undefined,
  engine: string | undefined,
): { readonly range: string | undefined; readonly engine: string | undefined } {
  if (engine === undefined || engine === "" || /:\/\/|^sqlite:/i.test(engine)) return { range, engine };
  if (range === undefined) return { range: engine, engine: "" };
  throw new UsageError("invalid-url", `--engine "${engine}" is not the URL of a server.`, {
    hint: "Write --engine alone for the embedded one, or --engine=postgresql://user@host/database.",
  });
}
