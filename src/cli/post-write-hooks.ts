import type { LoadedConfig } from "../project/load-config.js";
import { FileError } from "../errors.js";
import { runProgram, withPackagePrograms } from "./programs.js";
import type { Terminal } from "./terminal.js";

/** What of a hook stands for the path of the new file, as in Alembic. */
const fileName = "REVISION_SCRIPT_FILENAME";

/** A path as a word of a shell. */
function quoted(path: string): string {
  if (/^[\w@%+=:,./\\-]+$/.test(path)) return path;
  return process.platform === "win32" ? `"${path}"` : `'${path.replaceAll("'", "'\\''")}'`;
}

/**
 * Runs the commands of the configuration on a new revision file, in their order.
 *
 * @throws FileError for the first one that fails; the file stays
 */
export async function runPostWriteHooks(
  { config: { postWriteHooks }, folder }: LoadedConfig,
  path: string,
  shown: string,
  terminal: Terminal,
): Promise<void> {
  const place = withPackagePrograms({ cwd: folder, environment: terminal.environment });
  for (const hook of postWriteHooks) {
    const command = hook.includes(fileName) ? hook.replaceAll(fileName, () => quoted(path)) : `${hook} ${quoted(path)}`;
    const { code, stdout, stderr } = await runProgram(command, [], place, "kept");
    if (code === 0) continue;
    const said = (stderr.trim() === "" ? stdout : stderr).trim();
    const end = code === undefined ? "was ended by a signal" : `ended with ${code}`;
    throw new FileError("hook-failed", `The hook "${hook}" ${end}.${said === "" ? "" : `\n${said}`}`, {
      hint: `${shown} was written, and stays; postWriteHooks of the configuration run in its folder.`,
      data: { hook, code, file: shown },
    });
  }
}
