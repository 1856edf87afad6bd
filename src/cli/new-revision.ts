import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { draftRevision, type NewRevision, type RevisionDraft } from "../authoring/new-revision.js";
import type { LoadedConfig } from "../project/load-config.js";
import { FileError } from "../errors.js";
import type { RevisionGraph } from "../history/graph.js";
import { compileTemplate, loadTemplate, type Template } from "../render/templates.js";
import { fileProblem } from "./file-problem.js";
import { runPostWriteHooks } from "./post-write-hooks.js";
import type { Terminal } from "./terminal.js";

/** Writes the file of a new revision, and runs the hooks of the project on it. An existing file is never touched. */
export async function writeRevision(
  project: LoadedConfig,
  graph: RevisionGraph,
  wanted: NewRevision,
  terminal: Terminal,
): Promise<RevisionDraft> {
  const moment = { cwd: terminal.cwd, date: terminal.now() };
  const draft = draftRevision(project, graph, wanted, moment, templateOf(project));
  const { path, text, revision } = draft;
  writeNewFile(path, text, revision.file);
  if (project.config.postWriteHooks.length > 0) await runPostWriteHooks(project, path, revision.file, terminal);
  return draft;
}

function templateOf({ config, folder }: LoadedConfig): Template {
  const { revisionTemplate } = config;
  if (revisionTemplate === undefined) return loadTemplate("revision/revision.ts.hbs");
  try {
    return compileTemplate(readFileSync(resolve(folder, revisionTemplate), "utf8"));
  } catch (cause) {
    const problem = `The revision template ${revisionTemplate} cannot be used: ${fileProblem(cause)}`;
    throw new FileError("unreadable-template", problem, {
      hint: "Correct `revisionTemplate` in the configuration; its path is relative to the configuration file.",
      data: { revisionTemplate },
    });
  }
}

function writeNewFile(path: string, text: string, shown: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  } catch (cause) {
    throw new FileError("not-writable", `${shown} cannot be written: ${fileProblem(cause)}.`, {
      hint: `Change the message or the file template, or see to ${basename(dirname(path))}.`,
      data: { file: shown },
    });
  }
}
