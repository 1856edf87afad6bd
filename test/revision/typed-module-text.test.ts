import * as sqlembic from "sqlembic";
import { describe, expect, it } from "vitest";
import { ModuleLoader } from "../../src/revision/loader.js";
import { captureOrigin } from "../../src/revision/origin.js";
import { readTypedModule } from "../../src/revision/typed-module-text.js";
import { projectFolder } from "../support/project-folder.js";

const helper = `export interface Shape { readonly sides: number }
export type Size = 1 | 2;
export const a = 1;
export function twice(value: number) { return value * 2; }
`;

/** Where a module calls `op`, and with what: its functions are called in order. */
async function calls(text: string): Promise<unknown> {
  const folder = projectFolder({ "helper.ts": helper, "types.d.ts": "export type Far = 1;", "a.ts": text });
  const loader = new ModuleLoader({ folder, self: () => Promise.resolve(sqlembic) });
  const made: unknown[] = [];
  const call = (...given: readonly unknown[]): void => void made.push({ ...captureOrigin(call), given });
  for (const [name, value] of Object.entries(await loader.evaluate("a.ts"))) {
    if (typeof value === "function") made.push(await (value as (op: unknown) => unknown)({ call }));
    else if (name !== "changes") made.push({ name, value });
  }
  return made;
}

/** Makes a module one that exports a variable, at its end: oxc-transform reads it then. */
const changing = "\nexport let changes = 1;";

describe("A module that is read without a parser", () => {
  it.each([
    ["types among names", 'import { t, type Operations } from "sqlembic";\nexport const size = t.string(5);'],
    ["types alone", 'import type { Operations } from "sqlembic";\nexport const revision = "a";'],
    ["a parameter and a result", "export function f(op: Operations): void {\n  op.call(1); op.call(2);\n}"],
    ["a promise", "export async function f(op: Operations): Promise<void> {\n  await null; op.call(1);\n}"],
    ["two parameters", "export function f(op: api.Operations, also: string[]): void { op.call(also); }"],
    ["no parameter", "export function f(): void {}"],
    ["constants", 'export const downRevision: string | null = "a";\nexport const labels: readonly string[] = ["b"];'],
    ["a function by default", "export default function f(op: Operations): void { op.call(1); }"],
    ["values of others", 'import { a, twice as double } from "./helper.js";\nexport const all = [a, double(a)];'],
    [
      "line ends inside",
      'import {\n  a,\n  twice,\n} from "./helper.js";\nexport const all = [\n  a,\n  twice(a),\n];',
    ],
    ["a hashbang", "#!/usr/bin/env node\nexport function f(op: Operations): void { op.call(1); }"],
  ])("does what the parsed one does, at the same positions: %s", async (_what, text) => {
    expect(readTypedModule(text)).toBeDefined();
    expect(await calls(text)).toEqual(await calls(text + changing));
  });

  it.each([
    ["arguments for types", "const dates = [1];\nexport const set = [...new Set<Date>(dates as never)].length;"],
    ["what is a comparison without types", "const f = (x: unknown) => [x];\nexport const one = f<Date>(1);"],
    ["a comparison", "export function f(op: Operations): void { for (let i = 0; i < 2; i++) op.call(i); }"],
    [
      "types without a word for it",
      'import { a, Shape } from "./helper.js";\nexport const b: Shape[] = []; export const c = a;',
    ],
    [
      "types that a comment mentions",
      'import { a, Shape } from "./helper.js";\n// a Shape, (see Shape)\nexport const c = a;',
    ],
    ["a file of types", 'import { Far } from "./types.js";\n// Far\nexport const c = 1 as Far;'],
    ["a type in a body", "export function f(op: Operations): void {\n  const n: number = 1; op.call(n);\n}"],
    [
      "an assertion",
      'const tables = ["a"] as const;\nexport function f(op: Operations): void { op.call(tables[0]!); }',
    ],
    ["an enumeration", "enum Size { small = 1 }\nexport const size: number = Size.small;"],
    ["an optional parameter", "export function f(op: Operations, many?: number): void { op.call(many ?? 1); }"],
    [
      "types that it exports",
      'export type Id = string;\nexport { type Shape } from "./helper.js";\nexport const b = 1;',
    ],
    ["a default and names", 'import path, { sep } from "node:path";\nexport const same: boolean = path.sep === sep;'],
  ])("is left to one where they differ: %s", async (_what, text) => {
    expect(await calls(text)).toEqual(await calls(text + changing));
  });

  it.each([
    ["return outside of functions", "export const a = 1;\nif (a) return;"],
    ["new.target", "export const a = new.target;"],
    ["a comment of old scripts", "export const a = 1;\n--> export const b = 2;"],
  ])("is refused for what a function may have and a module may not: %s", async (_what, text) => {
    await expect(calls(text)).rejects.toThrow("a.ts cannot be parsed");
  });

  it("keeps every line and column", () => {
    const text = `import { column, t, type Operations } from "sqlembic";

export const revision = "aaaa";
export const downRevision: string | null = null;

export function upgrade(op: Operations): void {
  op.createTable("a", [column("b", t.integer())]);
}
`;
    const lines = readTypedModule(text)?.body.split("\n").slice(1) ?? [];
    expect(lines.slice(0, 8)).toEqual(
      [
        "",
        "",
        '       const revision = "aaaa";',
        "       const downRevision                = null;",
        "",
        "       function upgrade(op            )       {",
        '  op.createTable("a", [column("b", t.integer())]);',
        "}",
      ].map((line, index) => (index === 0 ? " ".repeat(54) : line)),
    );
  });
});
