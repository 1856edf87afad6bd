import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadProject, replaySchema } from "../../src/index.js";
import { runCli, type CliResult } from "../cli/run-cli.js";
import { projectFolder } from "../support/project-folder.js";
import { expectKept, packageFolder } from "../support/scripts.js";

/** Replaces a text that stands in a file once. */
function edit(file: string, old: string, text: string): void {
  const parts = readFileSync(file, "utf8").split(old);
  expect(parts, `${file} has once: ${old}`).toHaveLength(2);
  writeFileSync(file, parts.join(text));
}

/** A sample as it was before some of its revisions, in a temporary folder. */
function sampleWithout(sample: string, ...revisions: readonly string[]): string {
  const folder = projectFolder({});
  cpSync(`${packageFolder}samples/${sample}`, folder, { recursive: true });
  for (const revision of revisions) rmSync(join(folder, fileOf(folder, revision)));
  return folder;
}

function fileOf(folder: string, revision: string): string {
  const found = readdirSync(join(folder, "versions")).filter((name) => name.startsWith(`${revision}_`));
  expect(found).toHaveLength(1);
  return `versions/${found[0]}`;
}

/** The file that autogenerate writes for a revision. */
async function generated(cwd: string, revision: string, message: string, ...more: readonly string[]): Promise<string> {
  const parameters = ["revision", "--autogenerate", "-m", message, "--rev-id", revision, ...more];
  expect(await runCli(parameters, { cwd })).toMatchObject({ code: 0 });
  return readFileSync(join(cwd, fileOf(cwd, revision)), "utf8");
}

const check = (cwd: string): Promise<CliResult> => runCli(["check"], { cwd });
const nothingToDo = { code: 0, stdout: "No new upgrade operations detected.\n", stderr: "" };

async function replayed(cwd: string, revision: string): Promise<unknown> {
  const schema = await replaySchema(await loadProject("sqlembic.config.ts", { cwd }), revision);
  return JSON.parse(JSON.stringify(schema)) as unknown;
}

describe("the bug tracker", () => {
  const [second, third] = ["6c55e0560fd4", "d1f0a2b7c9e3"];
  /** What the schema of that time had besides, by the text that it stands before. */
  const besides = {
    "schema.ts": { place: '  column("who"', text: '  column("root_cause", t.text()),\n' },
    "schema.sql": { place: "    who varchar", text: "    root_cause text,\n" },
  };

  for (const target of ["schema.ts", "schema.sql"] as const) {
    const withTarget = (...revisions: readonly string[]): string => {
      const cwd = sampleWithout("bug-tracker", ...revisions);
      if (target !== "schema.ts") edit(join(cwd, "sqlembic.config.ts"), "./schema.ts", `./${target}`);
      return cwd;
    };

    it(`has nothing left to do for ${target}`, async () => {
      expect(await check(withTarget())).toEqual(nothingToDo);
      expect(await check(withTarget(third))).toMatchObject({
        code: 1,
        stdout: "Detected removed column 'bug.root_cause'\n",
      });
    });

    it(`gets its second revision from the schema of that time in ${target}, but for the data`, async () => {
      const cwd = withTarget(second, third);
      const { place, text: column } = besides[target];
      edit(join(cwd, target), place, column + place);
      const text = await generated(cwd, second, "add root_cause table");
      expect(await check(cwd)).toEqual(nothingToDo);
      expect(await replayed(cwd, second)).toEqual(await replayed(`${packageFolder}samples/bug-tracker`, second));
      expect(await replayed(cwd, second)).not.toEqual(await replayed(cwd, "bc25b5f8939f"));
      const calls = [...text.matchAll(/^ {2}op\.(\w+)\((?:op\.f\()?"(\w+)"/gm)].map(([, ...found]) => found.join(" "));
      expect(calls).toEqual([
        "createTable root_cause",
        "addColumn bug",
        "createIndex ix_bug_root_cause_id",
        "createForeignKey fk_bug_root_cause",
        "dropConstraint fk_bug_root_cause",
        "dropIndex ix_bug_root_cause_id",
        "dropColumn bug",
        "dropTable root_cause",
      ]);
    });
  }
});

describe("the orders that drizzle-kit exports", () => {
  const [first, second] = ["5e1c0a94d7b2", "8f2d61b7c03a"];
  const expectKeptRevision = (revision: string, text: string): void => {
    const sample = "samples/drizzle";
    expectKept(`${sample}/${fileOf(`${packageFolder}${sample}`, revision)}`, text);
  };

  it("have nothing left to do", async () => {
    expect(await check(`${packageFolder}samples/drizzle`)).toEqual(nothingToDo);
  });

  it("got their first revision from the export of that time, byte by byte", async () => {
    const cwd = sampleWithout("drizzle", first, second);
    const file = join(cwd, "db/exported.sql");
    edit(file, ", 'returned')", ")");
    edit(file, '"sku" varchar', '"number" varchar');
    edit(file, 'UNIQUE("sku")', 'UNIQUE("number")');
    edit(file, ',\n\t"note" text', "");
    edit(file, '\nCREATE INDEX "order_line_of_product" ON "order_line" USING btree ("product_id");', "");
    expectKeptRevision(first, await generated(cwd, first, "customers order products"));
  });

  it("got their second revision from the export that is there, with a column renamed", async () => {
    const cwd = sampleWithout("drizzle", second);
    const text = await generated(cwd, second, "orders come back", "--rename", "product.number=sku");
    expectKeptRevision(second, text);
    expect(await check(cwd)).toEqual(nothingToDo);
  });
});
