import { describe, expect, it } from "vitest";
import type { Operations } from "../../src/index.js";
import { column, compileRange, index, primaryKey, references, sql, SqlembicError, t, table } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { history } from "../support/history.js";

type Body = (op: Operations) => void;

/** The statements of a history that begins with an empty database. */
async function statementsOf(upgrade: Body, dialect: DialectName = "postgresql"): Promise<readonly string[]> {
  const { steps } = await compileRange(history({ dialect }, [{ id: "a1", upgrade }]), "head");
  return steps.flatMap(({ statements }) => statements.map((statement) => statement.sql));
}

async function refusalOf(
  upgrade: Body,
  dialect?: DialectName,
): Promise<{ code: string; message: string; hint: string }> {
  const error = await statementsOf(upgrade, dialect).catch((reason: unknown) => reason);
  if (!(error instanceof SqlembicError)) throw new Error("nothing was refused", { cause: error });
  return { code: error.code, message: error.message, hint: error.hint ?? "" };
}

const account: Body = (op) =>
  void op.createTable("account", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(20)),
    index("ix_name", ["name"]),
  ]);

describe("what is made is known from then on", () => {
  it.each<[what: string, body: Body, code: string]>([
    ["schema", (op) => op.createSchema("app"), "schema-exists"],
    ["extension", (op) => op.createExtension("citext"), "extension-exists"],
    ["sequence", (op) => op.createSequence("number"), "sequence-exists"],
    ["domain", (op) => op.createDomain("name", t.text()), "domain-exists"],
    ["view", (op) => op.createView("v", "SELECT 1"), "table-exists"],
    ["function", (op) => op.createFunction("f", "SELECT 1", { returns: "int" }), "function-exists"],
    ["procedure", (op) => op.createProcedure("p", "SELECT 1"), "procedure-exists"],
  ])("a second %s of the same name is refused", async (_what, body, code) => {
    expect(await refusalOf((op) => [body, body].forEach((twice) => twice(op)))).toMatchObject({ code });
  });

  it.each<[what: string, body: Body, code: string]>([
    ["schema", (op) => op.dropSchema("ap"), "unknown-schema"],
    ["extension", (op) => op.dropExtension("ap"), "unknown-extension"],
    ["sequence", (op) => op.dropSequence("ap"), "unknown-sequence"],
    ["domain", (op) => op.dropDomain("ap"), "unknown-domain"],
    ["view", (op) => op.dropView("ap"), "unknown-view"],
    ["materialised view", (op) => op.refreshMaterializedView("ap"), "unknown-materializedView"],
    ["function", (op) => op.dropFunction("ap"), "unknown-function"],
    ["procedure", (op) => op.dropProcedure("ap"), "unknown-procedure"],
    ["enum type", (op) => op.addEnumValue("ap", "x"), "unknown-enum"],
  ])("a %s that nobody made is refused, and the nearest one named", async (what, body, code) => {
    const make: Body = (op) => {
      op.createSchema("app");
      op.createExtension("app");
      op.createSequence("app");
      op.createDomain("app", t.text());
      op.createView("app", "SELECT 1", { materialized: what.startsWith("materialised") });
      op.createFunction("app", "SELECT 1", { returns: "int" });
      op.createProcedure("app", "SELECT 1");
      op.createEnumType("app", ["a"]);
    };
    const refusal = await refusalOf((op) => [make, body].forEach((both) => both(op)));
    expect(refusal).toMatchObject({ code, hint: 'Did you mean "app"?' });
  });

  it("a schema takes with it what is in it", async () => {
    const body: Body = (op) => {
      op.createSchema("app");
      op.createTable("t", [column("a", t.integer())], { schema: "app" });
      op.createSequence("s", { schema: "app" });
      op.dropSchema("app", { cascade: true });
      op.createSchema("app");
      op.createSequence("s", { schema: "app" });
      op.addColumn("t", column("b", t.integer()), { schema: "app" });
    };
    expect(await refusalOf(body)).toMatchObject({ code: "dropped-table" });
  });
});

describe("views", () => {
  it("are dropped as what they were made", async () => {
    const body: Body = (op) => {
      op.createView("total", "SELECT 1 AS n", { materialized: true });
      op.dropView("total");
    };
    expect(await statementsOf(body)).toContain("DROP MATERIALIZED VIEW total");
  });

  it("keep the tables and views that they read", async () => {
    const make: Body = (op) => {
      account(op);
      op.createView("names", "SELECT name FROM account");
      op.createView("first_names", "SELECT name FROM names");
    };
    const dropTable = await refusalOf((op) => [make, (o: Operations) => o.dropTable("account")].forEach((b) => b(op)));
    expect(dropTable).toMatchObject({ code: "has-dependents" });
    const dropView = await refusalOf((op) => [make, (o: Operations) => o.dropView("names")].forEach((b) => b(op)));
    expect(dropView.message).toContain("view first_names use");
  });

  it("are replaced or left as they are, not both", async () => {
    const body: Body = (op) => op.createView("v", "SELECT 1", { replace: true, ifNotExists: true });
    expect(await refusalOf(body)).toMatchObject({ code: "replace-or-keep" });
  });

  it("say when replacing them drops their indexes", async () => {
    const notices: string[] = [];
    const upgrade: Body = (op) => op.replaceView("total", "SELECT 1 AS n", { materialized: true });
    const project = history({ dialect: "postgresql" }, [{ id: "a1", upgrade }]);
    await compileRange(project, "head", { notice: (text) => notices.push(text) });
    expect(notices).toEqual([expect.stringMatching(/"total" is dropped and made anew: its indexes/)]);
  });
});

describe("enum values", () => {
  const insert = (mood: string): Body => {
    return (op) => {
      op.createTable("person", [column("mood", t.enum(["sad", "ok"], { name: "mood" }))]);
      op.addEnumValue("mood", "calm", { after: "sad" });
      op.renameEnumValue("mood", "ok", "fine");
      op.bulkInsert("person", [{ mood }]);
    };
  };

  it("that were added or renamed can be inserted", async () => {
    expect(await statementsOf(insert("calm"))).toContain("INSERT INTO person (mood) VALUES ('calm')");
    expect(await statementsOf(insert("fine"))).toContain("INSERT INTO person (mood) VALUES ('fine')");
  });

  it("stand where they were put", async () => {
    expect((await refusalOf(insert("ok"))).hint).toBe("Its values are sad, calm, fine.");
  });

  it.each<[what: string, body: Body, code: string]>([
    ["a value that is there", (op) => op.addEnumValue("mood", "ok"), "enum-value-exists"],
    ["a place that is not", (op) => op.addEnumValue("mood", "calm", { before: "happy" }), "unknown-enum-value"],
    ["two places", (op) => op.addEnumValue("mood", "calm", { before: "ok", after: "sad" }), "two-places"],
    ["renaming what is not there", (op) => op.renameEnumValue("mood", "happy", "glad"), "unknown-enum-value"],
    ["renaming to what is there", (op) => op.renameEnumValue("mood", "ok", "sad"), "enum-value-exists"],
  ])("refuse %s", async (_what, body, code) => {
    const make: Body = (op) => op.createEnumType("mood", ["sad", "ok"]);
    expect(await refusalOf((op) => [make, body].forEach((both) => both(op)))).toMatchObject({ code });
  });
});

describe("functions", () => {
  const two: Body = (op) => {
    op.createFunction("doubled", "SELECT $1 * 2", { parameters: "integer", returns: "integer" });
    op.createFunction("doubled", "SELECT $1 || $1", { parameters: "text", returns: "text" });
  };

  it("of one name are told apart by their parameters", async () => {
    const dropped = await refusalOf((op) => [two, (o: Operations) => o.dropFunction("doubled")].forEach((b) => b(op)));
    expect(dropped).toMatchObject({ code: "ambiguous-routine", hint: "Say which: { parameters: … }." });
    const body: Body = (op) => {
      two(op);
      op.dropFunction("doubled", { parameters: "text" });
      op.dropFunction("doubled");
    };
    expect((await statementsOf(body)).slice(-2)).toEqual(["DROP FUNCTION doubled(text)", "DROP FUNCTION doubled"]);
  });

  it("have to say what they return", async () => {
    const body: Body = (op) => op.createFunction("f", "SELECT 1", {} as { returns: string });
    expect(await refusalOf(body)).toMatchObject({ code: "no-return-type" });
  });

  it("in the grammar of SQL itself are refused before PostgreSQL 14", async () => {
    const upgrade: Body = (op) => op.createFunction("f", "RETURN 1", { returns: "int" });
    const project = history({ dialect: "postgresql", targetVersion: "13" }, [{ id: "a1", upgrade }]);
    await expect(compileRange(project, "head")).rejects.toThrow(/version 14 does/);
  });

  it.each<[dialect: DialectName, body: string]>([
    ["mssql", "BEGIN\n  RETURN 1;\n  GO\nEND"],
    ["oracle", "BEGIN\n  RETURN 1;\n/\nEND"],
  ])("whose text the client of %s would cut are refused", async (dialect, body) => {
    const make: Body = (op) => op.createFunction("f", body, { returns: t.integer() });
    expect(await refusalOf(make, dialect)).toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("ends the") as string,
    });
  });
});

describe("triggers", () => {
  const trigger = (name: string, tableName: string): Body => {
    return (op) => op.createTrigger(name, tableName, "BEGIN RETURN NEW; END", { timing: "before", events: "insert" });
  };

  it("of PostgreSQL take their function with them, also when their table goes", async () => {
    const make: Body = (op) => [account, trigger("touch", "account")].forEach((body) => body(op));
    const drop = await statementsOf((op) =>
      [make, (o: Operations) => o.dropTrigger("touch", "account")].forEach((b) => b(op)),
    );
    expect(drop.slice(-2)).toEqual(["DROP TRIGGER touch ON account", "DROP FUNCTION touch()"]);
    const table = await statementsOf((op) => [make, (o: Operations) => o.dropTable("account")].forEach((b) => b(op)));
    expect(table.slice(-2)).toEqual(["DROP TABLE account", "DROP FUNCTION touch()"]);
  });

  it("of PostgreSQL that call a function from then on leave none of their own behind", async () => {
    const body: Body = (op) => {
      account(op);
      trigger("touch", "account")(op);
      op.createTrigger("touch", "account", "EXECUTE FUNCTION other()", {
        timing: "before",
        events: "insert",
        replace: true,
      });
    };
    expect((await statementsOf(body)).at(-1)).toBe("DROP FUNCTION touch()");
  });

  it("of the same name on two tables cannot have one function of their own", async () => {
    const body: Body = (op) => {
      account(op);
      op.createTable("person", [column("id", t.integer())]);
      trigger("touch", "account")(op);
      trigger("touch", "person")(op);
    };
    const { message, hint } = await refusalOf(body);
    expect(message).toContain('of table "account" has a function of that name already');
    expect(hint).toContain("EXECUTE FUNCTION");
  });

  it("of the same name may call one function on two tables", async () => {
    const call = (tableName: string, op: Operations): void =>
      op.createTrigger("touch", tableName, "EXECUTE FUNCTION touched()", { timing: "before", events: "insert" });
    const body: Body = (op) => {
      account(op);
      op.createTable("person", [column("id", t.integer())]);
      call("account", op);
      call("person", op);
      op.dropTrigger("touch", "person");
      op.dropTrigger("touch", "account");
    };
    expect((await statementsOf(body)).slice(-2)).toEqual([
      "DROP TRIGGER touch ON person",
      "DROP TRIGGER touch ON account",
    ]);
  });

  it("follow a table to its new name", async () => {
    const body: Body = (op) => {
      account(op);
      trigger("touch", "account")(op);
      op.renameTable("account", "user");
      op.dropTrigger("touch", "user");
    };
    expect(await statementsOf(body)).toContain('DROP TRIGGER touch ON "user"');
  });

  it("before PostgreSQL 14 take the place of others by dropping them", async () => {
    const upgrade: Body = (op) =>
      op.createTrigger("touch", "account", "EXECUTE FUNCTION f()", {
        timing: "after",
        events: "delete",
        replace: true,
      });
    const project = history({ dialect: "postgresql", targetVersion: "13", schemaChecks: false }, [
      { id: "a1", upgrade },
    ]);
    const [step] = (await compileRange(project, "head")).steps;
    expect(step?.statements.map(({ sql }) => sql)).toEqual([
      "DROP TRIGGER IF EXISTS touch ON account",
      "CREATE TRIGGER touch AFTER DELETE ON account FOR EACH ROW EXECUTE FUNCTION f()",
    ]);
  });

  it.each<[what: string, options: object, message: RegExp]>([
    ["a timing that is none", { timing: "during", events: "insert" }, /timing is "during"/],
    ["no timing", { events: "insert" }, /timing is missing/],
    ["no event", { timing: "after", events: [] }, /events is missing/],
    ["an event that is none", { timing: "after", events: "select" }, /events is "select"/],
    ["columns without an update", { timing: "after", events: "insert", updateOf: "id" }, /"update" is none/],
  ])("refuse %s", async (_what, options, message) => {
    const body: Body = (op) =>
      op.createTrigger("x", "account", "SELECT 1", options as { timing: "after"; events: "insert" });
    expect((await refusalOf(body)).message).toMatch(message);
  });
});

describe("indexes and constraints under new names", () => {
  it("are known by these alone", async () => {
    const make: Body = (op) => {
      account(op);
      op.createUniqueConstraint("uq_a", "account", ["name"]);
      op.renameIndex("ix_name", "ix_account_name", { tableName: "account" });
      op.renameConstraint("uq_a", "uq_b", "account");
      op.renameConstraint("account_pkey", "pk_account", "account");
    };
    const index = await refusalOf((op) => {
      make(op);
      op.dropIndex("ix_name", { tableName: "account" });
    });
    expect(index).toMatchObject({ code: "unknown-index", hint: "Known here: ix_account_name." });
    const constraint = await refusalOf((op) => {
      make(op);
      op.dropConstraint("account_pkey", "account");
    });
    expect(constraint).toMatchObject({
      code: "unknown-constraint",
      hint: expect.stringContaining("pk_account") as string,
    });
  });

  it.each<[what: string, body: Body, code: string]>([
    ["index to one that is there", (op) => op.renameIndex("ix_name", "ix_2", { tableName: "account" }), "index-exists"],
    ["constraint to one that is there", (op) => op.renameConstraint("uq", "uq_2", "account"), "constraint-exists"],
    ["index that is not there", (op) => op.renameIndex("ix", "ix_3", { tableName: "account" }), "unknown-index"],
    ["constraint that is not there", (op) => op.renameConstraint("u", "uq_3", "account"), "unknown-constraint"],
    [
      "constraint that is not there, to be validated",
      (op) => op.validateConstraint("u", "account"),
      "unknown-constraint",
    ],
  ])("refuse an %s", async (_what, body, code) => {
    const make: Body = (op) => {
      account(op);
      op.createIndex("ix_2", "account", ["id"]);
      op.createUniqueConstraint("uq", "account", ["name"]);
      op.createUniqueConstraint("uq_2", "account", ["id", "name"]);
    };
    expect(await refusalOf((op) => [make, body].forEach((both) => both(op)))).toMatchObject({ code });
  });

  it("on MySQL are dropped and made anew, with what they were", async () => {
    const body: Body = (op) => {
      account(op);
      op.createTable("item", [
        column("id", t.integer(), { primaryKey: true }),
        column("owner", t.integer(), { references: references("account.id", { name: "fk", onDelete: "CASCADE" }) }),
      ]);
      op.renameConstraint("fk", "fk_owner", "item");
    };
    expect((await statementsOf(body, "mysql")).slice(-2)).toEqual([
      "ALTER TABLE item DROP FOREIGN KEY fk",
      "ALTER TABLE item ADD CONSTRAINT fk_owner FOREIGN KEY(owner) REFERENCES account (id) ON DELETE CASCADE",
    ]);
  });

  it("an index that became a constraint is dropped with it", async () => {
    const body: Body = (op) => {
      account(op);
      op.createIndex("ux", "account", ["name"], { unique: true });
      op.createUniqueConstraint("uq", "account", ["name"], { postgresql: { usingIndex: "ux" } });
      op.dropIndex("ux", { tableName: "account" });
    };
    expect(await refusalOf(body)).toMatchObject({ code: "unknown-index" });
  });

  it("an index that is not there, or a table that is not either, cannot give a constraint", async () => {
    const constraint = { postgresql: { usingIndex: "ux" } };
    const later: Body = (op) => {
      account(op);
      op.createUniqueConstraint("uq", "account", ["name"], constraint);
    };
    expect(await refusalOf(later)).toMatchObject({ code: "unknown-index" });
    const atOnce: Body = (op) => void op.createTable("t", [column("a", t.CHAR(1)), primaryKey(["a"], constraint)]);
    expect((await refusalOf(atOnce)).message).toContain('has no index "ux"');
  });
});

describe("partitions", () => {
  const visits: Body = (op) => {
    op.createTable("visit", [column("day", t.date()), column("n", t.integer())], {
      postgresql: { partitionBy: "RANGE (day)" },
    });
    op.createPartition("visit_1", "visit", { from: sql`MINVALUE`, to: "2025-01-01" });
  };

  it("of PostgreSQL are tables, which go with the one that they are part of", async () => {
    const index = await statementsOf((op) => {
      visits(op);
      op.createIndex("ix", "visit_1", ["n"]);
    });
    expect(index.at(-1)).toBe("CREATE INDEX ix ON visit_1 (n)");
    const dropped = await refusalOf((op) => {
      visits(op);
      op.dropTable("visit");
      op.createIndex("ix", "visit_1", ["n"]);
    });
    expect(dropped).toMatchObject({ code: "dropped-table" });
  });

  it("that were detached stay", async () => {
    const body: Body = (op) => {
      visits(op);
      op.detachPartition("visit_1", "visit");
      op.dropTable("visit");
      op.dropTable("visit_1");
    };
    expect((await statementsOf(body)).at(-1)).toBe("DROP TABLE visit_1");
  });

  it("need PostgreSQL 14 to be detached concurrently", async () => {
    const upgrade: Body = (op) => {
      visits(op);
      op.detachPartition("visit_1", "visit", { concurrently: true });
    };
    const project = history({ dialect: "postgresql", targetVersion: "13" }, [{ id: "a1", upgrade }]);
    await expect(compileRange(project, "head")).rejects.toThrow(/version 14 has/);
  });

  it("have to say which rows they take", async () => {
    const body: Body = (op) => op.createPartition("p", "visit", { from: 1 } as unknown as "default");
    expect(await refusalOf(body)).toMatchObject({ code: "partition-bounds" });
  });
});

describe("privileges", () => {
  it.each<[what: string, body: Body, code: string]>([
    ["words that are SQL", (op) => op.grant("select on t to x; --", "account", "reader"), "not-a-privilege"],
    ["nobody", (op) => op.grant("select", "account", []), "nothing-granted"],
    ["what is no kind of object", (op) => op.grant("select", "a", "b", { type: "row" as "table" }), "privilege-object"],
    ["a table that is not there", (op) => op.revoke("select", "acount", "reader"), "unknown-table"],
    ["a column that is not there", (op) => op.grant("select", "account", "r", { columns: "nam" }), "unknown-column"],
  ])("refuse %s", async (_what, body, code) => {
    expect(await refusalOf((op) => [account, body].forEach((both) => both(op)))).toMatchObject({ code });
  });
});

it("names with quotes in them stay names", async () => {
  const name = `a"; DROP TABLE b; --`;
  const body: Body = (op) => {
    op.createSchema(name);
    op.createView(name, "SELECT 1", { schema: name });
    op.createTrigger(name, table(name, [column("a", t.integer())]).name, "EXECUTE FUNCTION f()", {
      timing: "after",
      events: "insert",
      schema: name,
    });
    op.grant("usage", name, name, { type: "schema" });
  };
  const quoted = `"a""; DROP TABLE b; --"`;
  expect(await statementsOf(body)).toEqual([
    `CREATE SCHEMA ${quoted}`,
    `CREATE VIEW ${quoted}.${quoted} AS SELECT 1`,
    `CREATE TRIGGER ${quoted} AFTER INSERT ON ${quoted}.${quoted} FOR EACH ROW EXECUTE FUNCTION f()`,
    `GRANT USAGE ON SCHEMA ${quoted} TO ${quoted}`,
  ]);
});
