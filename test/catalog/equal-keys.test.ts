import { describe, expect, it } from "vitest";
import { column, primaryKey, t, unique, type Operations } from "../../src/index.js";
import { constraintsOf } from "../../src/schema/tables.js";
import { compileRange } from "../../src/project/compile-range.js";
import { testOn } from "../engines/test-on.js";
import { applyClean } from "../engines/round-trip.js";
import { history } from "../support/history.js";
import { replayed } from "./replayed.js";

const items = (...keys: readonly (ReturnType<typeof unique> | ReturnType<typeof primaryKey>)[]) => [
  column("a", t.integer(), { nullable: false }),
  column("b", t.integer(), { nullable: false }),
  ...keys,
];

const cases: readonly (readonly [
  string,
  ReturnType<typeof items>,
  readonly (readonly [string, string | undefined])[],
])[] = [
  ["one name twice", items(unique("a", { name: "uq_0" }), unique("a", { name: "uq_0" })), [["unique", "uq_0"]]],
  ["two names", items(unique("a", { name: "uq_1_1" }), unique("a", { name: "uq_2_1" })), [["unique", "uq_1_1"]]],
  ["the name of the second", items(unique("a"), unique("a", { name: "uq_2" })), [["unique", "uq_2"]]],
  ["a primary key behind", items(unique("a", { name: "uq_3" }), primaryKey("a")), [["primaryKey", "uq_3"]]],
  [
    "another order of columns",
    items(unique(["a", "b"], { name: "uq_1_4" }), unique(["b", "a"], { name: "uq_2_4" })),
    [
      ["unique", "uq_1_4"],
      ["unique", "uq_2_4"],
    ],
  ],
  [
    "one that waits",
    items(unique("a", { name: "uq_1_5" }), unique("a", { name: "uq_2_5", deferrable: true })),
    [
      ["unique", "uq_1_5"],
      ["unique", "uq_2_5"],
    ],
  ],
];

describe("equal keys of one table", () => {
  it.each(cases)("are one key to PostgreSQL: %s", async (_what, definition, keys) => {
    const schema = await replayed((op) => op.createTable("x", definition));
    const table = schema.table(undefined, "x");
    expect(table && constraintsOf(table).map(({ kind, name, impliedName }) => [kind, name ?? impliedName])).toEqual(
      keys,
    );
  });

  testOn("postgresql", "keys are in the replay what the server has", async ({ database }) => {
    const upgrade = (op: Operations): void =>
      cases.forEach(([, definition], at) => void op.createTable(`x${at}`, definition));
    const { script } = await compileRange(history({ dialect: "postgresql" }, [{ id: "a1", upgrade }]), "head");
    await applyClean(database, script);
    const found = await database.query(
      "SELECT conrelid::regclass || ' ' || conname AS key FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid::regclass::text LIKE 'x%' ORDER BY 1",
    );
    const expected = cases.flatMap(([, , keys], at) => keys.map(([, name]) => `x${at} ${name}`));
    expect(found.map(({ key }) => key)).toEqual(expected.toSorted());
  });
});
