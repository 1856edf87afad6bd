import { readdirSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { loadDialect } from "../../dialects/index.js";
import { compileRange, dialectNames, loadProject, type DialectName, type OperationNode } from "../../src/index.js";
import { packageFolder } from "../support/scripts.js";
import { print, record, run, withoutOrigins } from "./printed.js";

function foldersOf(parent: string): readonly string[] {
  const entries = readdirSync(`${packageFolder}${parent}`, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${parent}/${name}`);
}

const targetsOfSamples: Readonly<Record<string, readonly string[]>> = {
  "samples/saas": ["mysql", "postgresql"],
  "samples/warehouse": ["mssql", "oracle"],
};

const projects: readonly (readonly [folder: string, target: string | undefined])[] = [
  ...foldersOf("test/golden").flatMap((folder) =>
    ["postgresql", "mysql", "mariadb", "sqlite"].map((target) => [folder, target] as const),
  ),
  ...foldersOf("samples").flatMap((folder) =>
    (targetsOfSamples[folder] ?? [undefined]).map((target) => [folder, target] as const),
  ),
];

/** What authors wrote in SQL for one dialect no parser of another has to understand: this one hands nothing to them. */
const { compileNodes } = await vi.importActual<typeof import("../../src/compiler/compile.js")>(
  "../../src/compiler/compile.js",
);

/** The SQL of operations on a dialect, or why it refuses them. */
async function sqlOf(list: readonly OperationNode[], name: DialectName): Promise<readonly string[]> {
  const dialect = await loadDialect(name);
  try {
    const settings = { dialect, version: dialect.defaultVersion, namingConvention: undefined, onTrust: true };
    return compileNodes(list, settings).statements.map(({ sql }) => sql);
  } catch (error) {
    return [(error as Error).message];
  }
}

describe.each(projects)("the operations of %s for target %s", (folder, target) => {
  it.each(["upgrade", "downgrade"] as const)(
    "are recorded again from what is printed of their %s, and give the same SQL on every dialect",
    async (direction) => {
      const project = await loadProject("sqlembic.config.ts", {
        cwd: `${packageFolder}${folder}`,
        ...(target !== undefined && { target }),
      });
      const { namingConvention } = project.config;
      const range = direction === "upgrade" ? "base:heads" : "heads:base";
      const { steps } = await compileRange(project, range, { direction });
      for (const { operations } of steps) {
        const { text, used } = print(operations, namingConvention);
        const again = record(run(text, used), namingConvention);
        expect(withoutOrigins(again), text).toEqual(withoutOrigins(operations));
        expect(text).not.toContain("op.invoke");
        for (const name of dialectNames) expect(await sqlOf(again, name)).toEqual(await sqlOf(operations, name));
      }
    },
  );
});
