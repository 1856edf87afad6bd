import { expect, it } from "vitest";
import { column, t, type Operations } from "../../../../src/index.js";
import { testOn } from "../../../engines/test-on.js";
import { compileScript, type TestRevision } from "../../shared/compile-script.js";

const one = (upgrade: (op: Operations) => void): readonly TestRevision[] => [
  { id: "a1", upgrade: (op) => op.createTable("keyed", [column("id", t.integer(), { primaryKey: true })]) },
  { id: "b2", follows: ["a1"], upgrade },
];

const withoutKey: readonly (readonly [string, (op: Operations) => void])[] = [
  ["makes a table without a primary key", (op) => op.createTable("bare", [column("x", t.integer())])],
  [
    "drops the primary key before it adds another",
    (op) => {
      op.addColumn("keyed", column("other", t.integer(), { nullable: false, serverDefault: 0 }));
      op.dropConstraint(null, "keyed", { type: "primary" });
      op.createPrimaryKey(null, "keyed", ["other"]);
    },
  ],
];

for (const layout of ["guarded", "idempotent", "resumable"] as const) {
  testOn("mysql", `a ${layout} script changes nothing where it would fail for want of a key`, async (context) => {
    const { database, engine } = context;
    if (engine !== "mysql") return; // MariaDB has no such setting
    for (const [what, body] of withoutKey) {
      const script = await compileScript({ dialect: "mysql" }, one(body), "head", { layout });
      const refused = await database.apply(`SET SESSION sql_require_primary_key = 1;\n${script}`);
      expect(refused.exitCode, what).not.toBe(0);
      expect(refused.stderr).toMatch(/refused: sql_require_primary_key is on/);
      expect(await database.query("SHOW TABLES")).toEqual([]);
    }
    const made = "SET SESSION sql_require_primary_key = 1, sql_generate_invisible_primary_key = 1;";
    const [first] = withoutKey;
    const script = await compileScript({ dialect: "mysql" }, one(first?.[1] ?? (() => undefined)), "head", { layout });
    expect(await database.apply(`${made}\n${script}`)).toMatchObject({ exitCode: 0 });
  });
}

it.each(["mysql", "mariadb"] as const)(
  "the guard for %s asks for what a script needs, and for nothing else",
  async (dialect) => {
    const [, bare] = withoutKey[0] ?? [];
    const plain = await compileScript(
      { dialect },
      one(() => undefined),
    );
    expect(plain).not.toMatch(/sql_require_primary_key|log_bin/);
    const keyless = await compileScript({ dialect }, one(bare ?? (() => undefined)));
    expect(keyless.includes("sql_require_primary_key")).toBe(dialect === "mysql");
    for (const make of [
      (op: Operations) =>
        op.createTrigger("tr", "keyed", "BEGIN SET @x = 1; END", { timing: "after", events: "insert" }),
      (op: Operations) => op.execute("CREATE DEFINER=CURRENT_USER FUNCTION one() RETURNS INT DETERMINISTIC RETURN 1"),
    ]) {
      expect(await compileScript({ dialect }, one(make), "head", { parse: false })).toContain(
        "log_bin_trust_function_creators",
      );
    }
  },
);

for (const dialect of ["mysql", "mariadb"] as const) {
  for (const layout of ["guarded", "idempotent"] as const) {
    testOn(
      dialect,
      `a ${layout} script on ${dialect} does not go by what COMMIT does in its session`,
      async ({ database }) => {
        const fill = (op: Operations): void => op.execute("INSERT INTO keyed VALUES (1)");
        const script = await compileScript({ dialect }, one(fill), "head", { layout });
        for (const setting of ["completion_type = 'CHAIN'", "completion_type = 'RELEASE'", "autocommit = 0"]) {
          await database.apply("DROP TABLE IF EXISTS keyed, alembic_version;");
          expect(await database.apply(`SET SESSION ${setting};\n${script}`), setting).toMatchObject({ exitCode: 0 });
          expect(await database.query("SELECT id FROM keyed")).toEqual([{ id: "1" }]);
          expect(await database.query("SELECT version_num FROM alembic_version")).toEqual([{ version_num: "b2" }]);
        }
      },
    );
  }

  testOn(
    dialect,
    `the question for the binary log lets an account with SUPER make triggers on ${dialect}`,
    async ({ database }) => {
      const make = (op: Operations): void =>
        op.createTrigger("tr", "keyed", "BEGIN SET @x = 1; END", { timing: "after", events: "insert" });
      const script = await compileScript({ dialect }, one(make));
      expect(await database.apply(script)).toMatchObject({ exitCode: 0 });
    },
  );
}
