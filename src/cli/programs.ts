import { once } from "node:events";
import { delimiter, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { requirePackage } from "../on-demand.js";

/** Where and for whom a program runs. */
export interface ProgramPlace {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** How a program ended, and what it printed where that was kept. */
export interface ProgramEnd {
  /** Undefined: by a signal. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command as a shell takes it, with parameters behind it that no shell looks into.
 *
 * @param terminal "shared": the program has the terminal of this process; "kept": what it prints is given back
 */
export async function runProgram(
  command: string,
  parameters: readonly string[],
  { cwd, environment }: ProgramPlace,
  terminal: "shared" | "kept",
): Promise<ProgramEnd> {
  const { spawn } = requirePackage("node:child_process") as typeof import("node:child_process");
  const stdio = terminal === "shared" ? "inherit" : (["ignore", "pipe", "pipe"] as const);
  const options = { cwd, env: environment as NodeJS.ProcessEnv, stdio: stdio as "pipe" };
  const child =
    process.platform === "win32"
      ? spawn([command, ...parameters.map((parameter) => `"${parameter}"`)].join(" "), { ...options, shell: true })
      : spawn("/bin/sh", ["-c", `${command} "$@"`, command, ...parameters], options);
  // what is inherited has no stream here
  const [stdout, stderr, [code]] = await Promise.all([
    terminal === "shared" ? "" : text(child.stdout),
    terminal === "shared" ? "" : text(child.stderr),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  return { code: code ?? undefined, stdout, stderr };
}

/** All folders above a folder, itself first. */
function upwards(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}

/** An environment in which the programs of a project's packages are found, as npm gives it to scripts. */
export function withPackagePrograms({ cwd, environment }: ProgramPlace): ProgramPlace {
  const name = Object.keys(environment).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const folders = upwards(cwd).map((folder) => join(folder, "node_modules", ".bin"));
  const path = [...folders, ...(environment[name] === undefined ? [] : [environment[name]])].join(delimiter);
  return { cwd, environment: { ...environment, [name]: path } };
}
