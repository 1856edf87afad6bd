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

for (const dialect of ["mysql", "mariadb"] as const) {
  for (const layout of ["guarded", "idempotent", "resumable"] as const) {
    testOn(
      dialect,
      `a ${layout} script for ${dialect} makes no tables without transactions unasked`,
      async (context) => {
        const { database } = context;
        const script = await compileScript(
          { dialect },
          one((op) => op.execute("CREATE TABLE other (x INT)")),
          "head",
          { layout },
        );
        for (const engine of ["MyISAM", "MEMORY"]) {
          const refused = await database.apply(`SET SESSION default_storage_engine = ${engine};\n${script}`);
          expect(refused.exitCode).not.toBe(0);
          expect(refused.stderr).toContain(`refused: default engine ${engine}: --set default_storage_engine=InnoDB`);
          expect(await database.query("SHOW TABLES")).toEqual([]);
        }
        const asked = await compileScript(
          { dialect },
          one((op) => op.execute("CREATE TABLE other (x INT)")),
          "head",
          {
            layout,
            session: [["default_storage_engine", "InnoDB"]],
          },
        );
        expect(await database.apply(`SET SESSION default_storage_engine = MyISAM;\n${asked}`)).toMatchObject({
          exitCode: 0,
        });
      },
    );

    testOn(
      dialect,
      `a ${layout} script for ${dialect} asks for the engines of its tables first`,
      async ({ database }) => {
        const body = (op: Operations): void => op.execute("CREATE TABLE other (x INT) ENGINE = Frobnicate");
        const script = await compileScript({ dialect }, one(body), "head", { layout });
        const refused = await database.apply(script);
        expect(refused.stderr).toContain("refused: the server makes no tables in the engine FROBNICATE");
        expect(await database.query("SHOW TABLES")).toEqual([]);
      },
    );
  }
}

it.each(["mysql", "mariadb"] as const)("the guard for %s asks whether each setting was made", async (dialect) => {
  const session = [
    ["sql_big_selects", "1"],
    ["max_error_count", "64"],
  ] as const;
  const script = await compileScript(
    { dialect },
    one(() => undefined),
    "head",
    { session },
  );
  for (const [name] of session) {
    expect(script).toMatch(new RegExp(`SET SESSION ${name} = \\d+; SET @well_set = @well_set AND @@error_count = 0;`));
  }
  expect(script).toContain("WHEN NOT IFNULL(@well_set, 0) THEN 'refused: a setting of --set was not made'");
});

it("a primary key that the author's own SQL drops is asked for, unless the same statement adds another", async () => {
  const asks = async (text: string): Promise<boolean> => {
    const script = await compileScript(
      { dialect: "mysql" },
      one((op) => op.execute(text)),
    );
    return script.includes("sql_require_primary_key");
  };
  expect(await asks("ALTER TABLE keyed DROP PRIMARY KEY")).toBe(true);
  expect(await asks("CREATE TABLE bare (x INT)")).toBe(true);
  expect(await asks("ALTER TABLE keyed ADD COLUMN x INT NOT NULL, DROP PRIMARY KEY, ADD PRIMARY KEY (id, x)")).toBe(
    false,
  );
  expect(await asks("CREATE TABLE other (x INT PRIMARY KEY)")).toBe(false);
});
