import { describe, expect, it } from "vitest";
import { SchemaError } from "../../../../src/errors.js";
import type { Operations } from "../../../../src/index.js";
import { compileRange } from "../../../../src/project/compile-range.js";
import { testOn } from "../../../engines/test-on.js";
import { history } from "../../../support/history.js";

const before = `
  CREATE FUNCTION doubled(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT n * 2';
  CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN size AS int; CREATE SEQUENCE counter;
  CREATE TABLE t (id int PRIMARY KEY, n int DEFAULT doubled(2), m mood, s size, x text, CONSTRAINT c CHECK (doubled(id) > 0));
  CREATE TABLE u (id int DEFAULT nextval('counter'), m mood[], CONSTRAINT k CHECK (id::size > 3));
  CREATE INDEX i ON t (doubled(n)); CREATE VIEW v AS SELECT doubled(n) AS n, x::mood AS m FROM t;
  CREATE DOMAIN d AS int CHECK (doubled(VALUE) > 1); CREATE DOMAIN e AS mood;
  CREATE FUNCTION g(m mood) RETURNS int LANGUAGE sql RETURN doubled(1);
  CREATE TRIGGER h BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
`;

const drops: readonly (readonly [
  what: string,
  drop: (op: Operations) => void,
  sql: string,
  uses: readonly string[],
])[] = [
  [
    "a function",
    (op) => op.dropFunction("doubled"),
    "DROP FUNCTION doubled",
    ["default of column t.n", "constraint c of t", "index i of t", "domain d", "function g", "view v"],
  ],
  ["a function that a trigger runs", (op) => op.dropFunction("f"), "DROP FUNCTION f", ["trigger h"]],
  [
    "an enum type",
    (op) => op.dropEnumType("mood"),
    "DROP TYPE mood",
    ["column t.m", "column u.m", "domain e", "function g", "view v"],
  ],
  ["a domain", (op) => op.dropDomain("size"), "DROP DOMAIN size", ["column t.s", "constraint k of u"]],
  ["a sequence", (op) => op.dropSequence("counter"), "DROP SEQUENCE counter", ["default of column u.id"]],
];

const project = (drop: (op: Operations) => void) =>
  history({ dialect: "postgresql", targetVersion: "15" }, [
    { id: "a1", upgrade: (op) => void op.execute(before) },
    { id: "b2", upgrade: drop },
  ]);

async function refusal(drop: (op: Operations) => void): Promise<SchemaError | undefined> {
  try {
    await compileRange(project(drop), "heads");
    return undefined;
  } catch (error) {
    if (error instanceof SchemaError) return error;
    throw error;
  }
}

describe("what others use is not dropped", () => {
  it.each(drops)("%s", async (_what, drop, _sql, uses) => {
    const error = await refusal(drop);
    expect(error?.code).toBe("has-dependents");
    expect(error?.data).toEqual({ dependents: uses });
  });

  it("but a name that is no more than the same word is no use", async () => {
    const free = (op: Operations): void => {
      op.execute("CREATE FUNCTION n() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE x AS ENUM ('a')");
      op.dropFunction("n");
      op.dropEnumType("x");
    };
    expect(await refusal(free)).toBeUndefined();
  });

  testOn("postgresql", "the server refuses it, too", async ({ database }) => {
    await database.apply(before);
    for (const [, , sql] of drops) {
      const { exitCode, stderr } = await database.apply(sql);
      expect(exitCode).toBe(3);
      expect(stderr).toContain("because other objects depend on it");
    }
  });
});
