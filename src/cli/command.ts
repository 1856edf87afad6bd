import type { GlobalOptions, OptionTable, OptionValues } from "./global-options.js";
import type { Terminal } from "./terminal.js";

/** An example for the help of a command: what to type, and what it does. */
export type Example = readonly [line: string, meaning: string];

type NoOptions = Readonly<Record<never, never>>;

/** One command, as its file describes it. */
export interface Command<Positionals extends OptionTable, Options extends OptionTable> {
  /** The parameters without a dash; their order stands in the usage of the registry. */
  readonly positionals?: Positionals;
  readonly options?: Options;
  readonly examples: readonly Example[];
  /** Gives the exit code; nothing is success. */
  run(
    options: GlobalOptions & OptionValues<Positionals> & OptionValues<Options>,
    terminal: Terminal,
  ): Promise<number | void>;
}

/** A command of which only the command line knows the options. */
export interface LoadedCommand {
  readonly positionals: OptionTable;
  /** The options of its own, without those of every command. */
  readonly options: OptionTable;
  readonly examples: readonly Example[];
  run(options: object, terminal: Terminal): Promise<number | void>;
}

/**
 * Makes a command of its description. What it runs gets its options under their names in camel case.
 *
 * @example
 * export const command = defineCommand({
 *   positionals: { revision: { type: "string", demandOption: true, describe: "The revision" } },
 *   options: { verbose: { alias: "v", type: "boolean", describe: "Say more" } },
 *   examples: [["show head", "The newest revision"]],
 *   run: async ({ revision, verbose }, terminal) => void terminal.stdout.write(…),
 * });
 */
export function defineCommand<
  const Positionals extends OptionTable = NoOptions,
  const Options extends OptionTable = NoOptions,
>(command: Command<Positionals, Options>): LoadedCommand {
  type Values = Parameters<typeof command.run>[0];
  return {
    positionals: command.positionals ?? {},
    options: command.options ?? {},
    examples: command.examples,
    // The values were parsed by the tables above, which is what `Values` is derived from.
    run: (options, terminal) => command.run(options as Values, terminal),
  };
}
