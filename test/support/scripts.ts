import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { compileRange, loadProject } from "../../src/index.js";
import type { Scripts } from "../engines/round-trip.js";

/** The folder of the package. */
export const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

/** Loads a project of this repository, for one of its named targets. */
function load(folder: string, target: string | undefined): ReturnType<typeof loadProject> {
  return loadProject("sqlembic.config.ts", {
    cwd: `${packageFolder}${folder}`,
    ...(target !== undefined && { target }),
  });
}

/** Compiles a range of a project of this repository. */
export async function compileProject(
  folder: string,
  range: string,
  options: { readonly target?: string | undefined; readonly direction?: "upgrade" | "downgrade" } = {},
): Promise<string> {
  const { target, direction = "upgrade" } = options;
  return (await compileRange(await load(folder, target), range, { direction })).script;
}

/** The scripts of a project from base to its heads and back. */
export async function compileScripts(folder: string, target?: string): Promise<Scripts> {
  const project = await load(folder, target);
  const upgrade = await compileRange(project, "heads");
  const downgrade = await compileRange(project, "heads:base", { direction: "downgrade" });
  return { upgrade: upgrade.script, downgrade: downgrade.script, versionTable: project.config.versionTable };
}

/** Compares a script, byte for byte, with the file that is kept of it; `npm test -- --update` rewrites the file. */
export function expectKept(file: string, script: string): void {
  const path = `${packageFolder}${file}`;
  const bytes = Buffer.from(script, "utf8");
  if (process.env["UPDATE_SAMPLES"] === "1") {
    if (!existsSync(path) || !readFileSync(path).equals(bytes)) writeFileSync(path, bytes);
    return;
  }
  expect(existsSync(path), `${file} is missing: write it with npm test -- --update`).toBe(true);
  const kept = readFileSync(path);
  if (kept.equals(bytes)) return;
  expect(script, `${file} is not what compiles now: npm test -- --update`).toBe(kept.toString("utf8"));
  expect(bytes).toEqual(kept);
}
