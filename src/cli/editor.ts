import { once } from "node:events";
import { FileError } from "../errors.js";
import type { Terminal } from "./terminal.js";
import { requirePackage } from "../on-demand.js";

/** Opens files in the editor that `$VISUAL` or `$EDITOR` names, and waits until it is closed. */
export async function openInEditor(files: readonly string[], { environment, cwd }: Terminal): Promise<void> {
  const { spawn } = requirePackage("node:child_process") as typeof import("node:child_process");
  const windows = process.platform === "win32";
  const named = [environment["VISUAL"], environment["EDITOR"]].find((value) => (value ?? "").trim() !== "");
  const editor = named ?? (windows ? "notepad" : "vi");
  const options = { cwd, env: environment as NodeJS.ProcessEnv, stdio: "inherit" } as const;
  // The variable holds a command with its own arguments, such as "code --wait", which the shell takes apart.
  const child = windows
    ? spawn(`${editor} ${files.map((file) => `"${file}"`).join(" ")}`, { ...options, shell: true })
    : spawn("/bin/sh", ["-c", `${editor} "$@"`, editor, ...files], options);
  const [code] = (await once(child, "exit")) as [number | null];
  if (code === 0) return;
  throw new FileError("editor-failed", `The editor "${editor}" ended with ${code ?? "a signal"}.`, {
    hint: "Set VISUAL or EDITOR to a command that opens files and waits, such as vi or code --wait.",
    data: { editor, code },
  });
}
