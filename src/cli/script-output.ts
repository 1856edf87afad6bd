import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { FileError, UsageError } from "../errors.js";
import { differences, type FilePair } from "./differences.js";
import { fileProblem } from "./file-problem.js";
import type { Destination } from "./script-options.js";
import { wantsColour, type Terminal } from "./terminal.js";
import { FileReplacement, writeWholeFile } from "./whole-file.js";

/** What was compiled, ready to be written in either form. */
export interface ScriptOutput {
  readonly script: string;
  /** The names and texts of one file for each revision; undefined where a script has no such form. */
  readonly files: (() => readonly ScriptFile[]) | undefined;
  /** The beginnings of names, behind their numbers, of the project's own files: those that an earlier run wrote. */
  readonly fileNameParts: readonly string[];
}

export interface ScriptFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Brings what was compiled to its destination. Nothing is written before everything is compiled.
 *
 * @returns the exit code: 1 when a check found a difference
 */
export function deliver(
  output: ScriptOutput,
  destination: Destination,
  terminal: Terminal,
  quiet: boolean | undefined,
): number {
  const path = "path" in destination ? resolve(terminal.cwd, destination.path) : "";
  const say = (text: string): void => void (quiet === true || terminal.stderr.write(`${text}\n`));
  switch (destination.kind) {
    case "stdout":
      terminal.stdout.write(output.script);
      return 0;
    case "file":
      writeWholeFile(path, output.script, destination.path);
      say(`Wrote ${destination.path}`);
      return 0;
    case "folder": {
      const files = filesOf(output);
      writeFolder(path, destination.path, files, output);
      say(`Wrote ${files.length} ${files.length === 1 ? "file" : "files"} to ${destination.path}`);
      return 0;
    }
    case "check": {
      const pairs = pairsToCheck(path, destination.path, output);
      const found = differences(pairs, wantsColour(terminal.stderr, terminal));
      if (found === "") return 0;
      terminal.stderr.write(found);
      terminal.stderr.write(`${destination.path} is not what compiles now.\n`);
      return 1;
    }
  }
}

function filesOf({ files }: ScriptOutput): readonly ScriptFile[] {
  if (files !== undefined) return files();
  throw new UsageError(
    "no-single-files",
    "This script does not consist of revisions that could stand in files alone.",
    {
      hint: "Write it to one file with -o FILE.",
    },
  );
}

const numberedFile = /^\d{4,}_(.*)\.sql$/;

/** The names in a folder that look like those of an earlier run; they may not be those of anyone else. */
function earlierFiles(path: string, shown: string, output: ScriptOutput): readonly string[] {
  const names = readdirSync(path)
    .filter((name) => numberedFile.test(name))
    .sort();
  const isOwn = (part: string): boolean =>
    output.fileNameParts.some((own) => part === own || part.startsWith(`${own}_`));
  const foreign = names.find((name) => !isOwn(numberedFile.exec(name)?.[1] ?? ""));
  if (foreign === undefined) return names;
  throw new FileError("foreign-file", `${shown} holds ${foreign}, which is not a script of this project's revisions.`, {
    hint: "Name an empty folder, or remove the file: whoever applies the folder in order would apply it too.",
    data: { folder: shown, file: foreign },
  });
}

function writeFolder(path: string, shown: string, files: readonly ScriptFile[], output: ScriptOutput): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw new FileError("not-writable", `The folder ${shown} cannot be made: ${fileProblem(cause)}.`, {
      hint: "Name a folder in a place where you may write.",
      data: { folder: shown },
    });
  }
  const earlier = earlierFiles(path, shown, output);
  const replacement = new FileReplacement();
  for (const { name, text } of files) replacement.prepare(join(path, name), text, `${shown}/${name}`);
  replacement.finish();
  const names = new Set(files.map(({ name }) => name));
  for (const name of earlier) if (!names.has(name)) rmSync(join(path, name));
}

function pairsToCheck(path: string, shown: string, output: ScriptOutput): readonly FilePair[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new FileError("check-missing", `There is no ${shown} to compare with what compiles now.`, {
      hint: "Write it first, with -o FILE or --output-dir DIR.",
      data: { file: shown },
    });
  }
  const read = (file: string): string => readFileSync(file, "utf8");
  if (!stats.isDirectory()) {
    const found = read(path);
    return [{ name: shown, found, wanted: ofSameTool(output.script, found) }];
  }
  const wanted = new Map(filesOf(output).map(({ name, text }) => [name, text]));
  const present = new Set(earlierFiles(path, shown, output));
  return [...new Set([...wanted.keys(), ...present])].sort().map((name) => {
    const found = present.has(name) ? read(join(path, name)) : undefined;
    const text = wanted.get(name);
    return { name: `${shown}/${name}`, found, wanted: text === undefined ? text : ofSameTool(text, found ?? "") };
  });
}

const toolVersion = /^-- made: +sqlembic \S+/m;

/** A script with the version of the tool that a file names: a newer one that compiles the same has nothing to tell. */
function ofSameTool(wanted: string, found: string): string {
  const [version] = toolVersion.exec(found) ?? [];
  return version === undefined ? wanted : wanted.replace(toolVersion, () => version);
}
