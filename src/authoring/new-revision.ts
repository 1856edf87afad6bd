import { randomUUID } from "node:crypto";
import { dirname, join, relative, resolve } from "node:path";
import { FileError, RevisionError, UsageError } from "../errors.js";
import { buildGraph } from "../history/graph-builder.js";
import { isHead, type RevisionGraph, type RevisionNode } from "../history/graph.js";
import type { Revision } from "../history/revision.js";
import { selectRevision } from "../history/selector.js";
import type { Template } from "../render/templates.js";
import { relativeFile } from "../revision/files.js";
import { revisionFileName } from "../revision/file-template.js";
import { scanRevision } from "../revision/scan.js";
import type { RevisionBodies } from "./bodies.js";
import { dateText, revisionText } from "./revision-text.js";

/** What of a project says how its new revisions look. */
export interface RevisionProject {
  /** The folder of the configuration file: an absolute path. */
  readonly folder: string;
  readonly config: {
    readonly versionLocations: readonly string[];
    readonly recursiveVersionLocations: boolean;
    readonly fileTemplate: string;
    readonly truncateSlugLength: number;
    readonly timezone?: string | undefined;
    /** The file of the project's own template. */
    readonly revisionTemplate?: string | undefined;
  };
}

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
  /** What it does, and what it imports for that. */
  readonly bodies: RevisionBodies;
}

/** Where and when a new revision is made. */
export interface Moment {
  /** The folder that a version location may be relative to. */
  readonly cwd: string;
  readonly date: Date;
}

/** A revision file that is to be written. */
export interface RevisionDraft {
  readonly revision: Revision;
  /** An absolute path. */
  readonly path: string;
  readonly text: string;
}

/** What the version table has room for. */
const longestIdentifier = 32;

/**
 * The file of a new revision, after the history with it has been checked as a whole. Nothing is written.
 *
 * @throws UsageError, RevisionError or FileError that says what of the wish, the history or the template is in the way
 */
export function draftRevision(
  project: RevisionProject,
  graph: RevisionGraph,
  wanted: NewRevision,
  { cwd, date }: Moment,
  template: Template,
): RevisionDraft {
  const { config, folder } = project;
  const { timezone, truncateSlugLength } = config;
  const message = wanted.message ?? "empty message";
  refuseFollowed(wanted);
  const identifier = wanted.identifier ?? newIdentifier(graph);
  refuseLong(identifier);
  const location = versionFolder(project, wanted, cwd);
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
  const text = revisionText(revision, wanted.bodies, dateText(date, timezone), template);
  refuseOtherHistory(revision, text, config.revisionTemplate);
  return { revision, path, text };
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
function versionFolder({ config, folder }: RevisionProject, { versionPath, down }: NewRevision, cwd: string): string {
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
