import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { revisionBodies } from "../../src/authoring/bodies.js";
import { revisionText } from "../../src/authoring/revision-text.js";
import {
  check,
  column,
  compileRange,
  index,
  loadProject,
  mysql,
  references,
  sql,
  t,
  unique,
  type OperationNode,
} from "../../src/index.js";
import { loadTemplate } from "../../src/render/templates.js";
import { projectFolder } from "../support/project-folder.js";
import { packageFolder } from "../support/scripts.js";
import { record } from "./printed.js";

const goldens = ["columns", "history", "rows", "tables", "types"] as const;
const targets = ["postgresql", "mysql", "mariadb", "sqlite"] as const;

/** The revisions of a project as files that are printed of what they record. */
async function printedFiles(folder: string, target: string): Promise<Readonly<Record<string, string>>> {
  const project = await loadProject("sqlembic.config.ts", { cwd: `${packageFolder}${folder}`, target });
  const upgrade = await compileRange(project, "base:heads");
  const downgrade = await compileRange(project, "heads:base", { direction: "downgrade" });
  const operationsOf = (steps: typeof upgrade.steps, id: string): readonly OperationNode[] =>
    steps.find(({ step }) => step.revision.revision === id)?.operations ?? [];
  const template = loadTemplate("revision/revision.ts.hbs");
  const files = project.revisions.map(async (revision) => {
    const id = revision.revision;
    const bodies = await revisionBodies(
      { upgrade: operationsOf(upgrade.steps, id), downgrade: operationsOf(downgrade.steps, id) },
      { namingConvention: project.config.namingConvention },
    );
    return [revision.file, revisionText(revision, bodies, "2026-01-02 03:04:05", template)] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

/** What the type checker says of files. */
function typeErrors(files: readonly string[]): readonly string[] {
  const { config } = ts.readConfigFile(`${packageFolder}tsconfig.json`, (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, packageFolder);
  const paths = { sqlembic: [`${packageFolder}src/index.ts`] };
  const typeRoots = [`${packageFolder}node_modules/@types`];
  const program = ts.createProgram(files, {
    ...options,
    paths,
    typeRoots,
    noEmit: true,
    rootDir: "/",
    emitDeclarationOnly: false,
  });
  return files
    .map((file) => program.getSourceFile(file))
    .flatMap((source) => program.getSemanticDiagnostics(source))
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}

/** Some of everything that files show. */
function example(): readonly OperationNode[] {
  return record((op) => {
    op.createTable(
      "order",
      [
        column("id", t.bigInteger(), { primaryKey: true }),
        column("customer_id", t.integer(), {
          nullable: false,
          references: references("customer.id", { name: "fk_order_customer", onDelete: "CASCADE" }),
        }),
        column("state", t.enum(["new", "paid"], { name: "order_state" }), { serverDefault: "new", index: true }),
        column("note", t.text().withVariant(mysql.LONGTEXT(), "mysql", "mariadb"), {
          check: check(sql`length(note) < ${4000}`),
        }),
        column("Total", t.numeric(10, 2), { serverDefault: 0, quote: true }),
        unique(["customer_id", "state"], { name: "uq_order" }),
        index("ix_order_note", [sql`lower(note)`], { postgresql: { where: sql`note IS NOT NULL` } }),
      ],
      { comment: "What was ordered", mysql: { engine: "InnoDB" } },
    );
    op.batchAlterTable("customer", (batch) => {
      batch.alterColumn("name", { nullable: false, existingType: t.string(50) });
      batch.dropColumn("email");
    });
    op.autocommitBlock(() => {
      op.createIndex(null, "customer", ["name"], { postgresql: { concurrently: true } });
    });
    op.execute("UPDATE customer SET name = 'nobody' WHERE name IS NULL");
    const since = new Date("2026-01-02T03:04:05Z");
    op.execute(sql`UPDATE ${sql.identifier("shop", "customer")} SET since = ${since}`);
    op.bulkInsert("customer", [
      { id: 1n, name: "O'Hara", score: NaN, picture: new Uint8Array([1, 2]), address: { text: "x", quote: true } },
      { id: 2n, name: "a\nb", score: -0, picture: null, address: [1, "2"] },
    ]);
  });
}

describe("printed revision files", () => {
  it.each(goldens)("of %s are laid out, and compile to the scripts of the project that was printed", async (name) => {
    const folder = `test/golden/${name}`;
    const config = readFileSync(`${packageFolder}${folder}/sqlembic.config.ts`, "utf8");
    for (const target of targets) {
      const files = await printedFiles(folder, target);
      const cwd = projectFolder({ "sqlembic.config.ts": config, ...files });
      for (const text of Object.values(files)) {
        expect(await format(text, { parser: "typescript", printWidth: 120 })).toBe(text);
      }
      const original = await loadProject("sqlembic.config.ts", { cwd: `${packageFolder}${folder}`, target });
      const printed = await loadProject("sqlembic.config.ts", { cwd, target });
      for (const [direction, range] of [
        ["upgrade", "base:heads"],
        ["downgrade", "heads:base"],
      ] as const) {
        const { script } = await compileRange(printed, range, { direction });
        expect(script).toBe((await compileRange(original, range, { direction })).script);
      }
    }
  });

  it("fit the types of what they import", async () => {
    const printed = await Promise.all(goldens.map((name) => printedFiles(`test/golden/${name}`, "postgresql")));
    const files = printed.flatMap((all, position) =>
      Object.entries(all).map(([file, text]) => [`${position}/${file}`, text] as const),
    );
    const folder = projectFolder({ "package.json": '{ "type": "module" }', ...Object.fromEntries(files) });
    expect(typeErrors(files.map(([file]) => join(folder, file)))).toEqual([]);
  });

  it("say in columns what columns can say, with the names that the convention does not give", async () => {
    const { imports, upgradeBody, downgradeBody } = await revisionBodies({
      upgrade: example(),
      downgrade: record((op) => op.dropTable("order")),
    });
    expect(imports).toBe(
      'import { check, column, index, mysql, quotedName, references, sql, t, unique, type Operations } from "sqlembic";',
    );
    expect(downgradeBody).toBe('{\n  op.dropTable("order");\n}');
    expect(upgradeBody).toBe(`{
  op.createTable(
    "order",
    [
      column("id", t.bigInteger(), { primaryKey: true }),
      column("customer_id", t.integer(), {
        nullable: false,
        references: references("customer.id", { name: "fk_order_customer", onDelete: "CASCADE" }),
      }),
      column("state", t.enum(["new", "paid"], { name: "order_state" }), { index: true, serverDefault: "new" }),
      column("note", t.text().withVariant(mysql.LONGTEXT(), "mysql", "mariadb"), {
        check: check(sql\`length(note) < \${4000}\`),
      }),
      column(quotedName("Total", true), t.numeric(10, 2), { serverDefault: 0 }),
      unique(["customer_id", "state"], { name: "uq_order" }),
      index("ix_order_note", [sql\`lower(note)\`], { postgresql: { where: sql\`note IS NOT NULL\` } }),
    ],
    { comment: "What was ordered", mysql: { engine: "InnoDB" } },
  );
  op.batchAlterTable("customer", (batch) => {
    batch.alterColumn("name", { nullable: false, existingType: t.string(50) });
    batch.dropColumn("email");
  });
  op.autocommitBlock(() => {
    op.createIndex(op.f("ix_customer_name"), "customer", ["name"], { postgresql: { concurrently: true } });
  });
  op.execute("UPDATE customer SET name = 'nobody' WHERE name IS NULL");
  op.execute(sql\`UPDATE \${sql.identifier("shop", "customer")} SET since = \${new Date("2026-01-02T03:04:05.000Z")}\`);
  op.bulkInsert("customer", [
    { id: 1n, name: "O'Hara", score: NaN, picture: new Uint8Array([1, 2]), address: { text: "x", quote: true } },
    { id: 2n, name: "a\\nb", score: -0, picture: null, address: [1, "2"] },
  ]);
}`);
  });

  it("invoke as data what no directive records", async () => {
    const [added] = record((op) => {
      op.batchAlterTable("account", (batch) => {
        batch.addColumn(column("note", t.text()), { insertAfter: "id" });
      });
    });
    const held = added?.kind === "batchAlterTable" ? added.operations : [];
    const { upgradeBody } = await revisionBodies({ upgrade: held, downgrade: [] });
    expect(upgradeBody).toBe(`{
  op.invoke({
    kind: "addColumn",
    addition: table("account", [column("note", t.text())]),
    ifNotExists: false,
    inlineReferences: false,
    inlinePrimaryKey: false,
    insertAfter: "id",
  });
}`);
  });

  it("refuse a value that no text stands for", async () => {
    const list = record((op) => op.bulkInsert("account", [{ id: (() => 1) as never }]));
    await expect(revisionBodies({ upgrade: list, downgrade: [] })).rejects.toThrow(
      "A function cannot be written into a revision file.",
    );
  });
});
