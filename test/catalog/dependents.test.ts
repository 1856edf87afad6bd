import { describe, expect, it } from "vitest";
import { column, references, SchemaError, sql, t, unique } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import { compileRange } from "../../src/project/compile-range.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { testOn } from "../engines/test-on.js";
import { history } from "../support/history.js";

type Body = (op: Operations) => void;

const start: Body = (op) => {
  op.createTable("one", [
    column("id", t.integer(), { primaryKey: true }),
    column("amt", t.integer()),
    column("name", t.integer()),
  ]);
  op.createTable("two", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.integer()),
    column("ref", t.integer()),
  ]);
};

const view: Body = (op) => op.createView("v", "SELECT o.amt FROM one o JOIN two ON two.id = o.id WHERE two.name > 0");

async function errorOf(dialect: DialectName, bodies: readonly Body[]): Promise<string | undefined> {
  const project = history(
    { dialect },
    bodies.map((upgrade, at) => ({ id: `r${at + 1}`, ...(at > 0 && { down: `r${at}` }), upgrade })),
  );
  try {
    await compileRange(project, "heads");
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(SchemaError);
    return (error as SchemaError).message;
  }
}

const allDialects = (text: string | undefined): Readonly<Record<DialectName, string | undefined>> => ({
  postgresql: text,
  mysql: text,
  mariadb: text,
  sqlite: text,
  mssql: text,
  oracle: text,
});
const fails = (text: string): string => text.replace("use it", "would fail from then on");

/** What a change does to the view `v`, on every dialect: the refusal, or undefined where the server takes it. */
const changes: readonly {
  readonly does: string;
  readonly body: Body;
  readonly refusals: Readonly<Record<DialectName, string | undefined>>;
}[] = [
  {
    does: "drops a column that the view reads",
    body: (op) => op.dropColumn("one", "amt"),
    refusals: {
      ...allDialects(fails('op.dropColumn: the column "one.amt" cannot be dropped: view v use it.')),
      postgresql: 'op.dropColumn: the column "one.amt" cannot be dropped: view v use it.',
      sqlite: 'op.dropColumn: the column "one.amt" cannot be dropped: view v use it.',
    },
  },
  {
    does: "drops a column of the name of another one that the view reads",
    body: (op) => op.dropColumn("one", "name"),
    refusals: allDialects(undefined),
  },
  {
    does: "drops a table that the view reads",
    body: (op) => op.dropTable("one"),
    refusals: {
      ...allDialects(fails('op.dropTable: the table "one" cannot be dropped: view v use it.')),
      postgresql: 'op.dropTable: the table "one" cannot be dropped: view v use it.',
    },
  },
  {
    does: "renames a column that the view reads",
    body: (op) => op.alterColumn("one", "amt", { newColumnName: "amount", existingType: t.integer() }),
    refusals: {
      ...allDialects('op.alterColumn: the column "one.amt" cannot be renamed: view v would fail from then on.'),
      postgresql: undefined,
      sqlite: undefined,
    },
  },
  {
    does: "renames a table that the view reads",
    body: (op) => op.renameTable("one", "uno"),
    refusals: {
      ...allDialects('op.renameTable: the table "one" cannot be renamed: view v would fail from then on.'),
      postgresql: undefined,
      sqlite: undefined,
    },
  },
  {
    does: "gives a column that the view reads another type",
    body: (op) => op.alterColumn("one", "amt", { type: t.bigInteger(), existingNullable: true }),
    refusals: {
      ...allDialects(undefined),
      postgresql: 'op.alterColumn: the type of "one.amt" cannot change: view v use it.',
    },
  },
];

describe("what a view reads", () => {
  const withQuery: Body = (op) => {
    // Oracle takes no AS before the name of a query
    const named = op.dialect.name === "oracle" ? "x" : "AS x";
    op.createView("w", `WITH one AS (SELECT id, name FROM two) SELECT x.name FROM (SELECT name FROM one) ${named}`);
  };

  it.each(dialectNames)("is not a table whose name it gives to a query of its own, on %s", async (dialect) => {
    for (const { body } of changes) expect(await errorOf(dialect, [start, withQuery, body])).toBe(undefined);
  });

  for (const { does, body, refusals } of changes) {
    it.each(dialectNames)(`${does}, on %s`, async (dialect) => {
      expect(await errorOf(dialect, [start, view, body])).toBe(refusals[dialect]);
    });
  }

  it.each(dialectNames)("is of no matter where the view is dropped before, on %s", async (dialect) => {
    for (const { body } of changes) {
      expect(await errorOf(dialect, [start, view, (op) => (op.dropView("v"), body(op))])).toBe(undefined);
    }
  });

  it.each(["mysql", "mariadb", "mssql", "oracle"] as const)(
    "is mended by the same revision, on %s",
    async (dialect) => {
      for (const { body } of changes) {
        expect(await errorOf(dialect, [start, view, (op) => (body(op), op.replaceView("v", "SELECT 1 AS a"))])).toBe(
          undefined,
        );
        expect(await errorOf(dialect, [start, view, (op) => (body(op), op.dropView("v"))])).toBe(undefined);
      }
    },
  );
});

describe("what a trigger reads", () => {
  const trigger: Body = (op) =>
    op.createTrigger("tr", "two", "BEGIN UPDATE one SET amt = 1 WHERE NEW.ref > 0; END", {
      timing: "after",
      events: "insert",
    });

  it.each(["mysql", "mariadb"] as const)(
    "is not dropped or renamed on %s, which would let it through",
    async (dialect) => {
      for (const body of [
        (op: Operations) => op.dropColumn("one", "amt"),
        (op: Operations) => op.dropColumn("two", "ref"),
        (op: Operations) => op.alterColumn("two", "ref", { newColumnName: "r", existingType: t.integer() }),
        (op: Operations) => op.renameTable("one", "uno"),
        (op: Operations) => op.dropTable("one"),
      ]) {
        expect(await errorOf(dialect, [start, trigger, body])).toMatch(/trigger tr would fail from then on/);
        expect(await errorOf(dialect, [start, trigger, (op) => (body(op), op.dropTrigger("tr", "two"))])).toBe(
          undefined,
        );
      }
      expect(await errorOf(dialect, [start, trigger, (op) => op.dropTable("two")])).toBe(undefined);
      expect(await errorOf(dialect, [start, trigger, (op) => op.dropColumn("two", "name")])).toBe(undefined);
    },
  );
});

/** A procedure that reads the column `amt` of the table `one`, in the words of each dialect; SQLite has none. */
const procedure: Readonly<Record<Exclude<DialectName, "sqlite">, string>> = {
  postgresql: "BEGIN PERFORM o.id FROM one o WHERE amt > 0; END",
  mysql: "BEGIN SELECT id FROM one WHERE amt > 0; END",
  mariadb: "BEGIN SELECT id FROM one WHERE amt > 0; END",
  mssql: "SELECT amt FROM one",
  oracle: "BEGIN UPDATE one SET id = id WHERE amt > 0; END",
};
const withRoutines = dialectNames.filter((dialect) => dialect !== "sqlite");

describe("what a routine reads", () => {
  const makes: (dialect: (typeof withRoutines)[number]) => Body = (dialect) => (op) =>
    op.createProcedure("p", procedure[dialect]);
  const refused: readonly (readonly [string, Body])[] = [
    ["column", (op) => op.dropColumn("one", "amt")],
    ["table", (op) => op.dropTable("one")],
    ["column", (op) => op.alterColumn("one", "amt", { newColumnName: "amount", existingType: t.integer() })],
    ["table", (op) => op.renameTable("one", "uno")],
  ];

  it.each(withRoutines)("is not dropped or renamed on %s, which would let it through", async (dialect) => {
    for (const [, body] of refused) {
      expect(await errorOf(dialect, [start, makes(dialect), body])).toMatch(/procedure p would fail from then on\.$/);
    }
  });

  it.each(withRoutines)("is of no matter where the routine is dropped or made anew, on %s", async (dialect) => {
    const makesAnew: Body = (op) => (op.dropProcedure("p"), op.createProcedure("p", procedure[dialect]));
    for (const [, body] of refused) {
      for (const mend of [(op: Operations) => op.dropProcedure("p"), makesAnew]) {
        expect(await errorOf(dialect, [start, makes(dialect), (op) => (body(op), mend(op))])).toBe(undefined);
      }
      expect(await errorOf(dialect, [start, makes(dialect), (op) => (op.dropProcedure("p"), body(op))])).toBe(
        undefined,
      );
    }
  });

  it.each(withRoutines)("may come back in the same revision, on %s", async (dialect) => {
    const again: Body = (op) => {
      op.dropColumn("one", "amt");
      op.addColumn("one", column("amt", t.bigInteger()));
    };
    expect(await errorOf(dialect, [start, makes(dialect), again])).toBe(undefined);
    expect(await errorOf(dialect, [start, makes(dialect), (op) => (op.dropTable("one"), start(op))])).toMatch(/two/);
  });

  it.each(withRoutines)("is not what it only has a word of, on %s", async (dialect) => {
    for (const body of [
      (op: Operations) => op.dropColumn("one", "name"),
      (op: Operations) => op.dropColumn("two", "ref"),
      (op: Operations) => op.dropTable("two"),
      (op: Operations) => op.alterColumn("one", "amt", { type: t.bigInteger(), existingNullable: true }),
    ]) {
      expect(await errorOf(dialect, [start, makes(dialect), body])).toBe(undefined);
    }
  });

  it.each(withRoutines)("is told of routines that SQL text makes, on %s", async (dialect) => {
    const text = {
      postgresql: `CREATE PROCEDURE p() LANGUAGE plpgsql AS $$${procedure.postgresql}$$`,
      mysql: `CREATE PROCEDURE p() ${procedure.mysql}`,
      mariadb: `CREATE PROCEDURE p() ${procedure.mariadb}`,
      mssql: `CREATE PROCEDURE p AS ${procedure.mssql}`,
      oracle: `CREATE PROCEDURE p AS ${procedure.oracle};`,
    }[dialect];
    const drop: Body = (op) => op.dropColumn("one", "amt");
    expect(await errorOf(dialect, [start, (op) => op.execute(text), drop])).toMatch(/procedure p would fail/);
    const mended: Body = (op) => (drop(op), op.execute("DROP PROCEDURE p"));
    expect(await errorOf(dialect, [start, (op) => op.execute(text), mended])).toBe(undefined);
  });
});

for (const dialect of ["postgresql", "mysql", "mariadb"] as const) {
  testOn(dialect, "a routine fails behind a change that the server lets through", async ({ database }) => {
    const project = history({ dialect }, [
      { id: "r1", upgrade: (op) => (start(op), op.createProcedure("p", procedure[dialect])) },
    ]);
    expect((await database.apply((await compileRange(project, "heads")).script)).exitCode).toBe(0);
    const call = async (): Promise<number | null> => (await database.apply("CALL p();")).exitCode;
    expect(await call()).toBe(0);
    expect((await database.apply("ALTER TABLE one DROP COLUMN amt;")).exitCode).toBe(0);
    expect(await call()).not.toBe(0);
  });
}

testOn("mariadb", "a default follows the new name of a column that it speaks of", async ({ database }) => {
  const project = history({ dialect: "mariadb" }, [
    {
      id: "r1",
      upgrade: (op) =>
        op.createTable("d", [
          column("id", t.integer(), { primaryKey: true }),
          column("amt", t.integer()),
          column("twice", t.integer(), { serverDefault: sql`(amt * 2)` }),
        ]),
    },
    {
      id: "r2",
      down: "r1",
      upgrade: (op) => op.alterColumn("d", "amt", { newColumnName: "amount", existingType: t.integer() }),
    },
    { id: "r3", down: "r2", upgrade: (op) => op.alterColumn("d", "twice", { nullable: true, type: t.bigInteger() }) },
  ]);
  expect((await database.apply((await compileRange(project, "heads")).script)).exitCode).toBe(0);
  await database.apply("INSERT INTO d (id, amount) VALUES (1, 21);");
  expect(await database.query("SELECT CAST(twice AS CHAR) AS twice FROM d")).toEqual([{ twice: "42" }]);
});

describe("a parameter of the name of a column", () => {
  const drop: Body = (op) => op.dropColumn("one", "amt");

  it("goes before the column on MySQL and MariaDB", async () => {
    for (const dialect of ["mysql", "mariadb"] as const) {
      const procedureOf =
        (body: string): Body =>
        (op) =>
          op.createProcedure("p", body, { parameters: "amt INT" });
      expect(await errorOf(dialect, [start, procedureOf("SELECT id FROM one WHERE id = amt"), drop])).toBe(undefined);
      expect(await errorOf(dialect, [start, procedureOf("UPDATE one SET amt = amt"), drop])).toMatch(/procedure p/);
    }
  });

  it("goes behind the column in SQL of PostgreSQL, and PL/pgSQL takes none of both", async () => {
    const functionOf =
      (body: string): Body =>
      (op) =>
        op.createFunction("f", body, { parameters: "amt int", returns: "bigint" });
    const text = "SELECT max(id) FROM one WHERE id = amt";
    expect(await errorOf("postgresql", [start, functionOf(text), drop])).toMatch(/function f would fail/);
    expect(await errorOf("postgresql", [start, functionOf(`BEGIN RETURN (${text}); END`), drop])).toBe(undefined);
  });
});

describe("a function of PostgreSQL", () => {
  const drop: Body = (op) => op.dropColumn("one", "amt");
  const atomic: Body = (op) =>
    op.createFunction("f", "BEGIN ATOMIC SELECT sum(amt) FROM one; END", { returns: "bigint" });
  const rawAtomic: Body = (op) =>
    op.execute("CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(amt) FROM one; END");

  it("whose body is not text keeps what it names, and follows its new names", async () => {
    for (const make of [atomic, rawAtomic]) {
      expect(await errorOf("postgresql", [start, make, drop])).toMatch(/function f use it/);
      expect(await errorOf("postgresql", [start, make, (op) => op.dropTable("one")])).toMatch(/function f use it/);
      const retype: Body = (op) => op.alterColumn("one", "amt", { type: t.bigInteger() });
      expect(await errorOf("postgresql", [start, make, retype])).toMatch(/function f use it/);
      const rename: Body = (op) => {
        op.alterColumn("one", "amt", { newColumnName: "amount" });
        op.renameTable("one", "uno");
      };
      expect(await errorOf("postgresql", [start, make, rename])).toBe(undefined);
      expect(await errorOf("postgresql", [start, make, rename, (op) => op.dropColumn("uno", "amount")])).toMatch(
        /function f use it/,
      );
    }
  });

  it("in another language is not read", async () => {
    const other: Body = (op) =>
      op.createFunction("f", "plpy.execute('x')\nSELECT amt FROM one", { returns: "int", language: "plpython3u" });
    expect(await errorOf("postgresql", [start, other, drop])).toBe(undefined);
  });

  it("keeps the table whose rows it takes or gives", async () => {
    const dropTable: Body = (op) => op.dropTable("one");
    const takes: Body = (op) => op.createFunction("f", "SELECT 1", { parameters: "o one", returns: "int" });
    const gives: Body = (op) => op.createFunction("f", "SELECT 1, 2, 3", { returns: "SETOF one" });
    const called: Body = (op) => op.createFunction("f", "SELECT 1", { parameters: "one int", returns: "int" });
    for (const make of [takes, gives]) {
      expect(await errorOf("postgresql", [start, make, dropTable])).toMatch(/function f use it/);
    }
    expect(await errorOf("postgresql", [start, called, dropTable])).toBe(undefined);
  });

  it("that a trigger runs reads the rows of the trigger's table", async () => {
    const make: Body = (op) => {
      op.createFunction("f", "BEGIN NEW.amt := 1; RETURN NEW; END", { returns: "trigger" });
      op.createTrigger("tr", "one", "EXECUTE FUNCTION f()", { timing: "before", events: "insert" });
    };
    const own: Body = (op) =>
      op.createTrigger("tr", "one", "BEGIN NEW.amt := 1; RETURN NEW; END", { timing: "before", events: "insert" });
    expect(await errorOf("postgresql", [start, make, drop])).toMatch(/function f would fail/);
    expect(await errorOf("postgresql", [start, own, drop])).toMatch(/trigger tr would fail/);
    expect(await errorOf("postgresql", [start, make, (op) => op.dropColumn("one", "name")])).toBe(undefined);
    expect(await errorOf("postgresql", [start, make, (op) => (drop(op), op.dropTrigger("tr", "one"))])).toBe(undefined);
    const shared: Body = (op) =>
      op.createTrigger("tr", "two", "EXECUTE FUNCTION f()", { timing: "before", events: "insert" });
    expect(await errorOf("postgresql", [start, make, shared, drop])).toBe(undefined);
  });
});

describe("what is bound to the schema of SQL Server", () => {
  const query = "SELECT amt FROM dbo.one";
  const view = (mssql: { readonly schemaBinding?: boolean }): Body => {
    return (op) => op.createView("v", query, { mssql });
  };
  const rawView: Body = (op) => op.execute(`CREATE VIEW v WITH SCHEMABINDING AS ${query}`);
  const routine = (attributes: string | undefined): Body => {
    return (op) =>
      op.createFunction("f", `BEGIN RETURN (${query}) END`, {
        returns: t.integer(),
        ...(attributes && { attributes }),
      });
  };
  const changes: readonly Body[] = [
    (op) => op.dropColumn("one", "amt"),
    (op) => op.dropTable("one"),
    (op) => op.alterColumn("one", "amt", { newColumnName: "amount", existingType: t.integer() }),
    (op) => op.renameTable("one", "uno"),
  ];

  it("keeps what it names, also where the revision drops it later", async () => {
    const retype: Body = (op) => op.alterColumn("one", "amt", { type: t.bigInteger(), existingNullable: true });
    for (const change of [...changes, retype]) {
      for (const make of [view({ schemaBinding: true }), rawView]) {
        expect(await errorOf("mssql", [start, make, change])).toMatch(/view v use it/);
        expect(await errorOf("mssql", [start, make, (op) => (change(op), op.dropView("v"))])).toMatch(/view v use it/);
        expect(await errorOf("mssql", [start, make, (op) => (op.dropView("v"), change(op))])).toBe(undefined);
      }
      expect(await errorOf("mssql", [start, routine("WITH SCHEMABINDING"), change])).toMatch(/function f use it/);
    }
  });

  it("is no other", async () => {
    for (const change of changes) {
      for (const make of [view({}), routine(undefined), routine("WITH EXECUTE AS OWNER")]) {
        expect(await errorOf("mssql", [start, make, change])).toMatch(/would fail from then on/);
      }
    }
  });
});

describe("what goes by CASCADE on PostgreSQL", () => {
  const cases: readonly (readonly [what: string, make: string, drop: string, after: Body])[] = [
    [
      "of a domain",
      `CREATE DOMAIN dm AS int; CREATE TABLE z (id int, d dm, e dm[], k int DEFAULT (1::dm), c int, CONSTRAINT ck CHECK (c::dm > 1));
       CREATE VIEW vz AS SELECT d FROM z; CREATE VIEW kept AS SELECT id FROM z;
       CREATE FUNCTION fz(x dm) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      "DROP DOMAIN dm CASCADE",
      (op) => {
        op.addColumn("z", column("d", t.integer()));
        op.addColumn("z", column("e", t.integer()));
        op.createView("vz", "SELECT 1 AS a");
        op.createFunction("fz", "SELECT 1", { parameters: "x int", returns: "int" });
        op.createCheckConstraint("ck", "z", "c > 1");
        op.dropView("kept");
      },
    ],
    [
      "of an enum type",
      `CREATE TYPE ty AS ENUM ('a'); CREATE TABLE z (id int, d ty); CREATE VIEW vz AS SELECT id FROM z WHERE d = 'a'`,
      "DROP TYPE ty CASCADE",
      (op) => {
        op.addColumn("z", column("d", t.integer()));
        op.createView("vz", "SELECT 1 AS a");
      },
    ],
    [
      "of a schema",
      `CREATE SCHEMA s; CREATE TABLE s.z (id int PRIMARY KEY); CREATE TABLE y (id int CONSTRAINT fk REFERENCES s.z (id));
       CREATE VIEW vz AS SELECT id FROM s.z; CREATE VIEW vy AS SELECT id FROM vz`,
      "DROP SCHEMA s CASCADE",
      (op) => {
        op.createView("vz", "SELECT 1 AS a");
        op.createView("vy", "SELECT 1 AS a");
        op.createUniqueConstraint("fk", "y", ["id"]);
      },
    ],
  ];

  for (const [what, make, drop, after] of cases) {
    testOn("postgresql", `is what uses it ${what}, and may be made anew`, async ({ database }) => {
      const project = history({ dialect: "postgresql" }, [
        { id: "r1", upgrade: (op) => op.execute(make) },
        { id: "r2", down: "r1", upgrade: (op) => op.execute(drop) },
        { id: "r3", down: "r2", upgrade: after },
      ]);
      expect((await database.apply((await compileRange(project, "heads")).script)).exitCode).toBe(0);
    });
  }
});

describe("a star", () => {
  const star: Body = (op) => op.createView("v", "SELECT * FROM one");
  const drop: Body = (op) => op.dropColumn("one", "amt");

  it.each(dialectNames)("in a view stands for the columns of that time, but on SQLite: %s", async (dialect) => {
    const text = await errorOf(dialect, [start, star, drop]);
    if (dialect === "sqlite") expect(text).toBe(undefined);
    else expect(text).toMatch(dialect === "postgresql" ? /view v use it/ : /view v would fail/);
  });

  it.each(withRoutines)("in a routine stands for the columns that there are when it runs, on %s", async (dialect) => {
    const text =
      dialect === "oracle" ? "BEGIN DELETE FROM two WHERE EXISTS (SELECT * FROM one); END" : "SELECT * FROM one";
    expect(await errorOf(dialect, [start, (op) => op.createProcedure("p", text), drop])).toBe(undefined);
  });
});

describe("a key that a foreign key needs", () => {
  const keyed: Body = (op) => {
    op.createTable("p", [
      column("id", t.integer(), { primaryKey: true }),
      column("k", t.integer(), { nullable: false }),
      unique(["k"], { name: "uq_k" }),
    ]);
    op.createTable("c", [
      column("id", t.integer(), { primaryKey: true }),
      column("k", t.integer(), { references: references("p.k", { name: "fk_c" }) }),
    ]);
  };

  it.each(["postgresql", "mysql", "mariadb", "mssql", "oracle"] as const)("is not dropped, on %s", async (dialect) => {
    const drop: Body = (op) => op.dropConstraint("uq_k", "p", { type: "unique" });
    expect(await errorOf(dialect, [keyed, drop])).toBe(
      'op.dropConstraint: the constraint "uq_k" cannot be dropped: foreign key fk_c of c use it.',
    );
    const first: Body = (op) => op.dropConstraint("fk_c", "c", { type: "foreignkey" });
    expect(await errorOf(dialect, [keyed, (op) => (first(op), drop(op))])).toBe(undefined);
  });
});

describe("a key that a foreign key needs, while the server does not look at foreign keys", () => {
  const keyed: Body = (op) => {
    op.createTable("p", [column("id", t.integer(), { autoincrement: false }), column("k", t.integer())]);
    op.createPrimaryKey("pk_p", "p", ["id"]);
    op.createUniqueConstraint("uq_k", "p", ["k"]);
    op.createTable("c", [
      column("id", t.integer(), { references: references("p.id", { name: "fk_id" }) }),
      column("k", t.integer(), { references: references("p.k", { name: "fk_k" }) }),
    ]);
  };
  const drops: readonly Body[] = [
    (op) => op.dropConstraint("pk_p", "p", { type: "primary" }),
    (op) => op.dropConstraint("uq_k", "p", { type: "unique" }),
    (op) => op.dropIndex("uq_k", { tableName: "p" }),
  ];
  const unchecked =
    (drop: Body): Body =>
    (op) => {
      op.execute("SET FOREIGN_KEY_CHECKS = 0");
      drop(op);
      op.execute("SET FOREIGN_KEY_CHECKS = 1");
    };

  it("is not dropped on MySQL", async () => {
    for (const drop of drops) expect(await errorOf("mysql", [keyed, unchecked(drop)])).toMatch(/foreign key/);
  });

  it("is dropped on MariaDB, and not while it looks at them", async () => {
    for (const drop of drops) {
      expect(await errorOf("mariadb", [keyed, unchecked(drop)])).toBe(undefined);
      expect(await errorOf("mariadb", [keyed, drop])).toMatch(/foreign key/);
    }
  });

  testOn("mariadb", "goes on the server, too", async ({ database }) => {
    for (const drop of drops) {
      const project = history({ dialect: "mariadb" }, [
        { id: "r1", upgrade: keyed },
        { id: "r2", down: "r1", upgrade: unchecked(drop) },
        { id: "r3", down: "r2", upgrade: (op) => (op.dropTable("c"), op.dropTable("p")) },
      ]);
      await database.apply("DROP TABLE IF EXISTS alembic_version;");
      expect((await database.apply((await compileRange(project, "heads")).script)).exitCode).toBe(0);
    }
  });
});

testOn(
  "postgresql",
  "a view follows the new names of what it reads, and keeps what its columns are called",
  async ({ database }) => {
    const project = history({ dialect: "postgresql" }, [
      { id: "r1", upgrade: (op) => (start(op), op.createView("w", "SELECT amt, one.name FROM one")) },
      {
        id: "r2",
        down: "r1",
        upgrade: (op) => (op.alterColumn("one", "amt", { newColumnName: "amount" }), op.renameTable("one", "uno")),
      },
      { id: "r3", down: "r2", upgrade: (op) => op.dropView("w") },
      { id: "r4", down: "r3", upgrade: (op) => op.createTable("three", [column("amt", t.integer())]) },
    ]);
    expect((await database.apply((await compileRange(project, "r2")).script)).exitCode).toBe(0);
    const columns =
      "SELECT string_agg(column_name, ',' ORDER BY ordinal_position) AS c FROM information_schema.columns";
    expect(await database.query(`${columns} WHERE table_name = 'w'`)).toEqual([{ c: "amt,name" }]);
    await expect(
      compileRange(
        history({ dialect: "postgresql" }, [
          { id: "r1", upgrade: (op) => (start(op), op.createView("w", "SELECT amt FROM one")) },
          { id: "r2", down: "r1", upgrade: (op) => op.renameTable("one", "uno") },
          { id: "r3", down: "r2", upgrade: (op) => op.dropColumn("uno", "amt") },
        ]),
        "heads",
      ),
    ).rejects.toThrow('the column "uno.amt" cannot be dropped: view w use it');
  },
);

testOn("sqlite", "triggers of every origin live on behind a rebuild and a rename", async ({ database }) => {
  const project = history({ dialect: "sqlite" }, [
    {
      id: "r1",
      upgrade(op) {
        start(op);
        op.execute("CREATE TRIGGER raw AFTER INSERT ON two BEGIN UPDATE one SET amt = amt + NEW.ref; END");
        op.createTrigger("own", "two", "BEGIN UPDATE one SET name = NEW.ref; END", {
          timing: "after",
          events: "insert",
        });
        op.createView("v", "SELECT amt, name FROM one");
      },
    },
    { id: "r2", down: "r1", upgrade: (op) => op.renameTable("one", "uno") },
    { id: "r3", down: "r2", upgrade: (op) => op.alterColumn("uno", "amt", { newColumnName: "amount" }) },
    {
      id: "r4",
      down: "r3",
      upgrade: (op) =>
        op.batchAlterTable("two", (b) => {
          b.alterColumn("ref", { newColumnName: "reference" });
          b.alterColumn("name", { nullable: false, serverDefault: "1" });
        }),
    },
  ]);
  expect((await database.apply((await compileRange(project, "heads")).script)).exitCode).toBe(0);
  await database.apply(
    "INSERT INTO uno (id, amount, name) VALUES (1, 10, 0); INSERT INTO two (id, reference) VALUES (1, 5);",
  );
  expect(await database.query("SELECT amount, name FROM uno")).toEqual([{ amount: "15", name: "5" }]);
});

describe("CASCADE in SQL text takes along what depends", () => {
  const related: Body = (op) => {
    op.createTable("p", [
      column("id", t.integer(), { primaryKey: true }),
      column("k", t.integer(), { nullable: false }),
      unique(["k"], { name: "uq_k" }),
    ]);
    op.createTable("c", [
      column("id", t.integer(), { primaryKey: true }),
      column("k", t.integer(), { references: references("p.k", { name: "fk_c" }) }),
      column("p", t.integer(), { references: references("p.id", { name: "fk_p" }) }),
    ]);
    op.createView("v", "SELECT k FROM p");
    op.createView("w", "SELECT k FROM v");
  };

  it.each([
    ["ALTER TABLE p DROP CONSTRAINT uq_k CASCADE", ["fk_p"], ["v", "w"]],
    ["ALTER TABLE p DROP COLUMN k CASCADE", ["fk_p"], []],
    ["DROP VIEW v CASCADE", ["fk_c", "fk_p"], []],
    ["DROP TABLE p CASCADE", [], []],
  ])("%s", async (text, keys, views) => {
    let found: unknown;
    const ask: Body = (op) => {
      const inspect = op.inspect();
      found = { keys: inspect.getForeignKeys("c").map(({ name }) => name), views: inspect.getViewNames() };
    };
    expect(await errorOf("postgresql", [related, (op) => void op.execute(text), ask])).toBe(undefined);
    expect(found).toEqual({ keys, views });
  });
});
