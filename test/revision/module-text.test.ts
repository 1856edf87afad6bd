import * as sqlembic from "sqlembic";
import { describe, expect, it } from "vitest";
import { ModuleLoader, type ModuleNamespace } from "../../src/revision/loader.js";
import { captureOrigin } from "../../src/revision/origin.js";
import { readModule } from "../../src/revision/module-text.js";
import { projectFolder } from "../support/project-folder.js";

const helper = `export const a = 1, b = "two";
export function twice(value: number) { return value * 2; }
export class Point { constructor(readonly x: number) {} }
export default "whole";
`;

/** A value with the texts of its functions and classes, which each loader makes anew. */
function told(value: unknown): unknown {
  if (typeof value === "function") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(told);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, told(one)]));
}

/** What a module exports, and where it calls `op`: functions are called with it. */
async function observed(text: string): Promise<{ exports: unknown; calls: unknown }> {
  const folder = projectFolder({ "helper.ts": helper, "data.json": '{ "rows": [1, 2] }', "a.ts": text });
  const loader = new ModuleLoader({ folder, self: () => Promise.resolve(sqlembic) });
  const exports: ModuleNamespace = await loader.evaluate("a.ts");
  const calls: unknown[] = [];
  const call = (...given: readonly unknown[]): void => void calls.push({ ...captureOrigin(call), given });
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(exports)) {
    if (name === "changes") continue;
    const isFunction = typeof value === "function" && !String(value).startsWith("class");
    given[name] = told(isFunction ? await (value as (op: unknown) => unknown)({ call }) : value);
  }
  return { exports: given, calls };
}

/** Makes a module one that exports a variable, at its end: it gets live bindings then, by oxc-transform. */
const changing = "\nexport let changes = 1;";

describe("A module that is given copies of its imports", () => {
  it.each([
    ["names", 'import { a, b as c, twice } from "./helper.js";\nexport const all = [a, c, twice(a)];'],
    ["a default", 'import whole from "./helper.js";\nexport const all = whole;'],
    ["a default by its name", 'import { default as whole, a } from "./helper.js";\nexport const all = [whole, a];'],
    ["a default and names", 'import whole, { a } from "./helper.js";\nexport const all = [whole, a];'],
    ["a namespace", 'import * as all from "./helper.js";\nexport const keys = Object.keys(all).sort();'],
    ["a default and a namespace", 'import whole, * as all from "./helper.js";\nexport const both = [whole, all.a];'],
    ["an import below its use", 'export const all = [a];\nimport { a } from "./helper.js";'],
    [
      "types among names",
      'import { type Operations, t } from "sqlembic";\nexport const f = (op: Operations) => t.integer();',
    ],
    ["a class", 'import { Point } from "./helper.js";\nclass Far extends Point {}\nexport const x = new Far(3).x;'],
    ["JSON", 'import data from "./data.json" with { type: "json" };\nexport const { rows } = data;'],
    ["a module of Node", 'import { basename } from "node:path";\nexport const all = basename("/x/y");'],
    ["all of another one", 'export * from "./helper.js";\nexport const a = "own";'],
    ["all of another one as one", 'export * as helper from "./helper.js";'],
    ["names of another one", 'export { a as first, default as whole, default } from "./helper.js";'],
    ["names that are texts", 'export { a as "a b" } from "./helper.js";'],
    ["constants", "export const a = 1, b = [2, 3], c = (4, 5);"],
    ["patterns", "export const { a, b: [c] } = { a: 1, b: [2] };"],
    ["its own names", "const a = 1;\nfunction b() { return 2; }\nexport { a as default, b };"],
    ["functions", "export function f(op: any) { op.call(g(op)); }\nexport async function g(op: any) { op.call(1); }"],
    ["a function that is replaced", "export function f() { return 1; }\nf = () => 2;"],
    ["a function that is replaced in a pattern", "export function f() { return 1; }\n[f] = [() => 2];"],
    ["an enumeration", "export enum Size { small = 1, large }"],
    ["a value by default", "export default { a: [1, 2] };"],
    [
      "a call by default",
      'import { defineConfig } from "sqlembic";\nexport default defineConfig({ dialect: "sqlite" });',
    ],
    ["a function by default", "export default function f(op: any) { op.call(1); }"],
    ["a function without a name", "export default function (op: any) { op.call(1); }"],
    [
      "what it waits for",
      "export const late = await Promise.resolve(5);\nexport const f = (op: any) => op.call(late);",
    ],
    ["an asynchronous body", "export async function f(op: any) { await null; op.call(1); }"],
    ["text that looks like a module", "export const text = `\nimport { a } from 'b';\nexport const c = 1;\n`;"],
    [
      "a pattern with quotes",
      "export const f = (op: any) => { if (op) /['\"`]/.test('x'); op.call(`a`, /[/]/.source); };",
    ],
    ["a comment that looks like a module", "// export const a = 1;\n/* import b from 'c'; */\nexport const d = 1;"],
    ["a hashbang", "#!/usr/bin/env node\nexport const a = 1;\nexport const f = (op: any) => op.call(a);"],
    ["names that are taken here", "const __d__ = 1, __imports__ = 2;\nexport default __d__ + __imports__;"],
    ["this", "export const self = typeof this;"],
  ])("is what it is with live ones: %s", async (_what, text) => {
    const lines = `${text}\n\nexport const last = (op: any): void => {\n  op.call("ä😀", op.call(), [\n    op.call(),\n  ]);\n};`;
    expect(await observed(lines)).toEqual(await observed(lines + changing));
  });

  it("is what revision files are", () => {
    const text = `import { column, t } from "sqlembic";
export const revision = "aaaa";
export const downRevision = null;
/** The upgrade, in which nothing is. */
export function upgrade(op) {
	op.execute(\`SELECT 'export'\`);
}
export function downgrade(op) {}
`;
    expect(readModule(text)).toMatchObject({
      imports: [{ specifier: "sqlembic", names: ["column", "t"], isExported: false }],
      isAsync: false,
    });
  });

  it.each([
    ["export variables", "export let a = 1;"],
    ["export a function that is replaced", "export function f() {}\nf = 1;"],
    ["ask for import.meta", "export const a = import.meta.url;"],
    ["import on demand", 'export const a = () => import("./b.js");'],
  ])("is none of those that %s", (_what, text) => {
    expect(readModule(text)).toBeUndefined();
  });
});

describe("A module whose imports may change", () => {
  it("sees the changes, also through others", async () => {
    const folder = projectFolder({
      "counter.ts": "export let count = 0;\nexport const increase = () => { count += 1; };",
      "between.ts": 'export * from "./counter.js";',
      "a.ts": 'import { count, increase } from "./between.js";\nincrease();\nexport const seen = count;',
    });
    const loader = new ModuleLoader({ folder, self: () => Promise.resolve(sqlembic) });
    expect(await loader.evaluate("a.ts")).toMatchObject({ seen: 1 });
  });

  it("sees functions of those that it waits for in a circle", async () => {
    const folder = projectFolder({
      "a.ts": 'import { made } from "./b.js";\nexport function name() { return "a"; }\nexport const result = made;',
      "b.ts": 'import { name } from "./a.js";\nexport const made = name() + "b";',
      "c.ts": 'import { made } from "./b.js";\nexport const end = made;',
    });
    const loader = new ModuleLoader({ folder, self: () => Promise.resolve(sqlembic) });
    expect(await loader.evaluate("a.ts")).toMatchObject({ result: "ab" });
    expect(await loader.evaluate("c.ts")).toMatchObject({ end: "ab" });
  });
});

describe("A file that is evaluated at once", () => {
  const files = {
    "helper.ts": "export const value = 1;",
    "a.ts": 'import { value } from "./helper.js";\nexport const a = value;',
    "late.ts": "export const a = await 1;",
    "broken.ts": "export const a = nothing.at(1);",
  };
  const loaderOf = (): ModuleLoader => {
    const folder = projectFolder(files);
    return new ModuleLoader({ folder, self: () => Promise.resolve(sqlembic) });
  };

  it("is one whose imports have been loaded, and that waits for nothing", async () => {
    const loader = loaderOf();
    expect(loader.evaluateSync("a.ts", files["a.ts"])).toBeUndefined();
    await loader.evaluate("helper.ts");
    const exports = loader.evaluateSync("a.ts", files["a.ts"]);
    expect(exports).toMatchObject({ a: 1 });
    expect(await loader.evaluate("a.ts")).toBe(exports);
    expect(loader.evaluateSync("late.ts", files["late.ts"])).toBeUndefined();
  });

  it("fails as it does otherwise, each time", async () => {
    const loader = loaderOf();
    const failure = { code: "evaluation-failed", origin: { file: "broken.ts", line: 1, column: 18 } };
    expect(() => loader.evaluateSync("broken.ts", files["broken.ts"])).toThrow(
      expect.objectContaining(failure) as Error,
    );
    await expect(loader.evaluate("broken.ts")).rejects.toMatchObject(failure);
  });
});
