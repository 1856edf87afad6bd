import { describe, expect, it } from "vitest";
import { schemaOf } from "../engines/schema.js";
import { testOn } from "../engines/test-on.js";
import { compared } from "./compared.js";

interface OptionChange {
  readonly title: string;
  readonly dialect: "postgresql" | "mariadb" | "mysql";
  readonly from: string;
  readonly to: string;
  readonly sql: readonly string[];
  readonly back: readonly string[];
}

const changes: readonly OptionChange[] = [
  ...(["mariadb", "mysql"] as const).flatMap((dialect): readonly OptionChange[] => [
    {
      title: "an engine and how rows are stored",
      dialect,
      from: "CREATE TABLE t (a INT NOT NULL);",
      to: "CREATE TABLE t (a INT NOT NULL) ENGINE=MyISAM ROW_FORMAT=DYNAMIC;",
      sql: ["ALTER TABLE t ENGINE=MyISAM ROW_FORMAT=DYNAMIC"],
      back: ["ALTER TABLE t ENGINE=InnoDB ROW_FORMAT=DEFAULT"],
    },
    {
      title: "the character set of a table, and with it that of its columns",
      dialect,
      from: "CREATE TABLE t (a VARCHAR(5), b INT) DEFAULT CHARSET=utf8mb4;",
      to: "CREATE TABLE t (a VARCHAR(5), b INT) DEFAULT CHARSET=latin1 COLLATE=latin1_bin;",
      sql: ["ALTER TABLE t DEFAULT CHARSET=latin1 COLLATE latin1_bin", "ALTER TABLE t MODIFY a VARCHAR(5) NULL"],
      back: ["ALTER TABLE t DEFAULT CHARSET=utf8mb4", "ALTER TABLE t MODIFY a VARCHAR(5) NULL"],
    },
  ]),
  {
    title: "storage parameters, one of which goes",
    dialect: "postgresql",
    from: "CREATE TABLE t (a INT) WITH (fillfactor = 70, autovacuum_enabled = false);",
    to: "CREATE TABLE t (a INT) WITH (fillfactor = 80);",
    sql: ["ALTER TABLE t SET (fillfactor = 80)", "ALTER TABLE t RESET (autovacuum_enabled)"],
    back: ["ALTER TABLE t SET (fillfactor = 70, autovacuum_enabled = false)"],
  },
  {
    title: "a table whose changes are not logged",
    dialect: "postgresql",
    from: "CREATE TABLE t (a INT);",
    to: "CREATE UNLOGGED TABLE t (a INT);",
    sql: ["ALTER TABLE t SET UNLOGGED"],
    back: ["ALTER TABLE t SET LOGGED"],
  },
];

describe("options of tables are changed in place", () => {
  it.each(changes)("$title: $dialect", async ({ dialect, from, to, sql, back }) => {
    const found = await compared(dialect, from, to);
    expect({ sql: found.sql, back: found.back, rest: found.rest }).toEqual({ sql, back, rest: [] });
    expect(found.gaps).toEqual({ upgrade: [], downgrade: [] });
  });

  for (const { title, dialect, from, to } of changes) {
    const other = dialect === "mysql" ? ({ mariadb: "it has a dialect of its own" } as const) : {};
    testOn(
      dialect,
      `${title}, as the server sees it`,
      async ({ engine, database }) => {
        const { sql } = await compared(dialect, from, to);
        await database.apply(to);
        const wanted = await schemaOf(engine, database);
        await database.apply("DROP TABLE t;");
        const { exitCode, stderr } = await database.apply([from, ...sql].join(";\n").replace(";;", ";"));
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
        expect(await schemaOf(engine, database)).toEqual(wanted);
      },
      { except: other },
    );
  }

  it.each([
    ["mysql", "CREATE TABLE t (a INT NOT NULL) PARTITION BY HASH (a) PARTITIONS 4;"],
    ["postgresql", "CREATE TABLE t (a INT NOT NULL) PARTITION BY HASH (a);"],
  ] as const)("how a table is split is for its author to decide: %s", async (dialect, to) => {
    const { gaps } = await compared(dialect, "CREATE TABLE t (a INT NOT NULL);", to);
    expect(gaps.upgrade.map(({ what }) => what)).toEqual([expect.stringContaining('the options of table "t" go from')]);
  });
});
