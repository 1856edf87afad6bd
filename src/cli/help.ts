import type { Options } from "yargs";
import type { Example, LoadedCommand } from "./command.js";
import { globalOptions, type OptionTable } from "./global-options.js";

/** Lines that are longer are hard to follow, however wide the screen is. */
export const widestHelp = 110;

/** Cuts a text at its spaces into lines of at most so many characters, but for longer words. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function widest(rows: readonly Example[]): number {
  return Math.max(...rows.map(([left]) => left.length));
}

/**
 * A heading and two columns below it.
 *
 * @param columns how wide the screen is; undefined where the rows are short by themselves
 * @param width how wide the left column is
 */
export function section(
  heading: string,
  rows: readonly Example[],
  columns = Infinity,
  width: number = widest(rows),
): string {
  const lines = rows.flatMap(([left, right]) =>
    wrapped(right, Math.max(columns - width - 4, 20)).map(
      (line, position) => `  ${(position === 0 ? left : "").padEnd(width)}  ${line}\n`,
    ),
  );
  return `${heading}:\n${lines.join("")}`;
}

/** How an option is written, with a word for the value that it takes. */
function optionUsage(name: string, { alias, type }: Options): string {
  const long = name.length === 1 ? `-${name}` : `--${name}`;
  const short = typeof alias === "string" ? `-${alias}, ` : "    ";
  const value = type === "boolean" ? "" : " <value>";
  return (name.length === 1 ? "" : short) + long + value;
}

function meaning({ describe = "", default: usual }: Options): string {
  return usual === undefined ? describe : `${describe} (${String(usual)} without it)`;
}

/** Options as rows of a section. */
export function optionRows(options: OptionTable): readonly Example[] {
  return Object.entries(options).map(([name, option]) => [optionUsage(name, option), meaning(option)]);
}

const helpRow: Example = ["-h, --help", "Explain the command, with examples"];

/**
 * What `sqlembic upgrade --help` prints.
 *
 * @param columns how wide the screen is
 */
export function commandHelp(
  { usage, summary }: { readonly usage: string; readonly summary: string },
  { positionals, options, examples }: LoadedCommand,
  columns: number,
): string {
  const parameters = Object.entries(positionals).map(([name, option]): Example => [name, meaning(option)]);
  const own = optionRows(options);
  const common = [...optionRows(globalOptions), helpRow];
  const width = widest([...parameters, ...own, ...common]);
  return [
    `sqlembic ${usage}${own.length > 0 ? " [options]" : ""}\n`,
    `${summary}\n`,
    ...(parameters.length > 0 ? [section("Parameters", parameters, columns, width)] : []),
    ...(own.length > 0 ? [section("Options", own, columns, width)] : []),
    section("Options of every command", common, columns, width),
    section(
      "Examples",
      examples.map(([line, what]) => [`sqlembic ${line}`, what]),
      columns,
    ),
  ].join("\n");
}
