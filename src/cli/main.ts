#!/usr/bin/env node
import { fileProblem } from "./file-problem.js";
import { run } from "./run.js";
import { processTerminal } from "./terminal.js";

const exitCodeOfBrokenPipe = 128 + 13;

process.stderr.on("error", () => process.exit(1));
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe may go before all is written, as `head` does; other programs end by SIGPIPE then.
  if (error.code === "EPIPE") process.exit(exitCodeOfBrokenPipe);
  process.stderr.write(`error[not-writable]: Standard output cannot be written: ${fileProblem(error)}.\n`);
  process.exit(1);
});

// Not process.exit: what was written to a pipe has to arrive.
process.exitCode = await run(process.argv.slice(2), processTerminal());
