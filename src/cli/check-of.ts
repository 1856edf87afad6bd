import { UsageError } from "../errors.js";
import type { GlobalOptions } from "./global-options.js";
import type { Terminal } from "./terminal.js";

/** Without a range, `--check FILE` takes that of the file. */
export async function checkOf(
  command: string,
  file: string | undefined,
  options: GlobalOptions,
  terminal: Terminal,
): Promise<number> {
  if (file === undefined) {
    throw new UsageError("missing-parameter", `${command} needs more: ${command} <revision>`, {
      hint: `Write where to go, such as sqlembic ${command} ${command === "upgrade" ? "head" : "-1"}.`,
    });
  }
  const { checkFile } = await import("./check-file.js");
  return checkFile(file, options, terminal);
}
