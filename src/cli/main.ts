#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { fileProblem } from "./file-problem.js";
import { run } from "./run.js";
import { processTerminal } from "./terminal.js";

// A compilation ends before most optimised code has paid for its making. V8 is told to wait three times as long before
// it optimises, and not to optimise the grammar in WebAssembly, whose one large function takes longer than all texts.
setFlagsFromString("--interrupt-budget=400000");
setFlagsFromString("--liftoff-only");

const exitCodeOfBrokenPipe = 128 + 13;

process.stderr.on("error", () => process.exit(1));
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe may go before all is written, as `head` does; other programs end by SIGPIPE then.
  if (error.code === "EPIPE") process.exit(exitCodeOfBrokenPipe);
  process.stderr.write(`error[not-writable]: Standard output cannot be written: ${fileProblem(error)}.\n`);
  process.exit(1);
});

/** Waits until a stream has handed on what was written to it: a pipe may take its time. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}

const exitCode = await run(process.argv.slice(2), processTerminal());
await Promise.all([written(process.stdout), written(process.stderr)]);
// Left to itself, Node would wait for V8 to finish optimising a grammar in WebAssembly that nobody needs any more.
process.exit(exitCode);
