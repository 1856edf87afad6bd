import { run } from "../../src/cli/run.js";

export interface CliOptions {
  readonly cwd: string;
  readonly stdin?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly now?: () => Date;
}

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, with what it writes collected. */
export async function runCli(parameters: readonly string[], options: CliOptions): Promise<CliResult> {
  const { cwd, stdin = "", environment = {}, isTTY = false, now = () => new Date("2026-03-01T12:34:56Z") } = options;
  let stdout = "";
  let stderr = "";
  const code = await run(parameters, {
    cwd,
    environment,
    now,
    stdin: { isTTY, read: () => Promise.resolve(Buffer.from(stdin)) },
    stdout: { isTTY, write: (text) => (stdout += text) },
    stderr: { isTTY, write: (text) => (stderr += text) },
  });
  return { code, stdout, stderr };
}
