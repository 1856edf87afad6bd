import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { FileError, SchemaError, UsageError } from "../errors.js";
import { buildGraph } from "../history/graph-builder.js";
import type { RevisionGraph } from "../history/graph.js";
import { selectRevisions } from "../history/selector.js";
import { findDrift, type Drift, type DriftDetail, type DriftReport, type Mending } from "../project/drift.js";
import { dumpedRows } from "../project/dumped-rows.js";
import { visibleJson, visibleText } from "../visible-text.js";
import { fileProblem } from "./file-problem.js";
import type { GlobalOptions } from "./global-options.js";
import { keyValues, openProject } from "./open-project.js";
import type { Terminal } from "./terminal.js";

/** What a check of a dump is asked. */
export interface DriftQuestion {
  /** The file, or `-` for standard input. */
  readonly dump: string;
  /** The revision that the database is at, for a dump without its version rows. */
  readonly at: string | undefined;
  readonly json: boolean | undefined;
}

async function textOf(dump: string, { stdin, cwd }: Terminal): Promise<string> {
  try {
    return new TextDecoder().decode(dump === "-" ? await stdin.read() : readFileSync(resolve(cwd, dump)));
  } catch (cause) {
    throw new FileError("unreadable-dump", `${dump} cannot be read: ${fileProblem(cause)}.`, {
      hint: "Name a dump: pg_dump --schema-only, mysqldump --no-data or sqlite3 .schema; or - for standard input.",
      data: { file: dump },
    });
  }
}

/** The version rows of the database: those in the dump, else of the revision that is named; undefined: the heads. */
function rowsOf(
  graph: RevisionGraph,
  found: readonly string[] | undefined,
  at: string | undefined,
  file: string,
): readonly string[] | undefined {
  const named = at === undefined ? undefined : selectRevisions(graph, at).map(({ id }) => id);
  if (found === undefined) return named;
  if (named !== undefined && [...named].sort().join() !== [...found].sort().join()) {
    throw new UsageError("two-versions", `${file} is of a database at ${found.join(", ") || "base"}, not at ${at}.`, {
      hint: "Leave --at out: it is for dumps without the rows of the version table.",
    });
  }
  const foreign = found.find((row) => graph.get(row) === undefined);
  if (foreign === undefined) return found;
  throw new FileError("unknown-row", `${file} is of a database at "${foreign}", which is no revision here.`, {
    hint: "Check with the project that the database belongs to. A row with + or - is of a revision that is half-applied.",
    data: { row: foreign },
  });
}

function detailText({ object, attribute, revisions, database, revision }: DriftDetail): string {
  const by = revision === undefined ? "" : ` (${revision.revision}, ${revision.file})`;
  if (attribute !== undefined) {
    return `${object}: ${attribute} is ${database ?? "none"} in the database, ${revisions ?? "none"} in the revisions${by}`;
  }
  if (database === undefined) return `${object} is missing in the database: ${revisions ?? ""}${by}`;
  return `${object} is in the database alone: ${database}${by}`;
}

function mendingLines(title: string, mending: Mending): readonly string[] {
  if ("reason" in mending) return [`  ${title}: ${mending.reason}`];
  return [`  ${title}:`, ...mending.statements.flatMap((sql) => `${sql};`.split("\n").map((line) => `    ${line}`))];
}

function driftText({ object, details, mendDatabase, mendRevisions }: Drift): string {
  return [
    object,
    ...details.map((detail) => `  ${detailText(detail)}`),
    ...mendingLines("to make the database as the revisions have it", mendDatabase),
    ...mendingLines("to make the revisions as the database has it", mendRevisions),
    "",
    "",
  ].join("\n");
}

function jsonOf({ revisions, drifts, notCompared }: DriftReport): string {
  const plain = {
    revisions,
    differences: drifts.map(({ details, ...drift }) => ({
      ...drift,
      details: details.map(({ revision, ...detail }) => ({
        ...detail,
        ...(revision !== undefined && { revision: revision.revision, file: revision.file }),
      })),
    })),
    notCompared: notCompared.map(({ object, reason, origin }) => ({ object, reason, ...origin })),
  };
  return `${visibleJson(JSON.stringify(plain, undefined, 2))}\n`;
}

/**
 * Compares a dump of a database with the schema that its version rows stand for.
 *
 * @returns the exit code: 0 when they are the same, 1 when something could not be compared
 */
export async function checkDrift(
  { dump, at, json }: DriftQuestion,
  options: GlobalOptions,
  terminal: Terminal,
): Promise<number> {
  const { stdout, stderr } = terminal;
  const project = await openProject(options, terminal);
  const file = dump === "-" ? "standard input" : dump;
  const text = await textOf(dump, terminal);
  if (text.trim() === "") {
    throw new FileError("empty-dump", `${file} is empty: that is no dump of any database.`, {
      hint: "The program that was to write it may have failed; run it alone.",
    });
  }
  const rows = rowsOf(buildGraph(project.revisions), dumpedRows(text, project.config.versionTable), at, file);
  const report = await findDrift(
    project,
    { file, text, rows },
    { x: keyValues(options.x), activeResources: terminal.activeResources },
  );
  const { drifts, notCompared, revisions } = report;
  if (json === true) stdout.write(jsonOf(report));
  else {
    for (const { object, reason, origin } of notCompared) {
      const place = origin === undefined ? "" : ` (${origin.file}:${origin.line})`;
      stderr.write(visibleText(`Not compared: ${object}: ${reason}${place}\n`));
    }
    stdout.write(visibleText(drifts.map(driftText).join("")));
  }
  const version = revisions.length === 0 ? "base" : revisions.join(", ");
  if (drifts.length === 0) {
    if (json !== true && options.quiet !== true) {
      const part = notCompared.length === 0 ? "No drift" : "No drift in what can be compared";
      stdout.write(`${part}: the database is as ${version} has it.\n`);
    }
    // who asks by the exit code alone must not take what nobody looked at for sound
    return notCompared.length === 0 ? 0 : 1;
  }
  throw new SchemaError(
    "drift",
    `The database is not as ${version} has it. What differs: ${drifts.map(({ object }) => object).join(", ")}.`,
    {
      hint: "Apply the one SQL to the database, or write the other into a revision.",
      data: { objects: drifts.map(({ object }) => object) },
    },
  );
}
