import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, resolve } from "node:path";
import { ConfigError, LoadError, OperationError } from "../errors.js";
import { refuseMisspelt } from "../revision/export-names.js";
import { listRevisionFiles, readSource, relativeFile } from "../revision/files.js";
import type { ModuleNamespace } from "../revision/loader.js";
import type { Revision } from "../history/revision.js";
import type { SourceFile } from "../revision/row-files.js";
import { agrees, constantNames, scanRevision, scanSource, toRevision } from "../revision/scan.js";
import { loadConfig, type LoadConfigOptions, type LoadedConfig } from "./load-config.js";

/** What a revision does: the functions of its file, called with `op`. */
export interface RevisionBody<Op> {
  readonly upgrade?: (op: Op) => void | Promise<void>;
  readonly downgrade?: (op: Op) => void | Promise<void>;
}

/** A configuration with the revisions that it names. */
export interface Project<Op> extends LoadedConfig {
  /** All revisions, in the order of their file names. Their files have been read, not evaluated. */
  readonly revisions: readonly Revision[];
  /** Evaluates the file of one revision. */
  bodyOf(revision: Revision): Promise<RevisionBody<Op>>;
  /** The same synchronously, where what the file imports has been loaded. */
  bodySync(revision: Revision): RevisionBody<Op> | undefined;
  /** The texts of a revision's file and of the project's files that it imports, as far as they have been evaluated. */
  readonly textsOf: (revision: Revision) => readonly string[];
  /** Has all files evaluated anew when they are next asked for. */
  readonly forget: () => void;
  /** Reads a file by its path from the folder of a revision's file: rows that the revision inserts. */
  readonly readBeside: (revision: Revision, path: string) => SourceFile;
  /** Evaluates a module by its path from the folder of the configuration. */
  moduleAt(file: string): Promise<ModuleNamespace>;
  /** Reads the dump that the configuration names as the baseline; undefined when it names none. */
  baseline(): Promise<string | undefined>;
}

/**
 * Loads a configuration and reads all revisions. Revision files are only evaluated when their body is asked for, or
 * when a constant in them is computed.
 *
 * @example
 * const project = await loadProject<Operations>("sqlembic.config.ts", { cwd, self: () => import("../index.js") });
 * project.revisions.map(({ revision }) => revision); // ["1975ea83b712", "ae1027a6acf"]
 */
export async function loadProject<Op>(
  configFile: string | undefined,
  options: LoadConfigOptions,
): Promise<Project<Op>> {
  const { loader, ...loaded } = await loadConfig(configFile, options);
  const { folder, config } = loaded;
  const files = listRevisionFiles(folder, config.versionLocations, { recursive: config.recursiveVersionLocations });
  const sources = new Map<string, string>();
  const revisions: Revision[] = [];
  for (const file of files) {
    const source = readSource(`${folder}/${file}`, file);
    sources.set(file, source);
    const revision = scanRevision(file, source);
    revisions.push(revision ?? toRevision(file, source, scanSource(source), await loader.evaluate(file, source)));
  }
  const sourceOf = ({ file }: Revision): string => sources.get(file) ?? "";
  return {
    ...loaded,
    revisions,
    bodyOf: async (revision) => bodyFrom(revision, await loader.evaluate(revision.file, sourceOf(revision))),
    bodySync(revision) {
      const exports = loader.evaluateSync(revision.file, sourceOf(revision));
      return exports && bodyFrom(revision, exports);
    },
    textsOf: (revision) => [sourceOf(revision), ...loader.importedTexts(revision.file)],
    forget: () => loader.forget(),
    readBeside: (revision, path) => readBeside(folder, revision, path),
    moduleAt: (file) => loader.evaluate(file),
    baseline: () => Promise.resolve(readBaselineFile(loaded)),
  };
}

/** A path that begins at the root means something on one machine only. */
function readBeside(folder: string, revision: Revision, path: string): SourceFile {
  if (isAbsolute(path) || /^[A-Za-z]:|^\\/.test(path)) {
    throw new OperationError("absolute-path", `"${path}" is a path of this machine.`, {
      hint: 'Write it from the folder of the revision file: "./rows.csv".',
    });
  }
  const absolute = resolve(folder, dirname(revision.file), path);
  const file = relativeFile(folder, absolute);
  return { file, text: readSource(absolute, file) };
}

function readBaselineFile({ folder, file, config: { baseline } }: LoadedConfig): string | undefined {
  if (baseline === undefined) return undefined;
  const path = resolve(folder, baseline);
  if (existsSync(path)) return readSource(path, baseline);
  throw new ConfigError("baseline-not-found", `There is no baseline "${baseline}".`, {
    origin: { file: basename(file), line: 1, column: 1 },
    hint:
      "`baseline` names a dump beside the configuration: pg_dump --schema-only, mysqldump --no-data or sqlite3 .schema. " +
      "Leave it out when the history starts with an empty database.",
    problems: [`baseline: ${baseline} does not exist`],
  });
}

/** The order of the history was made from the text of the file; running it must not tell another story. */
function constantsDiffer(revision: Revision): LoadError {
  const names = constantNames.map((name) => `\`${name}\``).join(", ");
  return new LoadError(
    "constants-differ",
    `${revision.file}: the constants of revision ${revision.revision} change while the file is evaluated.`,
    {
      origin: { file: revision.file, line: 1, column: 1 },
      hint: `Write ${names} as constants, each with an \`export const\` of its own.`,
      data: { file: revision.file, revision: revision.revision },
    },
  );
}

function bodyFrom<Op>(revision: Revision, exports: ModuleNamespace): RevisionBody<Op> {
  if (!agrees(revision, exports)) throw constantsDiffer(revision);
  type Body = NonNullable<RevisionBody<Op>["upgrade"]>;
  const functionNamed = (name: "upgrade" | "downgrade"): Body | undefined => {
    const value = exports[name];
    if (value === undefined || typeof value === "function") return value as Body | undefined;
    throw new LoadError("invalid-body", `${revision.file}: ${name} is not a function.`, {
      origin: { file: revision.file, line: 1, column: 1 },
      hint: `Write \`export function ${name}(op: Operations): void { … }\`.`,
      data: { file: revision.file, revision: revision.revision },
    });
  };
  const upgrade = functionNamed("upgrade");
  const downgrade = functionNamed("downgrade");
  if (upgrade === undefined || downgrade === undefined) {
    const origin = { file: revision.file, line: 1, column: 1 };
    refuseMisspelt(revision.file, Object.keys(exports), () => origin);
  }
  if (upgrade === undefined) return downgrade === undefined ? {} : { downgrade };
  return downgrade === undefined ? { upgrade } : { upgrade, downgrade };
}
