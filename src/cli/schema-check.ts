import { printOperations } from "../authoring/operations.js";
import { commentLine } from "../compiler/script/comments.js";
import { terminated } from "../compiler/script/terminated.js";
import { SchemaError } from "../errors.js";
import { schemaDifference } from "../project/schema-difference.js";
import { visibleJson, visibleText } from "../visible-text.js";
import type { GlobalOptions } from "./global-options.js";
import { keyValues, openProject } from "./open-project.js";
import { printSchemaOf } from "./printed-schema.js";
import type { Terminal } from "./terminal.js";

/** In which form a check tells what it found. */
export interface CheckForm {
  readonly json: boolean | undefined;
  readonly sql: boolean | undefined;
}

/**
 * Compares the schema that the revisions lead to with the target schema.
 *
 * @returns the exit code: 0 when there is nothing to do
 */
export async function checkSchema(
  { json, sql }: CheckForm,
  options: GlobalOptions,
  terminal: Terminal,
): Promise<number> {
  const project = await openProject(options, terminal);
  const difference = await schemaDifference(project, {
    x: keyValues(options.x),
    activeResources: terminal.activeResources,
    printSchema: printSchemaOf(project, terminal, options.quiet),
  });
  const { detected, upgrade, gaps, revisions, settings } = difference;
  const isSame = upgrade.length === 0 && gaps.upgrade.length === 0;
  const { stdout } = terminal;
  if (json === true) {
    const calls = printOperations(upgrade, new Set(), { namingConvention: project.config.namingConvention });
    const operations = upgrade.map(({ kind }, position) => ({ kind, call: calls[position] }));
    const sqlTexts = (await difference.statements()).map((statement) => statement.sql);
    const found = { revisions, detected, operations, toDecide: gaps.upgrade, sql: sqlTexts };
    stdout.write(`${visibleJson(JSON.stringify(found, undefined, 2))}\n`);
  } else if (sql === true) {
    for (const { what } of gaps.upgrade) stdout.write(`${visibleText(commentLine(`To be decided: ${what}`))}\n`);
    for (const statement of await difference.statements()) {
      stdout.write(`${visibleText(terminated(statement.sql, settings.dialect.script))}\n\n`);
    }
  } else if (isSame) {
    if (options.quiet !== true) stdout.write("No new upgrade operations detected.\n");
  } else
    stdout.write(
      visibleText(
        [...detected, ...gaps.upgrade.map(({ what }) => `To be decided: ${what}`)].map((line) => `${line}\n`).join(""),
      ),
    );
  if (isSame) return 0;
  throw new SchemaError("schema-differs", `New upgrade operations detected: ${upgrade.length + gaps.upgrade.length}.`, {
    hint: 'Write them into a revision: sqlembic revision --autogenerate -m "…"',
    data: { detected },
  });
}
