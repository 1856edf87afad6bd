import { describe, expect, it } from "vitest";
import { compileOperations, compileRange, loadProject } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { roundTrip } from "../engines/round-trip.js";
import { testOn } from "../engines/test-on.js";
import { projectFolder } from "../support/project-folder.js";

const columns = `[
  column("id", t.integer(), { primaryKey: true }),
  column("name", t.string(40)),
  column("price", t.numeric(30, 10)),
  column("sold", t.boolean()),
  column("day", t.date()),
  column("seen", t.dateTime()),
  column("picture", t.largeBinary()),
  column("notes", t.json()),
]`;

function project(dialect: DialectName, call: string, files: Readonly<Record<string, string>>) {
  const folder = projectFolder({
    "sqlembic.config.ts": `import { defineConfig } from "sqlembic";\nexport default defineConfig({ dialect: "${dialect}" });\n`,
    "versions/a1.ts": `/** make goods */
import { column, t, table, type Operations } from "sqlembic";
export const revision = "a1";
export const downRevision = null;
export function upgrade(op: Operations): void {
  op.createTable("goods", ${columns});
  ${call}
}
export function downgrade(op: Operations): void {
  op.dropTable("goods");
}
`,
    ...files,
  });
  return loadProject(undefined, { cwd: folder });
}

const goods = `id,name,price,sold,day,seen,picture,notes
1,"O'Hara, ""Jim""\nsecond line",12345678901234567890.1234567891,true,2024-02-29,2024-02-29 23:59:59,00ff27,"{""a"": ""it's""}"
2,"",-0.1,no,,,,
3,100% :x \\n äöü 🎈,,,0999-01-01,2024-05-31T12:30,,[]
`;

async function statementsOf(call: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const [step] = (await compileRange(await project("postgresql", call, files), "head")).steps;
  return (step?.statements ?? []).map((statement) => statement.sql).filter((text) => text.startsWith("INSERT"));
}

describe("rows of a file beside the revision", () => {
  it("become literals of the types that the history gave the columns", async () => {
    const csv = "id,price,sold,day,picture\n1,1.10,t,2024-05-31,00ff\n";
    expect(await statementsOf(`op.bulkInsertFrom("goods", "./goods.csv");`, { "versions/goods.csv": csv })).toEqual([
      "INSERT INTO goods (id, price, sold, day, picture) VALUES (1, 1.10, true, '2024-05-31', decode('00ff', 'hex'))",
    ]);
  });

  it("become literals of the types of the table that is given", async () => {
    const call = `op.bulkInsertFrom(table("goods", [column("id", t.integer()), column("name", t.integer())]), "../data/goods.json", { rowsPerStatement: 2 });`;
    const json = '[{"id": 1, "name": "007"}, {"id": 2, "name": 8}]';
    expect(await statementsOf(call, { "data/goods.json": json })).toEqual([
      "INSERT INTO goods (id, name) VALUES\n    (1, 7),\n    (2, 8)",
    ]);
  });

  it.each<[what: string, csv: string, code: string, message: string]>([
    [
      "a text that is no value of the type",
      "id,day\n1,2024-05-31\n2,31.5.\n",
      "not-a-value",
      'op.bulkInsertFrom("goods"): versions/goods.csv:3 has "31.5." for "day", which is no date.',
    ],
    [
      "a column that the table has not",
      "id,nmae\n1,a\n",
      "unknown-column",
      'op.bulkInsertFrom("goods"): versions/goods.csv:2 has "nmae", which is no column.',
    ],
  ])("are refused for %s, with both places", async (_what, csv, code, message) => {
    const compiled = statementsOf(`op.bulkInsertFrom("goods", "goods.csv");`, { "versions/goods.csv": csv });
    await expect(compiled).rejects.toMatchObject({
      code,
      message,
      origin: { file: "versions/a1.ts", line: 16, column: 6 },
    });
  });

  it.each<[path: string, code: string]>([
    ["missing.csv", "unreadable-file"],
    ["/etc/goods.csv", "absolute-path"],
    ["C:\\\\goods.csv", "absolute-path"],
  ])("are not read from %s", async (path, code) => {
    await expect(statementsOf(`op.bulkInsertFrom("goods", "${path}");`, {})).rejects.toMatchObject({ code });
  });

  it("are not read where there is no revision file", async () => {
    const compiled = compileOperations((op) => op.bulkInsertFrom("goods", "goods.csv"), { dialect: "sqlite" });
    await expect(compiled).rejects.toMatchObject({ code: "no-revision-file" });
  });

  const texts = { postgresql: "::text", mariadb: "", mysql: "", sqlite: "" } as const;
  for (const dialect of ["postgresql", "mariadb", "sqlite"] as const) {
    testOn(dialect, `come back as they stand in the file, through a script for ${dialect}`, async (context) => {
      const loaded = await project(dialect, `op.bulkInsertFrom("goods", "goods.csv", { rowsPerStatement: 10 });`, {
        "versions/goods.csv": goods,
      });
      await roundTrip(context, {
        upgrade: (await compileRange(loaded, "head")).script,
        downgrade: (await compileRange(loaded, "a1:base", { direction: "downgrade" })).script,
        versionTable: "alembic_version",
      });
      const hex = dialect === "postgresql" ? "upper(encode(picture, 'hex'))" : "hex(picture)";
      const cast = texts[dialect];
      const found = await context.database.query(
        `SELECT id, name, price${cast} AS price, day${cast} AS day, seen${cast} AS seen, ${hex} AS picture, notes${cast} AS notes FROM goods ORDER BY id`,
      );
      expect(found.map(({ name }) => name)).toEqual([`O'Hara, "Jim"\nsecond line`, "", "100% :x \\n äöü 🎈"]);
      // SQLite keeps no more than fifteen digits of a number
      if (dialect !== "sqlite") expect(found[0]?.["price"]).toBe("12345678901234567890.1234567891");
      expect(found.map(({ day }) => day)).toEqual(["2024-02-29", null, "0999-01-01"]);
      expect(found.map(({ seen }) => seen?.slice(0, 19))).toEqual([
        "2024-02-29 23:59:59",
        undefined,
        "2024-05-31 12:30:00",
      ]);
      expect(found[0]?.["picture"]).toBe("00FF27");
      expect(JSON.parse(found[0]?.["notes"] ?? "")).toEqual({ a: "it's" });
    });
  }
});
