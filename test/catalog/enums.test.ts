import { describe, expect, it } from "vitest";
import { compileRange } from "../../src/project/compile-range.js";
import { column, postgresql, t } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
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
