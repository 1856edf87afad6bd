import { spawn } from "node:child_process";

/** What a client program said. */
export interface ClientResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ClientOptions {
  readonly input?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** Runs a program to its end. A program that is not on this machine gives exit code 127, as a shell does. */
export function runClient(
  program: string,
  parameters: readonly string[],
  { input = "", environment = {} }: ClientOptions = {},
): Promise<ClientResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { env: { ...process.env, ...environment } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") return reject(error);
      resolve({ exitCode: 127, stdout: "", stderr: `${program}: not found` });
    });
    child.on("close", (code) => {
      resolve({
        exitCode: code ?? 1,
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
      });
    });
    // a client that stops at an error closes its input; the write that fails then is not the failure to report
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** The standard output of a program that has to succeed. */
export async function outputOf(
  program: string,
  parameters: readonly string[],
  options?: ClientOptions,
): Promise<string> {
  const { exitCode, stdout, stderr } = await runClient(program, parameters, options);
  if (exitCode !== 0) throw new Error(`${program} ended with ${exitCode}: ${stderr.trim()}`);
  return stdout;
}
