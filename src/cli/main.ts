import { writeSync } from "node:fs";
import { LoadError } from "../errors.js";
import { NotReady } from "../revision/not-ready.js";
import { runningBody } from "../revision/running-body.js";
import { fileProblem } from "./file-problem.js";
import { run } from "./run.js";
import { claimStandardOutput } from "./standard-output.js";
import { processTerminal } from "./terminal.js";

const exitCodeOfBrokenPipe = 128 + 13;

/** What was going on when the process came to its end too early. */
function whatRan(): string {
  const body = runningBody();
  return body === undefined ? "while the files of the project were loaded" : `in ${body}`;
}

/** Nothing is left that could settle what the command waits for. */
function neverSettles(): LoadError {
  return new LoadError("never-settles", `What is awaited ${whatRan()} never happens: nothing is running any more.`, {
    hint: "Look for a promise that nobody resolves.",
  });
}

/** What failed outside of all that the command awaits, such as in a promise that a body began and did not await. */
async function strayFailure(error: unknown): Promise<unknown> {
  const [{ originOfError }, { reasonOf }, { SqlembicError }] = await Promise.all([
    import("../revision/origin.js"),
    import("../revision/load-failures.js"),
    import("../errors.js"),
  ]);
  const origin = originOfError(error);
  if (!(error instanceof Error) || error instanceof SqlembicError || origin === undefined) return error;
  const failure = new LoadError(
    "stray-error",
    `What a file of the project began, and did not await, failed: ${reasonOf(error)}`,
    {
      origin,
      hint: "Await it where it begins.",
    },
  );
  failure.cause = error;
  return failure;
}

/** Runs the command line of this process, and ends it. */
export async function main(): Promise<never> {
  let isDone = false;
  const end = (exitCode: number): never => {
    isDone = true;
    process.exit(exitCode);
  };
  process.on("exit", () => {
    if (isDone) return;
    // Somebody else has ended the process. Nothing but this can be written any more.
    writeSync(
      process.stderr.fd,
      `error[ended-early]: process.exit was called ${whatRan()}, before the command was done.\n` +
        "hint: Throw an error where the script cannot be made.\n",
    );
    process.exitCode = 1;
  });
  process.stderr.on("error", () => end(1));
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader of a pipe may go before all is written, as `head` does; other programs end by SIGPIPE then.
    if (error.code === "EPIPE") end(exitCodeOfBrokenPipe);
    process.stderr.write(`error[not-writable]: Standard output cannot be written: ${fileProblem(error)}.\n`);
    end(1);
  });

  const strays: unknown[] = [];
  const interruption = new Promise<never>((_resolve, reject) => {
    process.once("beforeExit", () => setImmediate(() => reject(neverSettles())));
    process.on("uncaughtException", (error: unknown) => {
      if (error instanceof NotReady) return; // a recording that is thrown away
      strays.push(error);
      // A call that comes too late is told with the revision that made it, by whoever compiles that.
      if (error instanceof Error && "code" in error && error.code === "called-after-end") return;
      void strayFailure(error).then(reject);
    });
  });
  const stdout = claimStandardOutput();
  const terminal = { ...processTerminal(), stdout, interruption };
  const parameters = process.argv.slice(2);
  let exitCode = await run(parameters, terminal);
  if (exitCode === 0 && strays.length > 0) {
    const { reportError } = await import("./report-error.js");
    const options = { showStack: parameters.includes("--raiseerr"), config: undefined };
    exitCode = reportError(await strayFailure(strays[0]), options, terminal);
  }
  await Promise.all([stdout.written(), new Promise<void>((resolve) => process.stderr.write("", () => resolve()))]);
  // Left to itself, Node would wait for V8 to finish optimising a grammar in WebAssembly that nobody needs any more.
  return end(exitCode);
}
