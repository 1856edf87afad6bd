import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LoadError } from "../../src/errors.js";
import { ModuleLoader } from "../../src/revision/loader.js";
import { constantNames, scanRevision, scanSource } from "../../src/revision/scan.js";

const file = "versions/ae10_add_account.ts";

function failure(source: string): LoadError {
  try {
    scanRevision(file, source);
  } catch (error) {
    if (error instanceof LoadError) return error;
    throw error;
  }
  throw new Error("the source was accepted");
}

describe("the constants of a revision file", () => {
  it("are read with message and documentation", () => {
    const source = [
      "/**",
      " * add last_transaction_date to account",
      " *",
      " * Longer explanation,",
      " *   indented.",
      " */",
      'import { column, t, type Operations } from "sqlembic";',
      "",
      'export const revision = "ae1027a6acf";',
      'export const downRevision = "1975ea83b712";',
      "export const branchLabels = null;",
      "export const dependsOn = null;",
      "",
      "export function upgrade(op: Operations): void {}",
    ].join("\n");
    expect(scanRevision(file, source)).toEqual({
      revision: "ae1027a6acf",
      downRevisions: ["1975ea83b712"],
      dependsOn: [],
      branchLabels: [],
      message: "add last_transaction_date to account",
      documentation: "add last_transaction_date to account\n\nLonger explanation,\n  indented.",
      file,
    });
  });

  it.each([
    ["single quotes", "export const revision = 'a'; export const downRevision = 'b';"],
    ["template literals", "export const revision = `a`; export const downRevision = `b`;"],
    ["no semicolons", 'export const revision = "a"\nexport const downRevision = "b"'],
    ["CRLF lines", 'export const revision = "a"\r\nexport const downRevision = "b"\r\n'],
    ["type annotations", 'export const revision: string = "a";\nexport const downRevision: string | null = "b";'],
    ["an array type", 'export const revision = "a";\nexport const downRevision: readonly string[] | null = ["b"];'],
    ["as const", 'export const revision = "a" as const;\nexport const downRevision = ["b"] as const'],
    [
      "type assertions",
      'export const revision = "a" satisfies string;\nexport const downRevision = "b" as string | null',
    ],
    [
      "trailing comments",
      'export const revision = "a"; // mine\nexport const downRevision = "b" /* x */ // null | "id"',
    ],
    [
      "inner comments",
      'export const revision = /* new */ "a";\nexport const downRevision = [ // first\n "b", /* , "c" */\n];',
    ],
    ["let", 'export let revision = "a";\nexport var downRevision = "b";'],
    ["odd spacing", 'export   const\n  revision="a";export const downRevision\n=\n"b"'],
    ["a type-only export", 'export type Id = "z";\nexport const revision = "a";\nexport const downRevision = "b";'],
  ])("are read when written with %s", (_style, source) => {
    expect(scanRevision(file, source)).toMatchObject({ revision: "a", downRevisions: ["b"] });
  });

  it("may be lists, in the order of the file", () => {
    const source = `
      export const revision = "m";
      export const downRevision = ["b", 'a'];
      export const branchLabels = ["billing", "shop",];
      export const dependsOn = ["x", "y"];`;
    expect(scanRevision(file, source)).toMatchObject({
      downRevisions: ["b", "a"],
      branchLabels: ["billing", "shop"],
      dependsOn: ["x", "y"],
    });
  });

  it("may leave out labels and dependencies", () => {
    expect(scanRevision(file, 'export const revision = "a"; export const downRevision = null;')).toMatchObject({
      downRevisions: [],
      branchLabels: [],
      dependsOn: [],
    });
  });

  it.each([
    ["a line comment", '// export const revision = "no";'],
    ["a block comment", '/* \nexport const revision = "no";\n*/'],
    ["a string", "const text = 'export const revision = \"no\";';"],
    ["an escaped quote", String.raw`const text = 'it\'s export const revision = "no";';`],
    ["a template literal", 'const text = `\nexport const revision = "no";\n`;'],
    ["a nested template", 'const text = `${[`${"`"}`, {}]}\nexport const revision = "no";\n`;'],
    ["a function", 'function f() {\n  const g = `export const revision = "no"`;\n}'],
    ["a regular expression", 'const quotes = /["\'`/]export const revision = "no"/g;'],
    ["a regular expression after a keyword", "const f = (x: string) => { return /[/'\"]/.test(x); };"],
    ["division", "const half = (1 + 1) / 2, rest = half / 4; // '"],
    ["another identifier", 'const $export = 1;\nexport const revisionOf = "no";\nexport const myrevision = "no";'],
  ])("are not looked for in %s", (_place, decoy) => {
    const source = `${decoy}\nexport const revision = "yes";\nexport const downRevision = null;\n`;
    expect(scanRevision(file, source)).toMatchObject({ revision: "yes" });
  });

  it.each([
    ["concatenation", 'export const revision = "a" + "b";'],
    ["concatenation on the next line", 'export const revision = "a"\n  + "b"'],
    ["a call on the next line", 'export const revision = "a"\n  // lower\n  .toLowerCase()'],
    ["a method", 'export const revision = "A".toLowerCase();'],
    ["a variable", "export const revision = id;"],
    ["a call", "export const revision = make();"],
    ["an escape", String.raw`export const revision = "\x61";`],
    ["a substitution", "export const revision = `${id}`;"],
    ["null coalescing", 'export const revision = null ?? "a";'],
    ["an export list", 'const revision = "a"; export { revision };'],
    ["a re-export", 'export * from "./ids.js";'],
    ["destructuring", "export const { revision } = ids;"],
    ["an operator word on the next line", 'export const revision = "a"\n  in ids ? "x" : "y";'],
    ["a number", "export const revision = 5;"],
  ])("are left to evaluation when computed by %s", (_how, declaration) => {
    const source = `${declaration}\nexport const downRevision = null;`;
    expect(scanSource(source).exports).toBeUndefined();
    expect(scanRevision(file, source)).toBeUndefined();
  });

  it("leave a text that cannot be tokenized to the parser", () => {
    expect(scanRevision(file, 'const broken = "unclosed;\nexport const revision = "a";')).toBeUndefined();
    expect(scanRevision(file, "}\nexport const revision = 'a';")).toBeUndefined();
    expect(scanRevision(file, "/* never closed\nexport const revision = 'a';")).toBeUndefined();
  });
});

describe("what the text says", () => {
  const fragments = [
    'export const revision = "a";',
    "export const revision: string = 'b' // c\n",
    'export const revision = "a" /* 1 */ + /* 2 */ "b";',
    "export const revision = `a\nb`;",
    "export const downRevision = null;",
    "export const downRevision: string[] = ['x', /* 'no' */ \"y\",];",
    "export const downRevision = ['x'].concat('y')\n",
    "export const branchLabels = ['l']\n",
    "export const dependsOn = 'd' as const;",
    "const quotes = [/[\"'`/]/, /\\//g, 4 / 2 / 1];",
    "const text = 'it\\'s \\\\';",
    "const nested = `${[`}${'`'}`].map((x) => ({ x }))}`;",
    "function inner() { const revision = 'no'; return { revision } }",
    '// export const revision = "no";\n',
    '/* export const dependsOn = "no"; */',
    "/** doc ` ' \" */",
    "\n",
    "type Alias = { revision: string };",
    "class Thing { static revision = 'no'; get half() { return 1 / 2; } }",
  ];
  const names = (source: string): readonly string[] => constantNames.filter((name) => source.includes(`const ${name}`));

  it("is what evaluating it says, or is left open", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...fragments), { minLength: 2 }), async (parts) => {
        const source = parts.join(" ");
        const scanned = scanSource(source);
        if (scanned.exports === undefined) return;
        const loader = new ModuleLoader({ folder: "/nowhere", self: () => Promise.resolve({}) });
        // A constant declared twice is a syntax error, which is for the parser to tell.
        const evaluated = await loader.evaluate("a.ts", source).catch(() => undefined);
        if (evaluated === undefined) return;
        compared += 1;
        for (const name of names(source)) expect(scanned.exports[name], source).toEqual(evaluated[name]);
      }),
      { numRuns: 1500, seed: 7 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});

describe("the message", () => {
  const constants = 'export const revision = "a"; export const downRevision = null;';

  it("is empty without a doc comment", () => {
    expect(scanRevision(file, `/* not a doc comment */ // nor this\n/**/\n${constants}`)).toMatchObject({
      message: "",
      documentation: "",
    });
  });

  it("may stand on one line", () => {
    expect(scanRevision(file, `/** add x */\n${constants}`)?.message).toBe("add x");
  });

  it("may span lines and stops at the first empty one", () => {
    const source = `/**\r\n * first\r\n * second  \r\n *\r\n * third\r\n */\r\n${constants}`;
    expect(scanRevision(file, source)).toMatchObject({
      message: "first\nsecond",
      documentation: "first\nsecond\n\nthird",
    });
  });

  it("is taken from the first of several doc comments, even below the constants", () => {
    expect(scanRevision(file, `${constants}\n/** one */\n/** two */`)?.message).toBe("one");
  });

  it("is not taken from a string", () => {
    expect(scanRevision(file, `const text = "/** no */";\n/** yes */\n${constants}`)?.message).toBe("yes");
  });

  it("needs no leading stars", () => {
    expect(scanRevision(file, `/**\n  add x\n\n  more\n*/\n${constants}`)).toMatchObject({
      message: "add x",
      documentation: "add x\n\nmore",
    });
  });
});

describe("a file that is no revision", () => {
  it("is refused with the way to mark a helper", () => {
    const error = failure("export const columns = [1];");
    expect(error).toMatchObject({ code: "not-a-revision", origin: { file, line: 1 } });
    expect(error.hint).toContain("_ae10_add_account.ts");
  });

  it("is told to name itself when it has a body", () => {
    const error = failure("// body\nexport async function upgrade(op) {}");
    expect(error).toMatchObject({ code: "missing-revision" });
    expect(error.message).toContain(file);
  });

  it("has to say what it follows", () => {
    expect(failure('\n\n  export const revision = "a";')).toMatchObject({
      code: "missing-down-revision",
      origin: { file, line: 3, column: 3 },
    });
  });

  it.each([
    ["revision", "null", "null"],
    ["revision", '""', '""'],
    ["revision", '["a"]', '["a"]'],
    ["downRevision", '[""]', '[""]'],
    ["dependsOn", '""', '""'],
  ])("with %s = %s is refused at that constant", (name, value, described) => {
    const others = ["revision", "downRevision"].filter((other) => other !== name);
    const source = `${others.map((other) => `export const ${other} = "b";`).join("\n")}\nexport const ${name} = ${value};`;
    const error = failure(source);
    expect(error).toMatchObject({ code: "invalid-constant", origin: { line: others.length + 1, column: 1 } });
    expect(error.message).toContain(`${name} is ${described}`);
  });
});
