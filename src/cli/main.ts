import { fileProblem } from "./file-problem.js";
import { run } from "./run.js";
import { processTerminal } from "./terminal.js";

const exitCodeOfBrokenPipe = 128 + 13;

/** Waits until a stream has handed on what was written to it: a pipe may take its time. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}

/** Runs the command line of this process, and ends it. */
export async function main(): Promise<never> {
  process.stderr.on("error", () => process.exit(1));
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader of a pipe may go before all is written, as `head` does; other programs end by SIGPIPE then.
    if (error.code === "EPIPE") process.exit(exitCodeOfBrokenPipe);
    process.stderr.write(`error[not-writable]: Standard output cannot be written: ${fileProblem(error)}.\n`);
    process.exit(1);
  });
  const exitCode = await run(process.argv.slice(2), processTerminal());
  await Promise.all([written(process.stdout), written(process.stderr)]);
  // Left to itself, Node would wait for V8 to finish optimising a grammar in WebAssembly that nobody needs any more.
  process.exit(exitCode);
}
