import { FileError } from "../errors.js";
import { runProgram } from "./programs.js";
import type { Terminal } from "./terminal.js";

/**
 * Opens files in the editor that `$VISUAL` or `$EDITOR` names, and waits until it is closed. The variable holds a command
 * with its own arguments, such as "code --wait".
 */
export async function openInEditor(files: readonly string[], terminal: Terminal): Promise<void> {
  const { environment } = terminal;
  const named = [environment["VISUAL"], environment["EDITOR"]].find((value) => (value ?? "").trim() !== "");
  const editor = named ?? (process.platform === "win32" ? "notepad" : "vi");
  const { code } = await runProgram(editor, files, terminal, "shared");
  if (code === 0) return;
  throw new FileError("editor-failed", `The editor "${editor}" ended with ${code ?? "a signal"}.`, {
    hint: "Set VISUAL or EDITOR to a command that opens files and waits, such as vi or code --wait.",
    data: { editor, code },
  });
}
