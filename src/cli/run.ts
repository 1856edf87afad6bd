import { commands } from "./commands/index.js";
import type { GlobalOptions } from "./global-options.js";
import { widestHelp } from "./help.js";
import { overview } from "./overview.js";
import { packageVersion } from "./package-version.js";
import type { Terminal } from "./terminal.js";

/**
 * Runs a command line.
 *
 * @returns the exit code: 0 for success, 1 for a failure, 2 for wrong usage
 *
 * @example process.exitCode = await run(["upgrade", "head"], processTerminal());
 */
export async function run(parameters: readonly string[], terminal: Terminal): Promise<number> {
  let options: GlobalOptions | undefined;
  try {
    const answer = answerSync(parameters);
    if (answer !== undefined) {
      terminal.stdout.write(answer);
      return 0;
    }
    if (parameters.length === 0) {
      terminal.stderr.write(overview());
      return 2;
    }
    const { parseCommandLine } = await import("./command-line.js");
    const line = await parseCommandLine(parameters, Math.min(terminal.stdout.columns ?? widestHelp, widestHelp));
    if (line.asks === "help") {
      terminal.stdout.write(line.text);
      return 0;
    }
    options = line.options;
    const command = line.command.run(options, terminal);
    const { interruption } = terminal;
    return (await (interruption === undefined ? command : Promise.race([command, interruption]))) ?? 0;
  } catch (error) {
    const { reportError } = await import("./report-error.js");
    const showStack = options?.raiseerr ?? parameters.includes("--raiseerr");
    return reportError(error, { showStack, config: options?.config }, terminal);
  }
}

/** What can be said without reading the parameters further. */
function answerSync(parameters: readonly string[]): string | undefined {
  if (parameters.some((parameter) => parameter in commands)) return undefined;
  if (parameters.some((parameter) => parameter === "--help" || parameter === "-h")) return overview();
  return parameters.includes("--version") ? `${packageVersion()}\n` : undefined;
}
