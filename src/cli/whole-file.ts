import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { FileError } from "../errors.js";
import { fileProblem } from "./file-problem.js";

/** Files that stand ready under other names, to take their places one after the other. */
export class FileReplacement {
  readonly #ready: { readonly path: string; readonly temporary: string; readonly shown: string }[] = [];
  readonly #direct: { readonly path: string; readonly text: string; readonly shown: string }[] = [];

  /**
   * Writes a text beside the file that it is to become.
   *
   * @param shown - the file as the user named it
   */
  prepare(path: string, text: string, shown: string): void {
    try {
      const { target, stats } = targetOf(path);
      // A device or a pipe, such as /dev/null, is written to: it cannot be replaced.
      if (stats !== undefined && !stats.isFile() && !stats.isDirectory()) {
        this.#direct.push({ path: target, text, shown });
        return;
      }
      if (stats?.isDirectory()) throw notWritable(shown, "it is a folder");
      const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}`);
      const descriptor = openSync(temporary, "wx");
      // From here on there is something to remove, if the rest fails.
      this.#ready.push({ path: target, temporary, shown });
      try {
        writeFileSync(descriptor, text);
        if (stats !== undefined) fchmodSync(descriptor, stats.mode);
      } finally {
        closeSync(descriptor);
      }
    } catch (error) {
      this.abandon();
      throw error instanceof FileError ? error : notWritable(shown, fileProblem(error));
    }
  }

  /** Puts all files into their places. */
  finish(): void {
    for (const { path, text, shown } of this.#direct) this.#attempt(shown, () => writeFileSync(path, text));
    for (const { path, temporary, shown } of this.#ready) this.#attempt(shown, () => renameSync(temporary, path));
    this.#ready.length = 0;
  }

  #attempt(shown: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.abandon();
      throw notWritable(shown, fileProblem(error));
    }
  }

  /** Removes what was prepared; the files are as they were. */
  abandon(): void {
    for (const { temporary } of this.#ready) rmSync(temporary, { force: true });
    this.#ready.length = 0;
  }
}

/** Replaces one file as a whole: a reader sees the old text or the new one, never a part. */
export function writeWholeFile(path: string, text: string, shown: string): void {
  const replacement = new FileReplacement();
  replacement.prepare(path, text, shown);
  replacement.finish();
}

/** Where a path leads: a link stays a link, and the file that it names is replaced. */
function targetOf(path: string): { target: string; stats: Stats | undefined } {
  const stats = statSync(path, { throwIfNoEntry: false });
  return { target: stats === undefined ? path : realpathSync(path), stats };
}

function notWritable(shown: string, reason: string): FileError {
  return new FileError("not-writable", `${shown} cannot be written: ${reason}.`, {
    hint: "Name a file in a folder that exists and that you may write to.",
    data: { file: shown },
  });
}
