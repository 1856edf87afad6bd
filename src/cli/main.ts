#!/usr/bin/env node
import { run } from "./run.js";
import { processTerminal } from "./terminal.js";

// The reader of a pipe may go before all is written, as `head` does; other programs end by SIGPIPE then.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(128 + 13);
  });
}

// Not process.exit: what was written to a pipe has to arrive.
process.exitCode = await run(process.argv.slice(2), processTerminal());
