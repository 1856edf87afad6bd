import { EngineError } from "../../errors.js";
import { requirePackage } from "../../on-demand.js";

/** What a client program is run with. A password goes through the environment, where `ps` does not show it. */
export interface Client {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run({ program, parameters, environment = {} }: Client, input: string): Promise<Outcome> {
  const { spawn } = requirePackage("node:child_process") as typeof import("node:child_process");
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { env: { ...process.env, ...environment } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") return reject(error);
      reject(
        new EngineError("client-missing", `The program ${program} is not on this machine.`, {
          hint: `Install it, or leave the URL out to prove on an embedded engine.`,
          data: { program },
        }),
      );
    });
    child.on("close", (code) => {
      const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString("utf8");
      resolve({ exitCode: code ?? 1, stdout: text(stdout), stderr: text(stderr) });
    });
    // a client that stops at an error closes its input; the write that fails then is not the failure to report
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/**
 * Runs a client program and gives what it printed.
 *
 * @throws EngineError with what it said when it fails
 */
export async function outputOf(client: Client, input = ""): Promise<string> {
  const { exitCode, stdout, stderr } = await run(client, input);
  if (exitCode === 0) return stdout;
  throw new EngineError("engine-refused", `${client.program}: ${stderr.trim()}`, { data: { exitCode } });
}
