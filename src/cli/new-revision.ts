import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { LoadedConfig } from "../project/load-project.js";
import { FileError, RevisionError, UsageError } from "../errors.js";
import { compileTemplate, loadTemplate, type Template } from "../render/templates.js";
import { relativeFile } from "../revision/files.js";
import { revisionFileName } from "../revision/file-template.js";
import { buildGraph } from "../history/graph-builder.js";
import { isHead, type RevisionGraph, type RevisionNode } from "../history/graph.js";
import type { Revision } from "../history/revision.js";
import { scanRevision } from "../revision/scan.js";
import { selectRevision } from "../history/selector.js";
import { fileProblem } from "./file-problem.js";
import type { Terminal } from "./terminal.js";

/** What a new revision is to be. */
export interface NewRevision {
  readonly message: string | undefined;
  /** The revisions that it follows; none for a new base. */
  readonly down: readonly RevisionNode[];
  /** Whether they may have followers already. */
  readonly splice: boolean | undefined;
  readonly identifier: string | undefined;
  readonly branchLabel: string | undefined;
  readonly dependsOn: readonly string[] | undefined;
  readonly versionPath: string | undefined;
  /** The line that imports what its body will use. */
  readonly imports: string;
}

/** What the version table has room for. */
const longestIdentifier = 32;
const emptyBody = "{}";

/**
 * Writes a new revision file, after the history with it has been checked as a whole. An existing file is never touched.
 */
export function writeRevision(
  project: LoadedConfig,
  graph: RevisionGraph,
  wanted: NewRevision,
  terminal: Terminal,
): { readonly revision: Revision; readonly path: string } {
  const { config, folder } = project;
  const { timezone, truncateSlugLength } = config;
  const message = wanted.message ?? "empty message";
  refuseFollowed(wanted);
  const identifier = wanted.identifier ?? newIdentifier(graph);
  refuseLong(identifier);
  const date = terminal.now();
  const location = versionFolder(project, wanted, terminal);
  const name = revisionFileName(config.fileTemplate, {
    revision: identifier,
    message,
    date,
    timezone,
    truncateSlugLength,
  });
  const path = join(location, name);
  if (dirname(path) !== location && !config.recursiveVersionLocations) throw notRecursive(name);
  const revision: Revision = {
    revision: identifier,
    downRevisions: wanted.down.map((node) => node.id),
    dependsOn: (wanted.dependsOn ?? []).map((given) => dependencyNamed(graph, given)),
    branchLabels: wanted.branchLabel === undefined ? [] : [wanted.branchLabel],
    message,
    documentation: message,
    file: relativeFile(folder, path),
  };
  buildGraph([...graph.nodes.map((node) => node.revision), revision]);
  const text = textOf(revision, wanted.imports, dateText(date, timezone), templateOf(project));
  refuseOtherHistory(revision, text, config.revisionTemplate);
  writeNewFile(path, text, revision.file);
  return { revision, path };
}

/** As Alembic makes them: the last twelve digits of a random UUID. */
function newIdentifier(graph: RevisionGraph): string {
  for (;;) {
    const identifier = randomUUID().slice(-12);
    if (graph.get(identifier) === undefined) return identifier;
  }
}

function refuseLong(identifier: string): void {
  if (identifier.length <= longestIdentifier) return;
  throw new UsageError(
    "long-identifier",
    `The identifier "${identifier}" has ${identifier.length} characters; the version table has room for ${longestIdentifier}.`,
    { hint: "Choose a shorter one, and say the rest in the message.", data: { identifier } },
  );
}

function refuseFollowed({ down, splice }: NewRevision): void {
  const followed = down.find((node) => !isHead(node));
  if (followed === undefined || splice === true) return;
  const next = followed.next.map((node) => node.id).join(", ");
  throw new RevisionError("not-a-head", `Revision "${followed.id}" is not a head: ${next} follows it already.`, {
    hint: "To open a branch there on purpose, add --splice.",
    data: { revision: followed.id },
  });
}

function notRecursive(name: string): UsageError {
  return new UsageError("nested-file", `The file template gives "${name}", in a folder that no one would read.`, {
    hint: "Set `recursiveVersionLocations: true` in the configuration.",
    data: { name },
  });
}

/** The identifier of a dependency, or the label that was given for it. */
function dependencyNamed(graph: RevisionGraph, given: string): string {
  const node = selectRevision(graph, given);
  if (node === undefined) {
    throw new UsageError("no-revision", `--depends-on "${given}" stands for no revision.`, {
      hint: "Name a revision or a branch label.",
    });
  }
  return node.revision.branchLabels.includes(given) ? given : node.id;
}

/** The version location for the new file: the one that was named, the only one, or that of the revision below. */
function versionFolder(
  { config, folder }: LoadedConfig,
  { versionPath, down }: NewRevision,
  { cwd }: Terminal,
): string {
  const locations = config.versionLocations.map((location) => resolve(folder, location));
  const shown = config.versionLocations.join(", ");
  if (versionPath !== undefined) {
    const named = [resolve(cwd, versionPath), resolve(folder, versionPath)].find((path) => locations.includes(path));
    if (named !== undefined) return named;
    throw new UsageError("unknown-version-path", `--version-path ${versionPath} is not a version location.`, {
      hint: `The version locations of the configuration are ${shown}.`,
      data: { versionPath },
    });
  }
  const [only, ...others] = locations;
  if (only !== undefined && others.length === 0) return only;
  const below = down.map((node) => resolve(folder, node.revision.file));
  const holding = below.map((file) => locations.find((location) => !relative(location, file).startsWith("..")));
  const found = holding.find((location) => location !== undefined);
  if (found !== undefined) return found;
  throw new UsageError("several-version-locations", "The project has several version locations, and none is named.", {
    hint: `Choose one with --version-path: ${shown}.`,
  });
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

function textOf(revision: Revision, imports: string, createDate: string, template: Template): string {
  const { revision: identifier, downRevisions, branchLabels, dependsOn, message } = revision;
  const values = {
    comment: commentLines(message),
    message: message.replaceAll("*/", "* /"),
    revision: identifier,
    revises: downRevisions.length === 0 ? "<base>" : downRevisions.join(", "),
    createDate,
    imports,
    revisionLiteral: JSON.stringify(identifier),
    downRevisionLiteral: literal(downRevisions),
    branchLabelsLiteral: literal(branchLabels),
    dependsOnLiteral: literal(dependsOn),
    upgradeBody: emptyBody,
    downgradeBody: emptyBody,
  };
  try {
    return template(values);
  } catch (cause) {
    throw new FileError("unreadable-template", `The revision template cannot be filled in: ${fileProblem(cause)}`, {
      hint: `It may use ${Object.keys(values).join(", ")}.`,
    });
  }
}

/** The lines of a doc comment, which nothing in a message can end. */
function commentLines(message: string): string {
  return message
    .trim()
    .replaceAll("*/", "* /")
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => ` * ${line.replace(/\p{Cc}/gu, " ")}`.trimEnd())
    .join("\n");
}

function literal(values: readonly string[]): string {
  const [first, ...others] = values;
  if (first === undefined) return "null";
  return others.length === 0 ? JSON.stringify(first) : `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

function dateText(date: Date, timeZone: string | undefined): string {
  // The Swedish form is the ISO one.
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone });
  return timeZone === undefined ? format.format(date) : `${format.format(date)} ${timeZone}`;
}

/** A template of the project's own may forget a constant; the file would then break the history. */
function refuseOtherHistory(revision: Revision, text: string, template: string | undefined): void {
  if (template === undefined) return;
  const written = scanRevision(revision.file, text);
  if (written === undefined) return;
  const keys = ["revision", "downRevisions", "branchLabels", "dependsOn"] as const;
  const different = keys.find((key) => String(written[key]) !== String(revision[key]));
  if (different === undefined) return;
  throw new FileError("template-differs", `The revision template ${template} does not keep what the revision is.`, {
    hint: "Let it write {{revisionLiteral}}, {{downRevisionLiteral}}, {{branchLabelsLiteral}} and {{dependsOnLiteral}}.",
    data: { constant: different },
  });
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
