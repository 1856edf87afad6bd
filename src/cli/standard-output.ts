import { fstatSync, writeSync } from "node:fs";
import { FileError } from "../errors.js";
import { fileProblem } from "./file-problem.js";
import type { OutputStream } from "./terminal.js";

/** Standard output, and when it has handed on what was written to it: a pipe may take its time. */
interface StandardOutput extends OutputStream {
  written(): Promise<void>;
}

/**
 * Keeps the standard output of this process for what its command writes. Whatever else writes there, such as
 * `console.log` in a revision, would become a part of the script: it is led to standard error.
 */
export function claimStandardOutput(): StandardOutput {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  Object.defineProperty(stdout, "write", { value: stderr.write.bind(stderr), configurable: true, writable: true });
  const isFile = fstatSync(stdout.fd).isFile();
  return {
    isTTY: stdout.isTTY,
    get columns() {
      return stdout.columns;
    },
    written: () => new Promise((resolve) => write("", () => resolve())),
    write: (text) => (isFile ? writeWhole(stdout.fd, text) : write(text)),
  };
}

/** Writes a text to a file: of one that takes only a part, the stream of the process would say that all is well. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
  } catch (cause) {
    throw new FileError("not-writable", `Standard output cannot be written: ${fileProblem(cause)}.`);
  }
}
