import yargs, { type Argv } from "yargs";
import { UsageError } from "../errors.js";
import type { LoadedCommand } from "./command.js";
import { commands } from "./commands/index.js";
import { camelCase, globalOptions, type GlobalOptions, type OptionTable } from "./global-options.js";
import { commandHelp } from "./help.js";
import { overview } from "./overview.js";
import { usageProblem } from "./usage-problem.js";

/** What the parameters of the process ask for. */
export type CommandLine =
  | { readonly asks: "help"; readonly text: string }
  | { readonly asks: "run"; readonly command: LoadedCommand; readonly options: GlobalOptions };

/**
 * A minus before a digit begins a revision such as `-2:head`, never an option. yargs takes it for one unless it looks
 * like something else meanwhile.
 */
const standInForMinus = "\u2212";

/** The name of the errors by which yargs complains. */
const complaint = "YError";

/** @throws UsageError with a suggestion */
export async function parseCommandLine(parameters: readonly string[], columns: number): Promise<CommandLine> {
  let chosen: { name: string; usage: string; summary: string; command: LoadedCommand } | undefined;
  const parser = yargs([])
    .scriptName("sqlembic")
    .usage("$0 <command> [options]")
    .detectLocale(false)
    .locale("en")
    .parserConfiguration({
      "boolean-negation": false,
      "dot-notation": false,
      "greedy-arrays": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
    })
    .options(unexplained(globalOptions))
    .strict()
    .demandCommand(1)
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    .help("help")
    .alias("help", "h")
    .fail((message: string, error: Error | undefined) => {
      throw error ?? Object.assign(new Error(message), { name: complaint });
    });
  for (const [name, { usage, summary, load }] of Object.entries(commands)) {
    parser.command(usage, false, async (options: Argv): Promise<Argv> => {
      const { command } = await load();
      chosen = { name, usage, summary, command };
      return describe(options, command);
    });
  }
  let asksForHelp = false;
  const guarded = parameters.map((parameter) => parameter.replace(/^-(?=\d)/, standInForMinus));
  let parsed: Readonly<Record<string, unknown>>;
  try {
    parsed = await parser.parseAsync(guarded, {}, (_error: unknown, _parsed: unknown, output: string) => {
      asksForHelp = output !== "";
    });
  } catch (error) {
    if (!(error instanceof Error && error.name === complaint)) throw error;
    const command = chosen && { ...chosen, options: { ...chosen.command.options, ...globalOptions } };
    const message = error.message.replaceAll(standInForMinus, "-");
    throw usageProblem(message, { parameters, command, commandNames: Object.keys(commands) });
  }
  if (chosen === undefined) return { asks: "help", text: overview() };
  if (asksForHelp) return { asks: "help", text: commandHelp(chosen, chosen.command, columns) };
  return { asks: "run", command: chosen.command, options: valuesOf(parsed, chosen.command) };
}

/** yargs lays out the help of every command that it runs, and breaks words: what is hidden takes no time. */
function unexplained(table: OptionTable): OptionTable {
  return Object.fromEntries(Object.entries(table).map(([name, option]) => [name, { ...option, hidden: true }]));
}

function describe(options: Argv, { positionals, options: own }: LoadedCommand): Argv {
  declarePositionals(options, unexplained(positionals));
  return options.options(unexplained(own));
}

function declarePositionals(options: Argv, positionals: OptionTable): void {
  for (const [name, { alias: _alias, nargs: _nargs, ...positional }] of Object.entries(positionals)) {
    options.positional(name, positional as Parameters<Argv["positional"]>[1]);
  }
}

/** The values of a command's own tables, under their names in camel case. */
function valuesOf(parsed: Readonly<Record<string, unknown>>, command: LoadedCommand): GlobalOptions {
  const tables: OptionTable = { ...command.positionals, ...command.options, ...globalOptions };
  const values = Object.entries(tables).map(([name, { array }]) => {
    const value = restored(parsed[name]);
    if (Array.isArray(value) && array !== true) {
      throw new UsageError("repeated-option", `--${name} is given more than once.`, { data: { option: name } });
    }
    return [camelCase(name), value] as const;
  });
  return Object.fromEntries(values) as GlobalOptions;
}

function restored(value: unknown): unknown {
  if (typeof value === "string") return value.replace(new RegExp(`^${standInForMinus}(?=\\d)`), "-");
  return Array.isArray(value) ? value.map(restored) : value;
}
