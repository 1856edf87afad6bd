import { describe, expect, it } from "vitest";
import { column, t, type Operations } from "../../../src/index.js";
import { testOn } from "../../engines/test-on.js";
import { compileScript } from "../shared/compile-script.js";

type Body = (op: Operations) => void;
const dialects = ["mysql", "mariadb"] as const;
type Dialect = (typeof dialects)[number];

const words: Readonly<Record<Dialect, { readonly srid: string; readonly point: string; readonly format: string }>> = {
  mysql: { srid: "SRID 4326", point: "POINT NOT NULL SRID 4326", format: " COLUMN_FORMAT FIXED" },
  mariadb: { srid: "REF_SYSTEM_ID=4326", point: "POINT REF_SYSTEM_ID=4326 NOT NULL", format: "" },
};

const directive =
  (dialect: Dialect): Body =>
  (op) =>
    op.createTable("place", [
      column("id", t.integer(), { primaryKey: true }),
      column("at", t.raw("POINT"), { nullable: false, mysql: { srid: 4326 } }),
      column("note", t.integer(), { mysql: { visible: false, ...(dialect === "mysql" && { columnFormat: "FIXED" }) } }),
    ]);
const authored =
  (dialect: Dialect): Body =>
  (op) =>
    op.execute(
      `CREATE TABLE place (id INTEGER PRIMARY KEY, at ${words[dialect].point}, note INTEGER INVISIBLE${words[dialect].format})`,
    );
const dumped: Body = (op) =>
  op.execute(
    "CREATE TABLE place (id INTEGER PRIMARY KEY, at POINT NOT NULL /*!80003 SRID 4326 */, note INTEGER /*!50606 COLUMN_FORMAT FIXED */ /*!80023 INVISIBLE */)",
  );

const change: Body = (op) => {
  op.alterColumn("place", "at", { comment: "where" });
  op.alterColumn("place", "note", { nullable: false });
};

/** MariaDB wants a default of a column that is not seen and takes no NULL. */
const noted: Body = (op) => {
  op.alterColumn("place", "at", { comment: "where" });
  op.alterColumn("place", "note", { comment: "note" });
};

async function changes(dialect: Dialect, make: Body, body: Body = change): Promise<readonly string[]> {
  const revisions = [
    { id: "a1", upgrade: make },
    { id: "b2", follows: ["a1"], upgrade: body },
  ];
  const script = await compileScript({ dialect }, revisions, "a1:head", { wholeHistory: true, parse: false });
  return [...script.matchAll(/ALTER TABLE place [^*\n]*?(?= ?\*\/|;)/g)].map(([text]) => text.trim());
}

describe.each(dialects)("MODIFY on %s", (dialect) => {
  const ways: readonly (readonly [string, Body])[] = [
    ["options of a column", directive(dialect)],
    ["SQL of an author", authored(dialect)],
    ...(dialect === "mysql" ? [["comments of a dump", dumped] as const] : []),
  ];
  it.each(ways)("keeps what a column has besides its type, from %s", async (_from, make) => {
    const [at = "", note = ""] = await changes(dialect, make);
    expect(at).toContain("MODIFY at POINT");
    expect(at).toContain(words[dialect].srid);
    expect(note).toBe(`ALTER TABLE place MODIFY note INTEGER NOT NULL INVISIBLE${words[dialect].format}`);
  });

  it("leaves the reference system to types that have one, and forgets what SQL of an author leaves out", async () => {
    const [text] = await changes(dialect, directive(dialect), (op) =>
      op.alterColumn("place", "at", { type: t.integer() }),
    );
    expect(text).toBe("ALTER TABLE place MODIFY at INTEGER NOT NULL");
    const [, note] = await changes(dialect, directive(dialect), (op) => {
      op.execute("ALTER TABLE place MODIFY note BIGINT");
      op.alterColumn("place", "note", { nullable: false });
    });
    expect(note).toBe("ALTER TABLE place MODIFY note BIGINT NOT NULL");
  });

  testOn(dialect, "is taken by the server, which keeps them", async ({ database, engine }) => {
    if (engine !== dialect) return; // the words of one are not those of the other
    const revisions = [
      { id: "a1", upgrade: directive(dialect) },
      { id: "b2", follows: ["a1"], upgrade: noted },
    ];
    expect(await database.apply(await compileScript({ dialect }, revisions))).toMatchObject({ exitCode: 0 });
    const made = JSON.stringify(await database.query("SHOW CREATE TABLE place"));
    expect(made).toMatch(/`note` int(?:\(11\))? [^]*INVISIBLE/);
    if (dialect === "mysql") expect(made).toMatch(/SRID 4326[^]*COLUMN_FORMAT FIXED/);
  });
});

it.each([
  ["mysql", "8.0.22"],
  ["mariadb", "10.3.2"],
] as const)("invisible columns are refused where %s %s has none", async (dialect, targetVersion) => {
  const config = { dialect, targetVersion };
  const hidden: Body = (op) => op.createTable("a", [column("b", t.integer(), { mysql: { visible: false } })]);
  await expect(compileScript(config, [{ id: "a1", upgrade: hidden }])).rejects.toThrow(/invisible columns/);
});

it("what MySQL stores of a column in another way is refused on MariaDB, which has no words for it", async () => {
  const stored: Body = (op) => op.createTable("a", [column("b", t.integer(), { mariadb: { storage: "DISK" } })]);
  const compiled = compileScript({ dialect: "mariadb" }, [{ id: "a1", upgrade: stored }]);
  await expect(compiled).rejects.toThrow(/COLUMN_FORMAT and STORAGE/);
});
