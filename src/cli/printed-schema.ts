import { ConfigError } from "../errors.js";
import type { LoadedConfig } from "../project/load-config.js";
import type { PrintSchema } from "../project/target-schema.js";
import { runProgram, withPackagePrograms } from "./programs.js";
import type { Terminal } from "./terminal.js";

/** How a line of a schema begins; what tools print before it is prose. */
const beginOfSql =
  /^\s*(?:--|\/\*|\\|(?:create|alter|drop|comment|set|begin|start|use|pragma|delimiter|select|insert|grant|do|if|go|exec|declare)\b)/i;
/** So much of what a command says of its failure is shown. */
const shownLines = 20;

function failed(command: string, code: number | undefined, said: string): ConfigError {
  const lines = said.trim().split(/\r?\n/);
  const shown = lines.slice(-shownLines).join("\n");
  const end = code === undefined ? "was ended by a signal" : `ended with ${code}`;
  const problem = `The command of targetSchema ${end}: ${command}`;
  return new ConfigError("target-command-failed", shown === "" ? problem : `${problem}\n${shown}`, {
    hint: "It runs in the folder of the configuration; programs of the project's packages are found by their names.",
    problems: [problem],
  });
}

/**
 * Runs the command that prints the target schema, in the folder of the configuration.
 *
 * @returns its output; what stands before the SQL is blank, so that lines keep their numbers, and told of
 */
export function printSchemaOf({ folder }: LoadedConfig, terminal: Terminal, quiet: boolean | undefined): PrintSchema {
  return async (command) => {
    const place = withPackagePrograms({ cwd: folder, environment: terminal.environment });
    const { code, stdout, stderr } = await runProgram(command, [], place, "kept");
    if (code !== 0) throw failed(command, code, stderr.trim() === "" ? stdout : stderr);
    const lines = stdout.split(/\r?\n/);
    const first = lines.findIndex((line) => beginOfSql.test(line));
    if (first === -1) {
      const problem = `The command of targetSchema printed no SQL: ${command}`;
      throw new ConfigError("target-command-empty", problem, {
        hint: "Run it by hand: what it prints to standard output has to be the SQL of the whole schema.",
        problems: [problem],
      });
    }
    const passedOver = lines.slice(0, first).filter((line) => line.trim() !== "");
    if (passedOver.length > 0 && quiet !== true) {
      terminal.stderr.write(
        `Passed over before the SQL of ${command}: ${passedOver.map((line) => line.trim()).join(" ")}\n`,
      );
    }
    return [...lines.slice(0, first).map(() => ""), ...lines.slice(first)].join("\n");
  };
}
