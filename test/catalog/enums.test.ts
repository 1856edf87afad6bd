import { describe, expect, it } from "vitest";
import { compileRange } from "../../src/project/compile-range.js";
import { column, postgresql, t } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import type { Database } from "../engines/engine.js";
import { testOn } from "../engines/test-on.js";
import { applyClean } from "../engines/round-trip.js";
import { history } from "../support/history.js";
import { replayed } from "./replayed.js";

const mood = t.enum(["sad", "ok"], { name: "mood" });

async function enumsAfter(body: (op: Operations) => void): Promise<readonly string[]> {
  return (await replayed(body)).enums.keys();
}

async function statementsOf(body: (op: Operations) => void): Promise<readonly string[]> {
  const { steps } = await compileRange(history({ dialect: "postgresql" }, [{ id: "a1", upgrade: body }]), "head");
  return steps.flatMap(({ statements }) => statements.map(({ sql }) => sql.replace(/\s+/g, " ")));
}

describe("an enum type of a column", () => {
  it("is made with the first column that uses it, and only once", async () => {
    const body = (op: Operations): void => {
      op.createTable("a", [column("m", mood), column("n", mood)]);
      op.createTable("b", [column("m", mood)]);
      op.addColumn("b", column("list", t.array(mood)));
    };
    expect(await enumsAfter(body)).toEqual(["mood"]);
    const statements = await statementsOf(body);
    expect(statements.filter((sql) => sql.startsWith("CREATE TYPE"))).toEqual([
      "CREATE TYPE mood AS ENUM ('sad', 'ok')",
    ]);
    expect(statements[0]).toBe("CREATE TYPE mood AS ENUM ('sad', 'ok')");
  });

  it("may be meant by its name alone, and has the values that it was made with", async () => {
    const body = (op: Operations): void => {
      op.createEnumType("mood", ["sad", "ok"]);
      op.createTable("a", [
        column("m", postgresql.ENUM([], { name: "mood", createType: false }), { serverDefault: "ok" }),
      ]);
      op.bulkInsert("a", [{ m: "sad" }]);
    };
    const found = (await replayed(body)).table(undefined, "a")?.columns[0]?.type.parameters;
    expect(found).toMatchObject({ values: ["sad", "ok"] });
    expect((await statementsOf(body))[1]).toBe("CREATE TABLE a ( m mood DEFAULT 'ok' )");
  });

  it("is dropped with the last column that uses it, and not before", async () => {
    const body = (op: Operations): void => {
      op.createTable("a", [column("id", t.integer()), column("m", mood)]);
      op.createTable("b", [column("m", t.array(mood))]);
      op.dropColumn("a", "m");
    };
    expect(await enumsAfter(body)).toEqual(["mood"]);
    const last = (op: Operations): void => {
      body(op);
      op.dropTable("b");
    };
    expect(await enumsAfter(last)).toEqual([]);
    expect((await statementsOf(last)).slice(-3)).toEqual([
      "ALTER TABLE a DROP COLUMN m",
      "DROP TABLE b",
      "DROP TYPE mood",
    ]);
  });

  it("comes and goes with a change of a column's type", async () => {
    const retyped = (op: Operations): void => {
      op.createTable("a", [column("m", t.text())]);
      op.alterColumn("a", "m", { type: mood, postgresql: { using: "m::mood" } });
    };
    expect(await enumsAfter(retyped)).toEqual(["mood"]);
    const back = (op: Operations): void => {
      retyped(op);
      op.alterColumn("a", "m", { type: t.text() });
    };
    expect(await enumsAfter(back)).toEqual([]);
    expect((await statementsOf(back)).at(-1)).toBe("DROP TYPE mood");
  });

  it("is left to its author where createType is false, and where a directive made it", async () => {
    const body = (op: Operations): void => {
      op.createEnumType("mood", ["sad", "ok"]);
      op.createTable("a", [column("m", postgresql.ENUM(["sad", "ok"], { name: "mood", createType: false }))]);
      op.dropTable("a");
    };
    expect(await enumsAfter(body)).toEqual(["mood"]);
    expect(
      await enumsAfter((op) => {
        body(op);
        op.dropEnumType("mood");
      }),
    ).toEqual([]);
  });

  it("is none where the enum has no name of its own, or is text", async () => {
    const text = t.enum(["a"], { name: "letter", nativeEnum: false });
    expect(await enumsAfter((op) => void op.createTable("a", [column("m", text)]))).toEqual([]);
  });

  it("knows schemas apart", async () => {
    const own = t.enum(["x"], { name: "mood", schema: "audit" });
    expect(await enumsAfter((op) => void op.createTable("a", [column("m", mood), column("n", own)]))).toEqual([
      "audit.mood",
      "mood",
    ]);
  });
});

/** A type that the revisions of Alembic know: it stays behind its last column until its author drops it. */
const existing = postgresql.ENUM(["sad", "ok"], { name: "mood", createType: false });

const makesMood = (op: Operations): void =>
  op.createTable("a", [column("id", t.integer()), column("m", mood)]) as never;
/** Applies a script; that a type is not there may be remarked on. */
async function applied(database: Database, script: string): Promise<void> {
  const { exitCode, stderr } = await database.apply(script);
  expect({ exitCode, stderr: stderr.replace(/^.*NOTICE: .*\n/gm, "") }).toEqual({ exitCode: 0, stderr: "" });
}

const ofTypes = (sql: string): boolean => / TYPE (?:IF EXISTS )?mood/.test(sql);

/** What comes behind the first revision, which makes a table with a column of the type. */
const afterwards: readonly {
  readonly does: string;
  readonly bodies: readonly ((op: Operations) => void)[];
  readonly statements: readonly string[];
  readonly left: number;
}[] = [
  {
    does: "a table and then the type, as SQL text",
    bodies: [(op) => (op.dropTable("a"), op.execute("DROP TYPE mood"))],
    statements: ["DROP TYPE mood"],
    left: 0,
  },
  {
    does: "a column and then the type, as a directive",
    bodies: [(op) => (op.dropColumn("a", "m"), op.dropEnumType("mood"))],
    statements: ["DROP TYPE mood"],
    left: 0,
  },
  {
    does: "a column in a batch and then the type",
    bodies: [(op) => (op.batchAlterTable("a", (b) => b.dropColumn("m")), op.execute("DROP TYPE IF EXISTS mood"))],
    statements: ["DROP TYPE IF EXISTS mood"],
    left: 0,
  },
  {
    does: "a column changed to text, and then the type",
    bodies: [(op) => (op.alterColumn("a", "m", { type: t.text() }), op.execute("DROP TYPE public.mood; SELECT 1"))],
    statements: [],
    left: 0,
  },
  {
    does: "a column in the place of another, of the type that is there",
    bodies: [(op) => (op.dropColumn("a", "m"), op.addColumn("a", column("n", existing)))],
    statements: [],
    left: 1,
  },
  {
    does: "the same as SQL text",
    bodies: [(op) => (op.dropColumn("a", "m"), op.execute("ALTER TABLE a ADD COLUMN n mood"))],
    statements: [],
    left: 1,
  },
  {
    does: "a table made again with other values",
    bodies: [
      (op) => (op.dropTable("a"), op.createTable("b", [column("m", t.enum(["x", "y"], { name: "mood" }))]) as never),
    ],
    statements: ["DROP TYPE mood", "CREATE TYPE mood AS ENUM ('x', 'y')"],
    left: 1,
  },
  {
    does: "a type that the text of another table only happens to name as a column",
    bodies: [(op) => (op.dropTable("a"), op.execute("SELECT 1 AS one WHERE 'mood' = 'mood'"))],
    statements: ["DROP TYPE mood"],
    left: 0,
  },
  {
    does: "the type in a revision of its own, as SQL text",
    bodies: [(op) => op.dropTable("a"), (op) => op.execute("DROP TYPE mood")],
    statements: ["DROP TYPE mood", "DROP TYPE IF EXISTS mood"],
    left: 0,
  },
  {
    does: "the type in a revision of its own, as a directive",
    bodies: [(op) => op.dropColumn("a", "m"), (op) => op.dropEnumType("mood")],
    statements: ["DROP TYPE mood", "DROP TYPE IF EXISTS mood"],
    left: 0,
  },
  {
    does: "a column of the type that is still there, in a revision of its own",
    bodies: [(op) => op.dropColumn("a", "m"), (op) => op.addColumn("a", column("n", existing))],
    statements: ["DROP TYPE mood", "DROP TYPE IF EXISTS mood", "CREATE TYPE mood AS ENUM ('sad', 'ok')"],
    left: 1,
  },
  {
    does: "the same as SQL text, in a revision of its own",
    bodies: [(op) => op.dropColumn("a", "m"), (op) => op.execute("ALTER TABLE a ADD COLUMN n mood; SELECT 1")],
    statements: ["DROP TYPE mood", "DROP TYPE IF EXISTS mood", "CREATE TYPE mood AS ENUM ('sad', 'ok')"],
    left: 1,
  },
  {
    does: "a table with the type made anew, in a revision of its own",
    bodies: [(op) => op.dropTable("a"), (op) => op.createTable("b", [column("m", mood)]) as never],
    statements: ["DROP TYPE mood", "DROP TYPE IF EXISTS mood", "CREATE TYPE mood AS ENUM ('sad', 'ok')"],
    left: 1,
  },
];

describe("an enum type that its author drops, or uses again, as Alembic leaves it", () => {
  const moodHistory = (bodies: readonly ((op: Operations) => void)[]) =>
    history(
      { dialect: "postgresql" },
      [makesMood, ...bodies].map((upgrade, at) => ({
        id: `r${at + 1}`,
        ...(at > 0 && { down: `r${at}` }),
        upgrade,
      })),
    );

  it.each(afterwards)("$does", async ({ bodies, statements }) => {
    const { steps } = await compileRange(moodHistory(bodies), "r1:heads");
    const all = steps.flatMap((step) => step.statements.map(({ sql }) => sql));
    expect(all.filter(ofTypes)).toEqual(statements);
  });

  for (const { does, bodies, left } of afterwards) {
    testOn("postgresql", `${does}: applied to a database of ours`, async ({ database }) => {
      await applied(database, (await compileRange(moodHistory(bodies), "heads")).script);
      const types = await database.query("SELECT count(*) AS n FROM pg_type WHERE typname = 'mood'");
      expect(types).toEqual([{ n: String(left) }]);
    });

    if (bodies.length === 1) continue;
    testOn("postgresql", `${does}: applied to a database of Alembic's`, async ({ database }) => {
      const project = moodHistory(bodies);
      await applied(database, (await compileRange(project, "r2")).script);
      await applied(database, "CREATE TYPE mood AS ENUM ('sad', 'ok')");
      await applied(database, (await compileRange(project, "r2:heads")).script);
      const types = await database.query("SELECT count(*) AS n FROM pg_type WHERE typname = 'mood'");
      expect(types).toEqual([{ n: String(left) }]);
    });
  }

  it("is refused while a column or a function uses it", async () => {
    for (const use of [
      makesMood,
      (op: Operations): void => (op.createEnumType("mood", ["sad"]), op.execute("CREATE TABLE b (m mood[])")),
      (op: Operations): void => (
        op.createEnumType("mood", ["sad"]),
        op.createFunction("f", "SELECT 1", { parameters: "m mood", returns: t.integer() })
      ),
    ]) {
      await expect(statementsOf((op) => (use(op), op.dropEnumType("mood")))).rejects.toThrow(
        /op\.dropEnumType: the enum type "mood" cannot be dropped: .* use it/,
      );
    }
  });
});

testOn("postgresql", "an enum's whole life leaves nothing behind on the server", async ({ database }) => {
  const { script } = await compileRange(
    history({ dialect: "postgresql" }, [
      {
        id: "a1",
        upgrade(op) {
          op.createTable("a", [column("id", t.integer()), column("m", mood)]);
          op.addColumn("a", column("list", t.array(mood)));
          op.dropColumn("a", "m");
          op.alterColumn("a", "list", { type: t.array(t.text()), postgresql: { using: "list::text[]" } });
          op.addColumn("a", column("again", mood));
          op.dropTable("a");
        },
      },
    ]),
    "head",
  );
  await applyClean(database, script);
  expect(await database.query("SELECT typname FROM pg_type WHERE typtype = 'e'")).toEqual([]);
});
