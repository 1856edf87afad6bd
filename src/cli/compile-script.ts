import { visibleText } from "../visible-text.js";
import type { CompilePlanOptions, CompiledRange } from "../project/compile-range.js";
import { UsageError } from "../errors.js";
import { slug } from "../revision/file-template.js";
import type { RevisionGraph } from "../history/graph.js";
import type { Plan } from "../history/steps.js";
import { layoutOf } from "./layout-options.js";
import { madeBy } from "./made-by.js";
import { keyValues, openProject } from "./open-project.js";
import { ProgressLine } from "./progress-line.js";
import { destinationOf, type ScriptOptions } from "./script-options.js";
import { deliver, type ScriptFile } from "./script-output.js";
import type { Terminal } from "./terminal.js";
import { nameOfRows, readVersionRows } from "./version-rows.js";

/** Makes the plan of a command, from the version rows if some were read. */
export type PlanOf = (graph: RevisionGraph, rows: readonly string[] | undefined) => Plan;

/**
 * What `upgrade`, `downgrade` and `stamp` have in common: plans, compiles, and brings the script to its destination.
 *
 * @returns the exit code
 */
export async function compileScript(
  command: "upgrade" | "downgrade" | "stamp",
  options: ScriptOptions & { readonly revision?: string | undefined },
  terminal: Terminal,
  planOf: PlanOf,
): Promise<number> {
  const destination = destinationOf(options);
  const { quiet, from } = options;
  const note = (text: string): void => void (quiet === true || terminal.stderr.write(`note: ${visibleText(text)}\n`));
  const x = keyValues(options.x);
  const project = await openProject(options, terminal);
  const rows = await readVersionRows(from, terminal);
  if (rows?.length === 0) note(`there are no version rows in ${nameOfRows(from ?? "")}: the database is taken as new.`);

  const { compileProjectPlan, graphOf } = await import("../project/compile-range.js");
  const graph = graphOf(project);
  const plan = planOf(graph, rows);
  if (plan.startsFromHeads) note(`the range names no start: the downgrade starts from ${plan.rowsBefore.join(", ")}.`);
  const isNothing = plan.steps.length === 0 && !plan.purges;
  if (isNothing)
    note(
      `nothing to do: ${graph.nodes.length === 0 ? "the project has no revisions yet" : "the database has it all"}.`,
    );

  const progress = new ProgressLine(terminal, quiet);
  const compileOptions: CompilePlanOptions = {
    ...layoutOf(options),
    madeBy: madeBy(command, options),
    transactionPerMigration: options.transactionPerMigration,
    x,
    tag: options.tag,
    activeResources: terminal.activeResources,
    parse: options.noParse !== true,
    wholeHistory: options.wholeHistory,
    ...(options.noSchemaChecks === true && { schemaChecks: false }),
    withBefore: options.withBefore,
    keepGoing: options.keepGoing,
    notice(text, { origin }) {
      progress.clear();
      const place = origin === undefined ? "" : `${origin.file}:${origin.line}:${origin.column}: `;
      if (quiet !== true) terminal.stderr.write(`${place}notice: ${visibleText(text)}\n`);
    },
    progress: (step, position, total) => progress.show(position, total, step.revision.file),
  };
  let compiled: CompiledRange;
  try {
    compiled = await compileProjectPlan(project, plan, compileOptions);
  } finally {
    progress.clear();
  }
  const output = {
    script: isNothing ? "" : compiled.script,
    files: () => numberedFiles(compiled, project.config.truncateSlugLength),
    fileNameParts: graph.nodes.map((node) => fileNamePart(node.id)),
  };
  const exitCode = deliver(output, destination, terminal, quiet);
  return (await reportGaps(compiled, options, terminal)) ? 1 : exitCode;
}

/** Prints why revisions could not be compiled; says whether there are any. */
async function reportGaps({ steps }: CompiledRange, options: ScriptOptions, terminal: Terminal): Promise<boolean> {
  const failures = steps.map(({ failure }) => failure).filter((failure) => failure !== undefined);
  if (failures.length === 0) return false;
  const { reportError } = await import("./report-error.js");
  const { raiseerr = false, config, quiet } = options;
  for (const failure of failures) reportError(failure, { showStack: raiseerr, config }, terminal);
  if (quiet !== true) {
    const revisions = failures.length === 1 ? "One revision is" : `${failures.length} revisions are`;
    terminal.stderr.write(`${revisions} missing in the script, which refuses to run there.\n`);
  }
  return true;
}

/** One file for each step: `0001_ae1027a6acf_add_account.sql`. */
function numberedFiles(compiled: CompiledRange, truncateSlugLength: number): readonly ScriptFile[] {
  const { steps, plan } = compiled;
  if (plan.purges) {
    throw new UsageError(
      "purge-in-files",
      "--purge empties the version table once and belongs to no single revision.",
      {
        hint: "Write the script to one file with -o FILE.",
      },
    );
  }
  const digits = Math.max(4, String(steps.length).length);
  return steps.map((compiledStep, index) => {
    const { revision, message } = compiledStep.step.revision;
    const parts = [String(index + 1).padStart(digits, "0"), fileNamePart(revision), slug(message, truncateSlugLength)];
    return { name: `${parts.filter((part) => part !== "").join("_")}.sql`, text: compiled.scriptOf(compiledStep) };
  });
}

/** Identifiers may hold what file names may not. */
function fileNamePart(identifier: string): string {
  return identifier.replace(/[^\p{L}\p{N}_.]/gu, "-");
}
