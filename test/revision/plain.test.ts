import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { graphOf, stepCompilerOf } from "../../src/project/compile-range.js";
import { ReplayPoint } from "../../src/compiler/replay.js";
import type { RevisionFunctions } from "../../src/compiler/step-compiler.js";
import { loadProject, type Project } from "../../src/project/load-project.js";
import { SqlembicError } from "../../src/errors.js";
import { compileRange, type Operations } from "../../src/index.js";
import { readPlainModule } from "../../src/revision/plain/reader.js";
import { planDowngrade, planUpgrade } from "../../src/history/steps.js";
import { transpile } from "../../src/revision/transpile.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { projectFolder } from "../support/project-folder.js";
import { allowUnparsed } from "../parse-everything/statements.js";
import { packageFolder } from "../support/scripts.js";
import { difference, newLoader, observeEvaluated, observePlain, told } from "./plain-parity.js";

vi.mock(import("../../src/revision/transpile.js"), async (importOriginal) => {
  const original = await importOriginal();
  return { ...original, transpile: vi.fn(original.transpile) };
});

beforeEach(() => void vi.mocked(transpile).mockClear());

const self = (): Promise<object> => import("../../src/index.js");

const revision = `/**
 * message
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "aaaa";
export const downRevision: string | null = null;
export const branchLabels: readonly string[] | null = ["billing"];
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("account", [column("id", t.integer(), { primaryKey: true })]);
}

export async function downgrade(op: Operations): Promise<void> {
  op.dropTable("account");
}
`;

/** The projects of this repository, whose revisions use about everything that there is. */
const projects = ["samples", "test/golden"].flatMap((place) =>
  readdirSync(`${packageFolder}${place}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${place}/${name}`),
);

/** What the chosen bodies of a project record for a dialect, in the order in which they run, up and down. */
async function recorded(
  project: Project<Operations>,
  dialect: DialectName,
  choose: (body: RevisionFunctions) => RevisionFunctions | Promise<RevisionFunctions>,
): Promise<readonly unknown[]> {
  const graph = graphOf(project);
  const compiler = await stepCompilerOf({
    ...project,
    config: { ...project.config, dialect, targetVersion: undefined },
    bodyOf: async (revision) => choose(await project.bodyOf(revision)),
    bodyAtOnce: () => undefined,
  });
  const records: unknown[] = [];
  let point = ReplayPoint.start(() => compiler.emptySchema());
  for (const { revision, direction } of [...planUpgrade(graph, "heads").steps, ...planDowngrade(graph, "base").steps]) {
    if (direction === "stamp") continue;
    const operations = await compiler.record(revision, direction, { whole: point });
    for (const operation of operations) point = point.after(operation);
    records.push(revision.revision, direction, told(operations));
  }
  return records;
}

/** What a user is told of an error. */
function toldError(error: unknown): unknown {
  if (!(error instanceof SqlembicError)) return error;
  const { name, message, code, hint, data, operation, origin } = error;
  return {
    name,
    message,
    code,
    hint,
    data,
    operation,
    origin: origin && { file: origin.file, line: origin.line, column: origin.column },
  };
}

describe("A plain revision file", () => {
  it("is what every revision of the samples is", () => {
    const files = readdirSync(`${packageFolder}samples`, { recursive: true, encoding: "utf8" });
    const revisions = files.filter((file) => /versions.*\.ts$/.test(file));
    expect(revisions.length).toBeGreaterThan(20);
    for (const file of revisions) {
      expect(readPlainModule(readFileSync(`${packageFolder}samples/${file}`, "utf8")), file).toBeDefined();
    }
  });

  describe.each(projects)("in %s", (folder) => {
    const load = (): Promise<Project<Operations>> => loadProject(undefined, { cwd: `${packageFolder}${folder}`, self });

    it.each(dialectNames)(
      "records the same operations at the same positions as the engine, for %s",
      async (dialect) => {
        const project = await load();
        const followed = await recorded(project, dialect, ({ upgrade, downgrade }) => ({
          ...(upgrade && { upgrade }),
          ...(downgrade && { downgrade }),
        }));
        const evaluated = await recorded(project, dialect, (body) => body.evaluated?.() ?? body);
        expect(followed).toEqual(evaluated);
        expect(followed).not.toEqual([]);
      },
    );
  });
});

/** A file with this text in `upgrade`, and this before it. */
function withBody(body: string, before = ""): string {
  const head = `import { list, sql, tagged, type Operations } from "sqlembic";\n${before}`;
  return `${head}\nexport function upgrade(op: Operations): void {\n${body}\n}\n`;
}

describe("A plain text means what the engine makes of it", () => {
  const loader = newLoader();

  it.each([
    ["calls over several lines", withBody(' op\n  .addColumn(\n   "a",\n\t[\n"b"]\n)\n\top . dropTable("a")')],
    [
      "comments at every place",
      withBody('/* a */ op /* b\n */ . // c\n execute /* d */ ( /* e */ "x" /* f */ , ) // h'),
    ],
    [
      "carriage returns at the ends of lines",
      withBody("op.execute(`a\n\\\\b`, 'c')\n// d\nop /*\n*/\n.execute(tagged`\n`)").replaceAll("\n", "\r\n"),
    ],
    ["characters of two units", withBody('op.execute("é😀", tagged`😀`); /* 😀 */ op.dropTable("b")')],
    ["blanks beyond ASCII", withBody("\u00a0op.\u3000execute\f(\v'x'\ufeff); op.dropTable('b')")],
    [
      "statements that end without semicolons",
      withBody('const a = op.f("x")\nop.execute(a)\nif (a === "x") { op.execute("y") }\nop.execute("z")'),
    ],
    [
      "types",
      withBody(
        'const a: readonly string[] | "x" = [] as\nconst\n' +
          "op.execute(a as Array<string> satisfies unknown, (b: string): void => b)",
      ),
    ],
    [
      "escapes",
      withBody(
        `op.execute(${['"/n/r/t///\'/"/$/`"', "'/\"/''", "`/n/r/t///`/${a}'\"`", "tagged`/n/`///${`"].join(", ")})`.replaceAll(
          "/",
          "\\",
        ),
      ),
    ],
    [
      "templates",
      withBody('const a = "x" + 1\nop.execute(`${a}`, `$${a}$`, `{${ a + "y" }}`, `${1}${2}`, ``, tagged`${[a]}`)'),
    ],
    ["a member as the tag of a template", withBody("op.execute`x`; op.execute(sql.raw(`x`), sql `a` . parts)")],
    ["numbers", withBody("op.execute(0, 1.50, - 1, -0, 0.1 + 0.2, 1 + - 2, 9007199254740993)")],
    [
      "sums and comparisons",
      withBody(
        'op.execute("a" + 1 + 2, 1 + 2 + "a", "a" + "b" === "ab", 1 !== 1 + 0, (1 === 1) + "x", null + 1, undefined + "")',
      ),
    ],
    [
      "objects",
      withBody('const a = 1\nop.execute({ a, "a b": 2, if: 3, constructor: 4, toString: 5, "1": 6, "0": 7, a: 8, })'),
    ],
    [
      "names of what every object has",
      withBody(
        "constructor(op, { toString }.toString, hasOwnProperty)",
        "function constructor(valueOf, a, b,) { valueOf.execute(a, b) }\nconst toString = 'x'\nconst hasOwnProperty = 1",
      ),
    ],
    [
      "names that are words elsewhere",
      withBody(
        "const as = 'x' as string\nop.execute(as as string, satisfies)\ntype(op)",
        "const type = (module) => module.execute(1)\nconst satisfies = 1\nconst declare = 2",
      ),
    ],
    [
      "conditions",
      withBody(
        "if (op.tag) { op.execute(1) } else if (op.dialect.name === 'postgresql')\n{ op.execute(2) }\n" +
          "else { op.execute(3) }\nif (op.x.a) {} else { op.execute(4) }",
      ),
    ],
    [
      "functions inside functions",
      withBody(
        "const f = a => list(a, (b) => list(a, b))\n" +
          'op.batchAlterTable("x", (batch) => { const c = f(1); batch.execute(c)\n' +
          'batch.batchAlterTable("y", (inner) => inner.execute(c)) })\nop.execute(["x"].map(f))',
      ),
    ],
    [
      "functions that functions give",
      withBody("const f = a => b => list(a, b)\nconst one = f(1)\nconst two = f(2)\nop.execute(one(0), two(0))"),
    ],
    ["parameters that are given nothing", withBody("const f = (a, b) => list(a, b)\nop.execute(f(1), f(1, 2, 3))")],
    ["a directive that is called without its object", withBody('const f = op.execute\nf("x")')],
    ["a directive that something else calls", withBody('op.execute(["x", "y"].map(op.dropTable), "z")')],
    ["an asynchronous body", withBody('op.execute("x")').replace("function", "async function")],
    [
      "exports of every kind",
      "export const a = [1]\nexport default { a }\nexport function f() {}\nexport const g = () => a",
    ],
    [
      "imports by other names, and of types",
      'import { sql as text, type t, tagged, } from "sqlembic"\nimport type { A, B as C } from "./nowhere.js"\n' +
        "export const a = text`a`",
    ],
  ])("with %s", async (_what, text) => {
    expect(await difference(loader, text)).toBeUndefined();
    expect(await observePlain(loader, text)).toBeDefined();
  });
});

describe("A file that is not plain", () => {
  it.each([
    ["imports a helper", 'import { join } from "node:path";\nexport const a = join("a", "b");'],
    ["imports everything", 'import * as all from "sqlembic";\nexport const a = all.sql`a`;'],
    ["exports a list", "const a = 1;\nexport { a };"],
    ["exports a class", "export class Helper {}"],
    ["has type arguments of a call", withBody("op.execute(list<string>(1))")],
    ["imports at run time", 'export const a = () => import("node:fs");'],
    ["asks for import.meta", "export const a = import.meta.filename;"],
    ["uses a global", "export const a = String(1);"],
    ["uses a function before it is declared", "export const a = f();\nfunction f() {}"],
    ["uses a type for a value", 'import { type column } from "sqlembic";\nconst column = 1;\nexport const a = column;'],
    ["has a function of a name that its parameter has", "const a = 1;\nexport const f = (a) => a;"],
    ["has a member of a negative number", "export const a = -1 .toFixed(2);"],
    ["puts a sign before a call", "const f = () => 1;\nexport const a = -f();"],
    ["goes on behind a function", "export const a = (b => b)\n(1);"],
    ["goes on in the next line with a parenthesis", "const f = () => 1;\nconst a = f\n(1)\n;(2)"],
    ["has a list on the line behind a type", "export const a = 1 as A\n[];"],
    ["goes on in the next line with a sign", "const b = 1;\nexport const a = b\n-1;"],
    ["goes on in the next line with a comparison", "const b = 1;\nconst C = 2;\nexport const a = b as B\n<C>\nb;"],
    ["uses a constant outside of its block", "export const a = (b) => { if (b) { const c = 1; } b.execute(c); };"],
    ["has a prototype of its own", 'export const a = { "__proto__": { b: 1 } }.b;'],
    ["exports a prototype", "export const __proto__ = { upgrade: 1 };"],
    ["waits for something", "export async function upgrade(op) { await op; }"],
    ["calls an asynchronous function", "async function f() {}\nexport const a = () => f();"],
    ["hands an asynchronous function on", "async function f() {}\nexport const a = [f];"],
    ["calls what a call gives", "const f = () => () => 1;\nexport const a = f()();"],
    ["calls a member in parentheses", withBody("const a = (op.execute)(1)")],
    ["gives a default for a parameter", "export const f = (a = 1) => a;"],
    ["takes the rest of its parameters", "export const f = (...a) => a;"],
    ["spreads a list", "export const a = [...[1]];"],
    ["continues a string in the next line", 'export const a = "b\\\nc";'],
    ["has an escape by a number", 'export const a = "\\x41\\u0041\\u{41}";'],
    ["ends lines with carriage returns alone", "export const a = 1;\r// b\rexport const c = 2;"],
    ["ends a line with a separator of lines", "export const a = 1;\u2028export const c = 2;"],
    ["has a separator of paragraphs", "export const a = `\u2029`;"],
    ["has a number of another form", "export const a = [1e3, 0x10, 1_000, .5, 1n];"],
    ["compares loosely", "export const a = 1 == 1;"],
    ["has a type that has no capital", "export const a: account = 1;"],
    ["computes", "export const a = [1 - 1, 1 * 2, !1, 1 ? 2 : 3, 1 ?? 2];"],
    ["declares a variable", "let a = 1;\nexport const b = a;"],
    ["declares two constants at once", "export const a = 1, b = 2;"],
    ["has a name beyond ASCII", "export const é = 1;"],
    ["has a name with an escape", "export const \\u0061 = 1;"],
    ["has statements that are empty", ";;export const a = 1;;"],
  ])("is left to the engine when it %s", async (_what, text) => {
    expect(readPlainModule(text)).toBeUndefined();
    await expect(observeEvaluated(text)).resolves.toBeDefined(); // the text is none that nobody understands
  });

  it.each([
    ["an arrow function behind a plus", 'export const a = "b" + c => c;'],
    ["an arrow function behind a comparison", 'export const a = "b" === (c) => c;'],
    ["a sum of a function with braces", "export const a = (b) => {} + 1;"],
    ["a type of a function with braces", "export const a = (b) => {} as string;"],
    ["an arrow on a line of its own", "export const a = b\n=> b;"],
    ["an arrow behind parentheses on a line of its own", "export const a = (b)\n=> b;"],
    ["an assertion on a line of its own", "export const a = 1\nas string;"],
    ["the word async on a line of its own", "export async\nfunction upgrade() {}"],
    ["two statements on one line", "const a = 1 const b = 2;"],
    ["two statements around a comment of one line", "const a = 1 /* b */ const c = 2;"],
    ["a name twice", "const a = 1;\nfunction a() {}"],
    ["a name twice, as a parameter and inside", "function f(a) { const a = 1; }"],
    ["an export twice", "export default 1;\nexport default 2;"],
    ["a type that is imported twice", 'import { type A, type A } from "sqlembic";'],
    ["a type in an import of types", 'import type { type A } from "sqlembic";'],
    ["a reserved word as the name of a type", 'import { type A as if } from "sqlembic";'],
    ["a reserved word as a name", "const static = 1;"],
    ["await as a name", "const await = 1;"],
    ["a type that is an operator", "const a: keyof = 1;"],
    ["a readonly type that is no list", "const a: readonly string = 1;"],
    ["type arguments of a word of the language", "const a: string<A> = 1;"],
    ["a number with a zero before it", "export const a = 08;"],
    ["a number that goes on as a word", "export const a = 1a;"],
    ["a string that does not end", 'export const a = "b\nc";'],
    ["a template that does not end", "export const a = `b;"],
    ["a comment that does not end", "export const a = 1; /*"],
    ["a list with a gap before its end", "export const a = f(1,,);"],
    ["an export inside a function", "function f() { export const a = 1; }"],
    ["a brace too many", "export const a = 1 }"],
    ["a brace too few", "function f() { if (1) { }"],
    ["a constant without a value", "const a: string;"],
  ])("is refused by the engine as well when it has %s", async (_what, text) => {
    expect(readPlainModule(text)).toBeUndefined();
    await expect(newLoader().evaluate("a.ts", text)).rejects.toThrow();
  });

  it("is one that makes a text of what is none", async () => {
    const loader = newLoader();
    for (const text of [
      "const f = (a) => a;\nexport const b = `${f}`;",
      'export const a = ["b"] + "";',
      "const f = (a, b) => a;\nexport const c = f.name;",
      "const f = (a, b) => a;\nexport const c = [f].map(g => g.length);",
    ]) {
      expect(await observePlain(loader, text), text).toBeUndefined();
      await expect(observeEvaluated(text)).resolves.toBeDefined();
    }
  });

  it("is one that calls a directive inside a template", async () => {
    const text = withBody('op.execute(tagged`${op.dropTable("a")}`)');
    expect(await observePlain(newLoader(), text)).toBeUndefined();
    await expect(observeEvaluated(text)).resolves.toBeDefined();
  });

  it("is one that nests deeper than a reader may go", () => {
    const deep = 20_000;
    expect(readPlainModule(`export const a = ${"[".repeat(deep)}${"]".repeat(deep)};`)).toBeUndefined();
  });

  it.each([
    ["an enumeration", `enum A { b }\n${revision}`],
    ["an interface", `interface A { b: string }\n${revision}`],
    ["a non-null assertion", revision.replace("op.createTable", "op!.createTable")],
    [
      "a helper",
      revision
        .replace("\nexport const", '\nimport { join } from "node:path";\nexport const')
        .replace('"account"', 'join("account")'),
    ],
  ])("is loaded all the same when it has %s", async (_what, source) => {
    expect(readPlainModule(source)).toBeUndefined();
    const project = await projectOf({ "versions/aaaa.ts": source });
    expect((await compileRange(project, "head")).script).toContain("CREATE TABLE account");
  });

  it("says which import does not exist", async () => {
    const loader = newLoader();
    const source = revision.replaceAll("column", "colum");
    expect(readPlainModule(source)).toBeDefined();
    expect(await loader.follow("a.ts", source)).toBeUndefined();
    await expect(loader.load("a.ts", source)).rejects.toThrow(/imports colum from "sqlembic".*column/);
  });
});

const config = `import { defineConfig } from "sqlembic";

export default defineConfig({ dialect: "postgresql" });
`;

function projectOf(files: Readonly<Record<string, string>>): Promise<Project<Operations>> {
  return loadProject(undefined, { cwd: projectFolder({ "sqlembic.config.ts": config, ...files }), self });
}

describe("A project of plain files", () => {
  it("is compiled without the parser", async () => {
    const project = await projectOf({ "versions/aaaa.ts": revision });
    expect((await compileRange(project, "head")).script).toContain("CREATE TABLE account");
    expect((await compileRange(project, "head:base", { direction: "downgrade" })).script).toContain(
      "DROP TABLE account",
    );
    expect(transpile).not.toHaveBeenCalled();
  });

  it("may have a configuration that is a plain object", async () => {
    const plain = 'export default { dialect: "sqlite", versionTable: "v" };\n';
    const project = await projectOf({ "sqlembic.config.ts": plain, "versions/aaaa.ts": revision });
    expect(project.config).toMatchObject({ dialect: "sqlite", versionTable: "v" });
    expect(transpile).not.toHaveBeenCalled();
  });

  it("needs it for one file alone when only that one is not plain", async () => {
    const other = revision
      .replace('revision = "aaaa"', 'revision = "bbbb"')
      .replace("| null = null", '| null = "aaaa"')
      .replace('["billing"]', "null")
      .replace(/op\.createTable.*/, "for (const name of ['a', 'b']) op.execute(`SELECT '${name}'`);");
    const project = await projectOf({ "versions/aaaa.ts": revision, "versions/bbbb.ts": other });
    expect((await compileRange(project, "head")).script).toContain("SELECT 'b'");
    expect(vi.mocked(transpile).mock.calls.map(([file]) => file)).toEqual(["versions/bbbb.ts"]);
  });
});

describe("What goes wrong in a plain file", () => {
  /** What a user is told of a project with this revision after another one. */
  async function failures(file: string, text: string): Promise<readonly unknown[]> {
    const other = revision.replace('["billing"]', "null");
    const first = text.replace('downRevision = "aaaa"', "downRevision = null");
    const told: unknown[] = [];
    for (const files of [{ "versions/aaaa.ts": other, [file]: text }, { [file]: first }]) {
      const compiling = projectOf(files).then((project) => compileRange(project, "head"));
      told.push(await compiling.then(() => "nothing", toldError));
    }
    return told;
  }

  it.each([
    ["a directive that does not exist", '  op.creatTable("b", []);', "", "body-failed", 9, 6],
    [
      "a factory that does not exist",
      '  op.createTable("b", [\n    column("c", t.integr()),\n  ]);',
      "",
      "body-failed",
      10,
      19,
    ],
    [
      "an argument of the wrong kind",
      '  op.execute("SELECT 1");\n  op.addColumn("account", 5);',
      "",
      "not-a-table-item",
      10,
      6,
    ],
    ["a factory that throws", '  op.addColumn("account", column("b", "c"));', "", "no-type", 9, 27],
    ["a tag that throws", "  op.execute(sql`SELECT ${undefined}`);", "", "undefined-in-sql", 9, 17],
    [
      "a body inside the body that throws",
      '  op.batchAlterTable("account", (batch) => {\n    batch.dropColum("b");\n  });',
      "",
      "body-failed",
      10,
      11,
    ],
    [
      "a function of the file that throws",
      "  help(op);",
      "function help(op: Operations) { op.getBind(); }",
      "no-connection",
      7,
      36,
    ],
    ["a constant that throws", "  op.execute(broken);", "const broken = sql`${undefined}`;", "undefined-in-sql", 7, 19],
    [
      "a constant that asks nothing for a member",
      "  op.execute(broken);",
      "const broken = t.nothing.at(1);",
      "evaluation-failed",
      7,
      26,
    ],
    [
      "an operation that does not fit the schema",
      '  op.execute("SELECT 1");\n  op\n    .dropTable("nothing");',
      "",
      "unknown-table",
      11,
      6,
    ],
    ["SQL that is none", "  op.execute(`SELECT 1;\n    SELEC 2`);", "", "sql-syntax", 10, 5],
  ])("%s is told as the engine tells it", async (what, body, before, code, line, column) => {
    const file = `versions/${what.replaceAll(" ", "_")}.ts`;
    const text = [
      'import { column, sql, t, type Operations } from "sqlembic";',
      "",
      'export const revision = "bbbb";',
      'export const downRevision = "aaaa";',
      "export const branchLabels = null;",
      "export const dependsOn = null;",
      before,
      "export function upgrade(op: Operations): void {",
      body,
      "}",
      "",
    ].join("\n");
    if (code === "sql-syntax") allowUnparsed(/SELEC 2/, "the test is about where it is told");
    const evaluated = `${text}export {};\n`;
    expect([readPlainModule(text) !== undefined, readPlainModule(evaluated) !== undefined]).toEqual([true, false]);
    const told = await failures(file, text);
    for (const one of told) expect(one).toMatchObject({ code, origin: { file, line, column } });
    expect(told).toEqual(await failures(file, evaluated));
  });

  it("leaves nothing behind that would give the calls of other files its positions", async () => {
    const loader = newLoader();
    const broken = "export const a = list(1, sql`${undefined}`);";
    const file = `import { list, sql } from "sqlembic";\n\n\n${broken}`;
    const calls = (await observeEvaluated(withBody('op.execute("x")'))).calls;
    expect(await loader.follow("b.ts", file)).toBeUndefined();
    expect((await observeEvaluated(withBody('op.execute("x")'))).calls).toEqual(calls);
    expect(calls[0]).toMatchObject({ file: "a.ts", line: 4, column: 4 });
  });

  it("is told of a configuration whose functions throw later", async () => {
    const convention = (end: string): string =>
      `export default { dialect: "postgresql", namingConvention: { pk: "pk_%(a)s", a: (item) => item.b.c } };\n${end}`;
    const told = async (end: string): Promise<unknown> => {
      const project = await projectOf({ "sqlembic.config.ts": convention(end), "versions/aaaa.ts": revision });
      return compileRange(project, "head").then(() => "nothing", toldError);
    };
    const plain = await told("");
    expect(plain).toEqual(await told("export {};\n"));
    expect(plain).toMatchObject({ message: expect.stringContaining("'c'") as string, origin: { line: 1 } });
  });
});
