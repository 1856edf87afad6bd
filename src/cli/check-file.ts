import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { FileError, UsageError } from "../errors.js";
import { fileProblem } from "./file-problem.js";
import type { GlobalOptions } from "./global-options.js";
import { withValues, wordsOf } from "./made-by.js";
import type { Terminal } from "./terminal.js";

/** The line of a header that says how the file was made. */
const madeLine = /^-- made: +(.*)$/m;

function textOf(file: string, shown: string): string {
  try {
    if (!statSync(file).isDirectory()) return readFileSync(file, "utf8");
  } catch (cause) {
    throw new FileError("check-missing", `${shown} cannot be read: ${fileProblem(cause)}.`, {
      hint: "Write it first, with -o FILE.",
      data: { file: shown },
    });
  }
  throw new FileError("check-folder", `${shown} is a folder.`, {
    hint: `Name the files in it: ${shown.replace(/\/$/, "")}/*.sql`,
    data: { file: shown },
  });
}

/**
 * Compares a script with what the command in its header compiles now.
 *
 * @returns the exit code: 1 when it is something else
 */
export async function checkFile(shown: string, options: GlobalOptions, terminal: Terminal): Promise<number> {
  const text = textOf(resolve(terminal.cwd, shown), shown);
  const head = text.slice(0, text.search(/^(?!--)/m));
  const words = wordsOf(madeLine.exec(head)?.[1]?.trim() ?? "");
  if (words === undefined) {
    throw new FileError("no-command", `${shown} does not say which command has made it.`, {
      hint: "Scripts with guards do, in a line made:; name the range of this one: sqlembic upgrade A:B --check FILE",
      data: { file: shown },
    });
  }
  const { words: complete, missing } = withValues(words, options.x);
  if (missing.length > 0) {
    throw new UsageError(
      "values-missing",
      `${shown} was made with values of -x, which no file has: ${missing.join(", ")}.`,
      {
        hint: `Give them: sqlembic check ${shown} ${missing.map((key) => `-x ${key}=VALUE`).join(" ")}`,
        data: { file: shown, missing },
      },
    );
  }
  const { parseCommandLine } = await import("./command-line.js");
  const line = await parseCommandLine([...complete, `--check=${shown}`], 80);
  if (line.asks !== "run") return 0;
  const { config, quiet, raiseerr } = options;
  return (await line.command.run({ ...line.options, config, quiet, raiseerr }, terminal)) ?? 0;
}
