import { describe, expect, it } from "vitest";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import * as sqlembic from "sqlembic";
import { ModuleLoader } from "../../src/revision/loader.js";
import { ordinaryModule } from "../../src/revision/ordinary.js";
import { originOfError } from "../../src/revision/origin.js";
import { projectFolder } from "../support/project-folder.js";

const ordinary = `/**
 * message
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "ae10";
export const downRevision: string | null = null;
export const branchLabels = null;

export function upgrade(op: Operations): void {
  op.addColumn("a", column("x", t.integer()));
}

export async function downgrade(op: Operations): Promise<void> {
  await Promise.resolve();
  throw new Error("here");
}
`;

const samples = fileURLToPath(new URL("../../samples", import.meta.url));

function sampleRevisions(): readonly string[] {
  return readdirSync(samples, { recursive: true, encoding: "utf8" })
    .filter((file) => /versions.*\.ts$/.test(file))
    .sort();
}

describe("A revision file of the ordinary shape", () => {
  it("keeps every character that is not TypeScript's alone at its place", () => {
    const [directive, ...lines] = (ordinaryModule(ordinary)?.code ?? "").split("\n");
    expect(directive).toBe('"use strict";');
    const code = lines.join("\n");
    for (const [position, character] of [...ordinary].entries()) {
      if (character === "\n") expect(code[position]).toBe("\n");
    }
    for (const word of ["op.addColumn", "throw new Error", "revision =", "function upgrade"]) {
      expect(code.indexOf(word)).toBe(ordinary.indexOf(word));
    }
  });

  it("exports what the parser's way exports", async () => {
    const folder = projectFolder({ "a.ts": ordinary, "b.ts": `${ordinary}\nexport {};\n` });
    const loader = new ModuleLoader({ folder, self: () => Promise.resolve(sqlembic) });
    const [quick, parsed] = [
      await loader.load("a.ts", ordinary),
      await loader.load("b.ts", `${ordinary}\nexport {};\n`),
    ];
    expect(Object.keys(quick).sort()).toEqual(Object.keys(parsed).sort());
    expect({ ...quick, upgrade: 0, downgrade: 0 }).toEqual({ ...parsed, upgrade: 0, downgrade: 0 });
  });

  it("reports positions as they are in the file", async () => {
    const folder = projectFolder({ "a.ts": ordinary });
    const loader = new ModuleLoader({ folder, self: () => Promise.resolve(sqlembic) });
    const { downgrade } = await loader.load("a.ts", ordinary);
    const error = await (downgrade as (op: unknown) => Promise<void>)(undefined).catch((cause: unknown) => cause);
    expect(originOfError(error)).toEqual({ file: "a.ts", line: 16, column: 9 });
  });

  it("is what the samples have", () => {
    const files = sampleRevisions();
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(ordinaryModule(readFileSync(join(samples, file), "utf8")), file).toBeDefined();
    }
  });
});

describe("A file that needs the parser", () => {
  it.each([
    [
      "imports a helper",
      ordinary.replace("\n\nexport const revision", '\nimport { f } from "./f.js";\n\nexport const revision'),
    ],
    ["renames an import", ordinary.replace("column,", "column as c,")],
    ["imports everything", ordinary.replace("{ column, t, type Operations }", "* as all")],
    ["exports a list", `${ordinary}\nexport { revision as id };\n`],
    ["exports a class", `${ordinary}\nexport class Helper {}\n`],
    ["has type arguments of a call", ordinary.replace("op.addColumn(", "op.addColumn<string>(")],
    ["imports at run time", ordinary.replace('throw new Error("here")', 'await import("node:fs")')],
    ["asks for import.meta", ordinary.replace('throw new Error("here")', "throw import.meta.url")],
  ])("is left to it when it %s", (_what, source) => {
    expect(ordinaryModule(source)).toBeUndefined();
  });

  it.each([
    [
      "a type annotation inside a function",
      ordinary.replace('op.addColumn("a"', 'const a: string = "a";\n  op.addColumn(a'),
    ],
    ["an assertion", ordinary.replace('"a", column', '"a" as string, column')],
    ["a non-null assertion", ordinary.replace("op.addColumn", "op!.addColumn")],
    ["an interface", `interface A { b: string }\n${ordinary}`],
  ])("is loaded all the same when it has %s", async (_what, source) => {
    const folder = projectFolder({ "a.ts": source });
    const loader = new ModuleLoader({ folder, self: () => Promise.resolve(sqlembic) });
    const calls: unknown[] = [];
    const { upgrade } = await loader.load("a.ts", source);
    (upgrade as (op: unknown) => void)({ addColumn: (table: string) => calls.push(table) });
    expect(calls).toEqual(["a"]);
  });

  it("says which import does not exist", async () => {
    const source = ordinary.replaceAll("column", "colum");
    const folder = projectFolder({ "a.ts": source });
    const loader = new ModuleLoader({ folder, self: () => Promise.resolve(sqlembic) });
    await expect(loader.load("a.ts", source)).rejects.toThrow(/colum /);
  });
});
