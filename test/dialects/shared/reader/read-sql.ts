import { loadDialect } from "../../../../dialects/index.js";
import { Catalog } from "../../../../src/catalog/catalog.js";
import { compareSchemas, differenceText } from "../../../../src/catalog/compare.js";
import { describeCatalog } from "../../../../src/catalog/describe.js";
import { catalogFreeContext } from "../../../../src/compiler/compile.js";
import { ReplayPoint } from "../../../../src/compiler/replay.js";
import { StepCompiler } from "../../../../src/compiler/step-compiler.js";
import type { Operations } from "../../../../src/index.js";
import type { SqlEffects } from "../../../../src/operations/execute.js";
import { applyAll } from "../../../../src/operations/index.js";
import { buildGraph } from "../../../../src/history/graph-builder.js";
import type { Revision } from "../../../../src/history/revision.js";
import type { DialectName } from "../../../../src/schema/dialect-names.js";

export type Body = (op: Operations) => void;

const revision: Revision = {
  revision: "a1",
  downRevisions: [],
  dependsOn: [],
  branchLabels: [],
  message: "only",
  documentation: "only",
  file: "versions/a1.ts",
};

/** The schema that calls leave, made in an empty database unless a schema before them is given. */
export async function schemaAfter(dialectName: DialectName, body: Body, before?: Catalog): Promise<Catalog> {
  const dialect = await loadDialect(dialectName);
  const source = { graph: buildGraph([revision]), bodyOf: () => Promise.resolve({ upgrade: body }) };
  const compiler = new StepCompiler(source, { dialect });
  const start = before ?? Catalog.empty({ rules: dialect.rules, isComplete: true });
  const point = ReplayPoint.start(() => start);
  return applyAll(start, await compiler.record(revision, "upgrade", { whole: point }));
}

/** How two schemas differ, in sentences. */
export async function differencesOf(
  dialectName: DialectName,
  one: Catalog,
  other: Catalog,
): Promise<readonly string[]> {
  const writer = catalogFreeContext({ dialect: await loadDialect(dialectName) });
  return compareSchemas(describeCatalog(one, writer), describeCatalog(other, writer)).map(differenceText);
}

/** What SQL text is read as. */
export async function readSql(dialectName: DialectName, sql: string): Promise<SqlEffects> {
  const reader = await (await loadDialect(dialectName)).loadReader?.();
  if (reader === undefined) throw new Error(`${dialectName} has no reader`);
  return reader.read(sql, undefined);
}

/** The objects that a schema knows nothing of any more. */
export function unknownIn(catalog: Catalog): readonly string[] {
  return catalog.unknown.keys();
}

/** SQL text, and the calls that say the same. */
export interface Equivalent {
  readonly sql: string;
  readonly calls: Body;
}

/** How the schema after SQL text differs from the one after calls, both on top of the same schema. */
export async function comparison(
  dialectName: DialectName,
  start: Body,
  { sql, calls }: Equivalent,
): Promise<{
  readonly differences: readonly string[];
  readonly unknown: readonly string[];
  readonly changed: boolean;
}> {
  const before = await schemaAfter(dialectName, start);
  const bySql = await schemaAfter(dialectName, (op) => op.execute(sql), before);
  const byCalls = await schemaAfter(dialectName, calls, before);
  return {
    differences: await differencesOf(dialectName, byCalls, bySql),
    unknown: unknownIn(bySql),
    changed: (await differencesOf(dialectName, before, bySql)).length > 0,
  };
}

/** What a comparison gives when the text says what the calls do, and both do something. */
export const same = { differences: [], unknown: [], changed: true };
