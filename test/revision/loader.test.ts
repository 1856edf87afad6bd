import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { LoadError, OperationError, type SqlembicError } from "../../src/errors.js";
import { sourceFrame } from "../../src/revision/files.js";
import { ModuleLoader } from "../../src/revision/loader.js";
import { captureOrigin, originOfError, type LazyOrigin } from "../../src/revision/origin.js";
import { projectFolder } from "../support/project-folder.js";

const self = {
  column: (name: string) => ({ kind: "column", name }),
  fail: () => {
    throw new OperationError("wrong", "this is wrong");
  },
};

function loaderOf(files: Readonly<Record<string, string | Uint8Array>>): ModuleLoader & { folder: string } {
  const folder = projectFolder(files);
  return Object.assign(new ModuleLoader({ folder, self: () => Promise.resolve(self) }), { folder });
}

async function failureOf(loading: Promise<unknown>): Promise<SqlembicError> {
  const error = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return error as SqlembicError;
}

/** An `op` of the shape that revisions see: it keeps where each call stands. */
function recorder(): { op: Record<string, () => void>; origins: LazyOrigin[] } {
  const origins: LazyOrigin[] = [];
  const call = (): void => void origins.push(captureOrigin(call));
  return { op: { addColumn: call, dropTable: call }, origins };
}

describe("loading a module", () => {
  it("strips types, enums and parameter properties", async () => {
    const loader = loaderOf({
      "a.ts": `
        import type { Missing } from "./nowhere.js";
        import { type Operations, column } from "sqlembic";
        enum Size { small = 1, large }
        class Point { constructor(readonly x: number) {} }
        export const value: number = Size.large + new Point(40).x;
        export const made = column("id" as string);
        export const unused = (op: Operations, missing: Missing) => [op, missing];`,
    });
    expect(await loader.evaluate("a.ts")).toMatchObject({ value: 42, made: { kind: "column", name: "id" } });
  });

  it("evaluates once, and gives the same exports to all", async () => {
    const loader = loaderOf({
      "a.ts": `export { list } from "./shared.js"; export { list as again } from "./shared";`,
      "shared.ts": "export const list: number[] = [];",
    });
    const [first, second] = await Promise.all([loader.evaluate("a.ts"), loader.evaluate("a.ts")]);
    expect(first["list"]).toBe(second["again"]);
  });

  it("takes every form of import and export", async () => {
    const loader = loaderOf({
      "a.ts": [
        "#!/usr/bin/env node",
        'import whole, * as all from "./values.js";',
        'import { one as eins, default as again } from "./values.js";',
        'import "./side.js";',
        'export * from "./values.js";',
        'export * as values from "./values.js";',
        "export const text = 'import broken, * as kept from \"./values.js\"';",
        "export const result = [whole, all.one, eins, again, (globalThis as { side?: string }).side];",
        "export default () => typeof this;",
        'export const lazy = () => import("./lazy.js");',
      ].join("\n"),
      "values.ts":
        "export const one = 1;\nexport let two = 2;\nexport const setTwo = (value: number) => { two = value; };\nexport default 'whole';",
      "side.ts": "Object.assign(globalThis, { side: 'effect' });",
      "lazy.ts": "export const late = true;",
    });
    const exports = await loader.evaluate("a.ts");
    expect(exports["result"]).toEqual(["whole", 1, 1, "whole", "effect"]);
    expect(exports["text"]).toBe('import broken, * as kept from "./values.js"');
    expect(exports).toMatchObject({ one: 1, values: { default: "whole" } });
    expect((exports["default"] as () => string)()).toBe("undefined");
    expect(await (exports["lazy"] as () => Promise<object>)()).toMatchObject({ late: true });
    (exports["setTwo"] as (value: number) => void)(3);
    expect(exports["two"]).toBe(3);
  });

  it.each([
    ["./helper.js", "lib/helper.ts"],
    ["./helper", "lib/helper.ts"],
    ["./helper.ts", "lib/helper.ts"],
    ["./helper.mjs", "lib/helper.mts"],
    ["./helper", "lib/helper.mjs"],
    ["./helper.js", "lib/helper.js"],
    ["./helper", "lib/helper/index.ts"],
    ["../shared/names.js", "shared/names.ts"],
    ["..", "index.ts"],
  ])("finds %s at %s", async (specifier, file) => {
    const loader = loaderOf({ "lib/a.ts": `export { value } from "${specifier}";`, [file]: "export const value = 7;" });
    expect(await loader.evaluate("lib/a.ts")).toMatchObject({ value: 7 });
  });

  it("prefers the TypeScript source to what was built from it", async () => {
    const loader = loaderOf({
      "a.ts": `export { value } from "./helper.js";`,
      "helper.ts": "export const value = 'source';",
      "helper.js": "export const value = 'built';",
    });
    expect(await loader.evaluate("a.ts")).toMatchObject({ value: "source" });
  });

  it("reads JSON", async () => {
    const loader = loaderOf({
      "a.ts": `import rows from "./rows.json" with { type: "json" };\nexport const first: unknown = rows[0];`,
      "rows.json": '[{"id": 1}]',
    });
    expect(await loader.evaluate("a.ts")).toMatchObject({ first: { id: 1 } });
  });

  it("knows its own place", async () => {
    const loader = loaderOf({ "lib/a.ts": "export const { url, filename, dirname } = import.meta;" });
    const filename = join(loader.folder, "lib", "a.ts");
    expect(await loader.evaluate("lib/a.ts")).toMatchObject({
      url: pathToFileURL(filename).href,
      filename,
      dirname: join(loader.folder, "lib"),
    });
  });

  it("leaves packages to Node, resolved from the importing file", async () => {
    const loader = loaderOf({
      "lib/a.ts": `
        import { basename } from "node:path";
        import modern from "modern";
        import { named } from "modern/deep";
        import old, { detected } from "old";
        export const all = [basename("/x/y"), modern, named, old.detected, detected];`,
      "node_modules/modern/package.json": `{ "name": "modern", "type": "module", "exports": { ".": { "import": "./main.js" }, "./deep": "./deep.js" } }`,
      "node_modules/modern/main.js": "export default 'modern';",
      "node_modules/modern/deep.js": "export const named = 'deep';",
      "lib/node_modules/old/package.json": `{ "name": "old" }`,
      "lib/node_modules/old/index.js": "exports.detected = 'old';",
    });
    expect(await loader.evaluate("lib/a.ts")).toMatchObject({ all: ["y", "modern", "deep", "old", "old"] });
  });

  it("takes TypeScript where the project's own package.json leads to it", async () => {
    const loader = loaderOf({
      "versions/a.ts": `export { value } from "#lib/names";\nexport { value as other } from "workspace";`,
      "package.json": `{ "imports": { "#lib/*": "./lib/*.ts" } }`,
      "lib/names.ts": "export const value: number = 3;",
      "node_modules/workspace/package.json": `{ "exports": "./main.ts" }`,
      "node_modules/workspace/main.ts": "export const value: number = 4;",
    });
    expect(await loader.evaluate("versions/a.ts")).toMatchObject({ value: 3, other: 4 });
  });

  it("leaves CommonJS files of the project to Node", async () => {
    const loader = loaderOf({
      "a.ts": `import one from "./one.cjs";\nimport two from "./two.js";\nexport const sum: number = one.value + two.value;`,
      "one.cjs": "module.exports = { value: 1 };",
      "two.js": "module.exports = { value: 2 };",
    });
    expect(await loader.evaluate("a.ts")).toMatchObject({ sum: 3 });
  });

  it("resolves sqlembic to the running package and says which names are wanted", async () => {
    const folder = projectFolder({
      "a.ts": `import { column } from "sqlembic";\nexport const same = column;`,
      "b.ts": `import * as all from "sqlembic";\nexport const same = all;`,
    });
    const provide = vi.fn(() => Promise.resolve(self));
    const loader = new ModuleLoader({ folder, self: provide });
    expect((await loader.evaluate("a.ts"))["same"]).toBe(self.column);
    expect((await loader.evaluate("b.ts"))["same"]).toBe(self);
    expect(provide.mock.calls).toEqual([[["column"]], [undefined]]);
  });

  it("handles cycles as ESM does", async () => {
    const loader = loaderOf({
      "a.ts": `import { fromB } from "./b.js";\nexport function fromA() { return "a"; }\nexport const joined = () => fromB();`,
      "b.ts": `import { fromA } from "./c.js";\nexport const fromB = () => fromA() + "b";`,
      "c.ts": `export { fromA } from "./a.js";`,
    });
    expect(((await loader.evaluate("a.ts"))["joined"] as () => string)()).toBe("ab");
  });

  it("does not wait forever when the modules of a cycle are loaded at once", async () => {
    const loader = loaderOf({
      "a.ts": `import { b } from "./b.js";\nexport const a = "a";\nexport const both = () => a + b;`,
      "b.ts": `import { a } from "./a.js";\nexport const b = "b";\nexport const both = () => a + b;`,
    });
    const [first, second] = await Promise.all([loader.evaluate("a.ts"), loader.evaluate("b.ts")]);
    expect([first, second].map((exports) => (exports["both"] as () => string)())).toEqual(["ab", "ab"]);
  });

  it("waits for a helper that is still being evaluated for another file", async () => {
    const loader = loaderOf({
      "a.ts": `export { value } from "./slow.js";`,
      "b.ts": `export { value } from "./slow.js";`,
      "slow.ts": "export const value: number = await new Promise((done) => setTimeout(done, 20, 5));",
    });
    const loaded = await Promise.all([loader.evaluate("a.ts"), loader.evaluate("b.ts")]);
    expect(loaded.map((exports) => exports["value"])).toEqual([5, 5]);
  });

  it("keeps exported variables live, alone or not", async () => {
    const loader = loaderOf({
      "a.ts": "export let count: number = 0;\nexport const increase = () => { count += 1; };",
    });
    const exports = await loader.evaluate("a.ts");
    (exports["increase"] as () => void)();
    expect(exports["count"]).toBe(1);
  });

  it("gives all exports of a module that stands alone, under their names", async () => {
    const loader = loaderOf({
      "a.ts": `const one = 1;\nexport { one as default, one as "a b" };\nexport const { two, three } = { two: 2, three: 3 };\nexport function four() {}\nexport class Five {} // end`,
    });
    const exports = await loader.evaluate("a.ts");
    expect(Object.keys(exports).sort()).toEqual(["Five", "a b", "default", "four", "three", "two"]);
    expect(exports).toMatchObject({ default: 1, "a b": 1, two: 2, three: 3 });
  });

  it("leaves text alone that looks like an export", async () => {
    const text = 'Object.defineProperty(__vite_ssr_exports__, "x", {});\nlet y = 1;';
    const loader = loaderOf({
      "a.ts": `export const text = ${JSON.stringify(text)};\nexport const raw = \`${text}\`;`,
    });
    expect({ ...(await loader.evaluate("a.ts")) }).toEqual({ text, raw: text });
  });
});

describe("a module that cannot be loaded", () => {
  it.each([
    ["an unexpected token", "export const a = 1;\n  const b = 'é😀' + ;\n", 2, 21],
    ["a duplicate name", "const a = 1;\nlet a = 2;", 1, 7],
    ["an error behind a byte order mark", "\uFEFFconst a = ;", 1, 11],
  ])("is reported at its place for %s", async (_what, source, line, column) => {
    const error = await failureOf(loaderOf({ "versions/a.ts": source }).evaluate("versions/a.ts"));
    expect(error).toBeInstanceOf(LoadError);
    expect(error).toMatchObject({ code: "syntax-error", origin: { file: "versions/a.ts", line, column } });
    expect(error.message).toContain("versions/a.ts");
  });

  it("names the nearest file for a wrong import", async () => {
    const loader = loaderOf({ "a.ts": `import { x } from "./helprs.js";\nexport { x };`, "helpers.ts": "" });
    const error = await failureOf(loader.evaluate("a.ts"));
    expect(error).toMatchObject({ code: "import-not-found", origin: { file: "a.ts", line: 1, column: 19 } });
    expect(error.hint).toContain('"helpers"');
  });

  it("says that a folder does not exist", async () => {
    const error = await failureOf(loaderOf({ "a.ts": `import "./lib/x.js";` }).evaluate("a.ts"));
    expect(error.hint).toContain("no folder ./lib");
  });

  it("names the export that is missing and a near one", async () => {
    const loader = loaderOf({
      "a.ts": `\nimport { tabelName } from './names.js';\nexport const x = tabelName;`,
      "names.ts": "export const tableName = 1;",
    });
    const error = await failureOf(loader.evaluate("a.ts"));
    expect(error).toMatchObject({ code: "missing-export", origin: { file: "a.ts", line: 2 } });
    expect(error.message).toContain('Did you mean "tableName"?');
  });

  it("says the same of names that sqlembic does not export", async () => {
    const error = await failureOf(
      loaderOf({ "a.ts": `import { colum } from "sqlembic";\nexport const x = colum;` }).evaluate("a.ts"),
    );
    expect(error.message).toContain('imports colum from "sqlembic"');
    expect(error.message).toContain('Did you mean "column"?');
  });

  it("says how to install a package that is not there", async () => {
    const error = await failureOf(
      loaderOf({ "a.ts": `import x from "@no/such/deep";\nexport { x };` }).evaluate("a.ts"),
    );
    expect(error).toMatchObject({ code: "import-failed", origin: { file: "a.ts", line: 1, column: 15 } });
    expect(error.hint).toContain("npm install @no/such`");
  });

  it("names the file that is missing", async () => {
    expect(await failureOf(loaderOf({}).evaluate("versions/a.ts"))).toMatchObject({
      code: "unreadable-file",
      message: "versions/a.ts cannot be read: does not exist.",
    });
  });

  it("is refused when it is not UTF-8, but may hold a replacement character", async () => {
    const latin1 = Buffer.from("export const name = 'caf\xe9';", "latin1");
    expect(await failureOf(loaderOf({ "a.ts": latin1 }).evaluate("a.ts"))).toMatchObject({ code: "not-utf8" });
    const loader = loaderOf({ "a.ts": "export const name = '\uFFFD';" });
    expect(await loader.evaluate("a.ts")).toMatchObject({ name: "\uFFFD" });
  });

  it("tells broken JSON", async () => {
    const loader = loaderOf({ "a.ts": `import x from "./x.json";\nexport { x };`, "x.json": "{" });
    expect(await failureOf(loader.evaluate("a.ts"))).toMatchObject({ code: "syntax-error", data: { file: "x.json" } });
  });

  it("keeps failing when it is loaded again", async () => {
    const loader = loaderOf({ "a.ts": "throw new Error('no');" });
    const first = await failureOf(loader.evaluate("a.ts"));
    expect(await failureOf(loader.evaluate("a.ts"))).toBe(first);
  });
});

describe("positions", () => {
  const revision = [
    "/**",
    " * message",
    " */",
    'import { column, type Operations } from "sqlembic";',
    "",
    'export const revision: string = "a";',
    "",
    "interface Unused {",
    "  readonly x: number;",
    "}",
    "",
    "export function upgrade(op: Operations): void {",
    '  op.addColumn("account" as string, column("x"));   op.dropTable("é😀"); op.dropTable(("y"));',
    "  for (const name of ['a', 'b'] satisfies string[]) {",
    "\t\top",
    "      // why",
    "      .addColumn(",
    "        name,",
    "        column(name),",
    "      );",
    "  }",
    "  ['t'].forEach(op.dropTable);",
    "}",
  ].join("\n");

  it("of calls are those of the file that was written", async () => {
    const loader = loaderOf({ "versions/a.ts": revision });
    const { op, origins } = recorder();
    ((await loader.evaluate("versions/a.ts"))["upgrade"] as (op: object) => void)(op);
    expect(origins.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
      "versions/a.ts:13:6",
      "versions/a.ts:13:56",
      "versions/a.ts:13:77",
      "versions/a.ts:17:8",
      "versions/a.ts:17:8",
      "versions/a.ts:22:9",
    ]);
    expect(JSON.parse(JSON.stringify(origins[0]))).toEqual({ file: "versions/a.ts", line: 13, column: 6 });
  });

  it("point at the same place whatever types, imports and emoji stand before the call", async () => {
    const before = [
      "",
      "type A = { b: string };\n",
      'import def, * as ns from "./values.js";\nvoid [def, ns];\n',
      "const e = '😀';\n",
    ];
    for (const text of before) {
      const call = `export const run = async (op: { addColumn(name?: string): void }): Promise<void> => { const é = "😀" as string; await null; op.addColumn(é!); };`;
      const loader = loaderOf({ "a.ts": text + call, "values.ts": "export default 1;" });
      const { op, origins } = recorder();
      await ((await loader.evaluate("a.ts"))["run"] as (op: object) => Promise<void>)(op);
      expect(origins).toHaveLength(1);
      expect(origins[0]).toMatchObject({ line: text.split("\n").length, column: call.indexOf("addColumn(é") + 1 });
    }
  });

  it("of calls in a helper are those of the helper", async () => {
    const loader = loaderOf({
      "versions/a.ts": `import { add } from "../lib/add.js";\nexport const upgrade = add;`,
      "lib/add.ts": "type Op = { addColumn(): void };\n\nexport const add = (op: Op): void => {\n  op.addColumn();\n};",
    });
    const { op, origins } = recorder();
    ((await loader.evaluate("versions/a.ts"))["upgrade"] as (op: object) => void)(op);
    expect(origins[0]).toMatchObject({ file: "lib/add.ts", line: 4, column: 6 });
  });

  it("of what a module throws are found, and its stack trace names them", async () => {
    const loader = loaderOf({
      "a.ts": `import "./b.js";`,
      "b.ts":
        "interface X {\n  y: string;\n}\nfunction broken(x: X): never {\n  throw new TypeError(`no ${x.y}`);\n}\nbroken({ y: 'z' });",
    });
    const error = await failureOf(loader.evaluate("a.ts"));
    expect(error).toMatchObject({
      code: "evaluation-failed",
      message: "b.ts failed while it was loaded: TypeError: no z",
      origin: { file: "b.ts", line: 5, column: 9 },
    });
    const cause = error.cause as Error;
    expect(cause.stack).toContain(`${join(loader.folder, "b.ts")}:5:9`);
    expect(cause.stack).toContain(`${join(loader.folder, "b.ts")}:7:1`);
    expect(originOfError(cause)).toEqual({ file: "b.ts", line: 5, column: 9 });
  });

  it("are added to an error of sqlembic that a module's own code causes", async () => {
    const loader = loaderOf({ "a.ts": `import { fail } from "sqlembic";\n\nexport const x = fail();` });
    const error = await failureOf(loader.evaluate("a.ts"));
    expect(error).toMatchObject({
      code: "wrong",
      message: "this is wrong",
      origin: { file: "a.ts", line: 3, column: 18 },
    });
  });

  it.each([
    ["fail.nothing()", "fail.nothing is not a function"],
    ["nothing()", "nothing is not a function"],
    ["fail(nothing())", "nothing is not a function"],
  ])("come with the names of their author: %s", async (call, words) => {
    const text = `import { fail } from "sqlembic";\nimport { nothing } from "./b.ts";\nexport const x = ${call};`;
    const loader = loaderOf({ "a.ts": text, "b.ts": "export const nothing = undefined;" });
    const { message } = await failureOf(loader.evaluate("a.ts"));
    expect(message).toBe(`a.ts failed while it was loaded: TypeError: ${words}`);
  });

  it("are told even of a thrown value that is no error", async () => {
    const error = await failureOf(loaderOf({ "a.ts": "throw 'text';" }).evaluate("a.ts"));
    expect(error).toMatchObject({ message: "a.ts failed while it was loaded: text", origin: { file: "a.ts" } });
  });

  it("in a program that was not loaded here are those of the stack trace", () => {
    const run = (0, eval)("(op) => {\n\n  op.addColumn();\n}") as (op: object) => void;
    const { op, origins } = recorder();
    run(op);
    op["addColumn"]?.();
    expect(origins[0]).toMatchObject({ file: "<anonymous>", line: 3, column: 6 });
    expect(origins[1]?.file).toMatch(/loader\.test\.ts$/);
    expect(origins[1]?.line).toBeGreaterThan(100);
  });

  it("cost little to remember: a stack trace is formatted for those alone that are asked for", async () => {
    const calls = "for (let i = 0; i < 100; i++) op.addColumn();";
    const loader = loaderOf({ "a.ts": `export function upgrade(op: { addColumn(): void }): void {\n  ${calls}\n}` });
    const { op, origins } = recorder();
    const upgrade = (await loader.evaluate("a.ts"))["upgrade"] as (op: object) => void;
    const format = vi.fn((_error: Error, [frame]: readonly NodeJS.CallSite[]) =>
      frame === undefined
        ? ""
        : `Error\n    at ${frame.getFileName()}:${frame.getLineNumber()}:${frame.getColumnNumber()}`,
    );
    const before = Error.prepareStackTrace?.bind(Error);
    Error.prepareStackTrace = format;
    onTestFinished(() => void (Error.prepareStackTrace = before));
    upgrade(op);
    expect(origins).toHaveLength(100);
    expect(format).not.toHaveBeenCalled();
    expect(origins[7]).toMatchObject({ file: "a.ts", line: 2 });
    expect(format).toHaveBeenCalledTimes(1);
  });

  it("are shown with their line and a caret", () => {
    const folder = projectFolder({ "a.ts": "\uFEFFone\r\n\top.dropTabel('x');\r\n" });
    expect(sourceFrame({ file: "a.ts", line: 2, column: 5 }, folder)).toBe("2 | \top.dropTabel('x');\n  | \t   ^");
    expect(sourceFrame({ file: "a.ts", line: 9, column: 1 }, folder)).toBeUndefined();
    expect(sourceFrame({ file: "b.ts", line: 1, column: 1 }, folder)).toBeUndefined();
  });
});
