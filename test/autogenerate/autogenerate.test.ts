import { describe, expect, it } from "vitest";
import { loadDialect } from "../../dialects/index.js";
import { readBaseline } from "../../src/compiler/baseline.js";
import { revisionBodies } from "../../src/authoring/bodies.js";
import { check, column, compileOperations, t, unique, type Operations } from "../../src/index.js";
import { dialectNames } from "../../src/schema/dialect-names.js";
import { parseRename } from "../../src/autogenerate/renames.js";
import { schemaAfter } from "../dialects/shared/reader/read-sql.js";
import { compared } from "./compared.js";

const account = "CREATE TABLE account (id INTEGER NOT NULL, name VARCHAR(20), PRIMARY KEY (id))";

describe("autogenerate", () => {
  it.each(dialectNames)("finds nothing between a schema and itself: %s", async (dialect) => {
    const { detected, upgrade, downgrade } = await compared(dialect, `${account};`, `${account};`);
    expect({ detected, upgrade, downgrade }).toEqual({ detected: [], upgrade: [], downgrade: [] });
  });

  it.each(dialectNames)("says what it found in Alembic's words, and leads there and back: %s", async (dialect) => {
    const wanted = `CREATE TABLE account (id INTEGER NOT NULL, name VARCHAR(20), email VARCHAR(50), PRIMARY KEY (id));
      CREATE TABLE item (id INTEGER NOT NULL, account_id INTEGER, PRIMARY KEY (id),
        CONSTRAINT fk_item_account FOREIGN KEY (account_id) REFERENCES account (id));
      CREATE INDEX ix_account_name ON account (name);`;
    const { detected, rest } = await compared(dialect, `${account};`, wanted);
    expect(detected).toEqual([
      "Detected added table 'item'",
      "Detected added column 'account.email'",
      "Detected added index 'ix_account_name' on '(name)'",
    ]);
    expect(rest).toEqual([]);
  });
});

describe("a rename", () => {
  it("is what --rename says", () => {
    expect(parseRename("account.nick=alias")).toEqual({
      schema: undefined,
      table: "account",
      from: "nick",
      to: "alias",
    });
    expect(parseRename("account=person")).toEqual({
      schema: undefined,
      table: undefined,
      from: "account",
      to: "person",
    });
    expect(parseRename("audit.account.nick=alias")).toMatchObject({ schema: "audit", table: "account" });
    expect(parseRename("audit.account=audit.person")).toMatchObject({ schema: "audit", table: undefined });
    for (const text of ["a", "a=b=c", "=b", "a.=b", "a=b.c"]) expect(() => parseRename(text)).toThrow("is no rename");
  });

  it.each(dialectNames)("keeps values where a drop and an addition would lose them: %s", async (dialect) => {
    const wanted = "CREATE TABLE person (id INTEGER NOT NULL, title VARCHAR(20), PRIMARY KEY (id));";
    const renames = [parseRename("account=person"), parseRename("person.name=title")];
    const { upgrade, downgrade, rest, gaps } = await compared(dialect, `${account};`, wanted, { renames });
    expect(upgrade.map(({ kind }) => kind)).toEqual(["renameTable", "alterColumn"]);
    expect(downgrade.map(({ kind }) => kind)).toEqual(["alterColumn", "renameTable"]);
    expect({ rest, gaps }).toEqual({ rest: [], gaps: { upgrade: [], downgrade: [] } });
  });

  it("of what is not there is refused", async () => {
    const renames = [parseRename("account.nick=alias")];
    await expect(compared("postgresql", `${account};`, `${account};`, { renames })).rejects.toThrow(
      'table "account" has no column, index or constraint "nick"',
    );
  });
});

describe("names", () => {
  it.each(dialectNames)("that a table leaves are free before another takes them: %s", async (dialect) => {
    const from = "CREATE TABLE a (x INTEGER); CREATE INDEX ix_x ON a (x); CREATE TABLE b (x INTEGER);";
    const moved = "CREATE TABLE a (x INTEGER); CREATE TABLE b (x INTEGER); CREATE INDEX ix_x ON b (x);";
    const { upgrade, rest } = await compared(dialect, from, moved);
    expect(upgrade.map(({ kind }) => kind)).toEqual(["dropIndex", "createIndex"]);
    expect(rest).toEqual([]);
    const replaced = "CREATE TABLE b (x INTEGER); CREATE TABLE c (y INTEGER); CREATE INDEX ix_x ON c (y);";
    const kinds = (await compared(dialect, from, replaced)).upgrade.map(({ kind }) => kind);
    expect(kinds.indexOf("dropTable")).toBeLessThan(kinds.indexOf("createTable"));
  });
});

describe("a constraint without a name", () => {
  const referred = "CREATE TABLE owner (id INTEGER PRIMARY KEY);";
  const item = (parts: string): string => `${referred} CREATE TABLE item (x INTEGER, y INTEGER${parts});`;
  const cases = {
    "foreign key": [
      ", FOREIGN KEY (x) REFERENCES owner (id)",
      ", FOREIGN KEY (x) REFERENCES owner (id) ON DELETE CASCADE",
    ],
    unique: [", UNIQUE (x)", ", UNIQUE (x, y)"],
    check: [", CHECK (x > 0)", ", CHECK (x > 1)"],
  };

  it.each(Object.entries(cases))("%s, is changed on SQLite all the same", async (_kind, [from = "", to = ""]) => {
    const { gaps, rest, sql } = await compared("sqlite", item(from), item(to));
    expect({ gaps, rest }).toEqual({ gaps: { upgrade: [], downgrade: [] }, rest: [] });
    expect(sql.filter((statement) => statement.startsWith("CREATE TABLE _alembic_tmp_item"))).not.toEqual([]);
  });

  it.each(["sqlite", "mssql", "oracle"] as const)(
    "is not made anew for a name alone, where its own is not known: %s",
    async (dialect) => {
      const from = "CREATE TABLE a (x INTEGER, UNIQUE (x));";
      const to = "CREATE TABLE a (x INTEGER, CONSTRAINT uq_x UNIQUE (x));";
      expect((await compared(dialect, from, to)).detected).toEqual([]);
      expect((await compared(dialect, to, from)).detected).toEqual([]);
    },
  );

  it.each(dialectNames.filter((name) => name !== "mssql" && name !== "oracle"))(
    "is dropped by what it is: %s",
    async (dialect) => {
      const body = (op: Operations): void => {
        op.createTable("item", [column("x", t.integer()), column("y", t.integer()), unique(["x", "y"])]);
        op.dropConstraint(null, "item", { type: "unique", columns: ["x", "y"] });
      };
      const catalog = await schemaAfter(dialect, body);
      expect(catalog.table(undefined, "item")?.constraints).toEqual([]);
    },
  );
});

describe("what PostgreSQL has and no directive makes", () => {
  const table = "CREATE TABLE item (id INTEGER PRIMARY KEY, x INTEGER);";
  const cases = {
    policy: "CREATE POLICY reading ON item FOR SELECT USING (x > 0);",
    "row security": "ALTER TABLE item ENABLE ROW LEVEL SECURITY;",
    statistics: "CREATE STATISTICS pairs (dependencies) ON id, x FROM item;",
    "composite type": "CREATE TYPE pair AS (one INTEGER, other INTEGER);",
    rule: "CREATE RULE quiet AS ON DELETE TO item DO INSTEAD NOTHING;",
    publication: "CREATE PUBLICATION news FOR TABLE item;",
    comment: "CREATE INDEX ix ON item (x); COMMENT ON INDEX ix IS 'one';",
  };

  it.each(Object.entries(cases))("%s, comes and goes by its own text", async (_kind, text) => {
    const { rest, gaps, sql, back } = await compared("postgresql", table, `${table} ${text}`);
    expect({ rest, gaps }).toEqual({ rest: [], gaps: { upgrade: [], downgrade: [] } });
    expect([sql.length, back.length].every((length) => length > 0)).toBe(true);
  });

  it("is a gap where a name does not suffice", async () => {
    const aggregate = "CREATE AGGREGATE total (integer) (sfunc = int4pl, stype = integer);";
    const { gaps } = await compared("postgresql", `${table} ${aggregate}`, table);
    expect(gaps.upgrade).toHaveLength(1);
    expect(gaps.downgrade).toEqual([]);
  });
});

describe("under a naming convention", () => {
  const namingConvention = {
    ck: "ck_%(table_name)s_%(constraint_name)s",
    pk: "pk_%(table_name)s",
    uq: "uq_%(column_0_name)s",
  };
  const wanted = "CREATE TABLE a (x INTEGER, y INTEGER, CONSTRAINT big CHECK (x > 0), CHECK (y > 0), UNIQUE (y));";

  it.each(dialectNames)(
    "what the target names keeps its name, and so does what the server names: %s",
    async (dialect) => {
      const { sql, rest, upgrade, downgrade, remarks } = await compared(
        dialect,
        `${account};`,
        `${account}; ${wanted}`,
        {
          namingConvention,
        },
      );
      const { upgradeBody } = await revisionBodies({ upgrade, downgrade }, { namingConvention, remarks });
      expect(rest).toEqual([]);
      expect(sql.join("\n")).toContain("CONSTRAINT big CHECK");
      expect(upgradeBody).toContain('op.f("big")');
      const recorded = await compileOperations(
        (op) => {
          op.createTable("b", [column("x", t.integer()), check("x > 0", { name: op.f("big") })]);
        },
        { dialect, namingConvention },
      );
      expect(recorded[0]?.sql).toContain("CONSTRAINT big CHECK");
    },
  );
});

describe("a foreign key of a file", () => {
  const late = `CREATE TABLE a (id INTEGER NOT NULL, b INTEGER, PRIMARY KEY (id), CONSTRAINT fk FOREIGN KEY (b) REFERENCES b (id));
    CREATE TABLE b (id INTEGER NOT NULL, PRIMARY KEY (id));`;

  it.each(dialectNames)("may refer to a table that comes later, as in every dump of MySQL: %s", async (dialect) => {
    const { upgrade, rest, gaps } = await compared(dialect, `${account};`, `${account}; ${late}`);
    const tables = upgrade.flatMap((operation) => (operation.kind === "createTable" ? operation.table.name : []));
    expect({ tables, rest, gaps }).toEqual({ tables: ["b", "a"], rest: [], gaps: { upgrade: [], downgrade: [] } });
  });

  it.each(dialectNames.filter((name) => name !== "sqlite"))(
    "to a table that never comes leaves its own unknown: %s",
    async (dialectName) => {
      const dialect = await loadDialect(dialectName);
      const text = late.slice(0, late.indexOf(";") + 1);
      const catalog = await readBaseline({ file: "dump.sql", text: () => Promise.resolve(text) }, dialect);
      expect(catalog.unknown.keys()).toEqual(["a"]);
      expect(catalog.unknown.get("a")).toMatchObject({ sql: "FOREIGN KEY of a REFERENCES b" });
    },
  );
});

describe("an identity of PostgreSQL", () => {
  const table = (identity: string): string => `CREATE TABLE a (id INTEGER ${identity});`;
  const usual = "GENERATED BY DEFAULT AS IDENTITY";

  it("has its usual numbers again where others are not said any more", async () => {
    const { sql, rest } = await compared("postgresql", table(`${usual} (MINVALUE 0 CYCLE CACHE 5)`), table(usual));
    expect(sql).toEqual(["ALTER TABLE a ALTER COLUMN id SET NO MINVALUE SET CACHE 1 SET NO CYCLE"]);
    expect(rest).toEqual([]);
  });

  it("goes before its column takes NULL", async () => {
    const { sql } = await compared("postgresql", table(usual), table(""));
    expect(sql).toEqual(["ALTER TABLE a ALTER COLUMN id DROP IDENTITY", "ALTER TABLE a ALTER COLUMN id DROP NOT NULL"]);
  });
});

describe("the log", () => {
  it("puts names in quotes, whatever words the kind of object has", async () => {
    const table = "CREATE TABLE a (x INTEGER);";
    const view = "CREATE MATERIALIZED VIEW m AS SELECT x FROM a;";
    expect((await compared("postgresql", table, table + view)).detected).toEqual([
      "Detected added materialized view 'm'",
    ]);
    expect((await compared("postgresql", table + view, table)).detected).toEqual([
      "Detected removed materialized view 'm'",
    ]);
  });
});
