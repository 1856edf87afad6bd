import { describe, expect, it } from "vitest";
import { check, column, compileRange, foreignKey, sql, t, unique, type DialectName, type Operations } from "sqlembic";
import { history } from "../../support/history.js";
import { testOn } from "../../engines/test-on.js";

const items = () => [
  column("id", t.integer(), { primaryKey: true }),
  column("a", t.integer()),
  column("b", t.integer()),
  foreignKey(["a"], ["t.id"]),
  foreignKey(["b"], ["t.id"]),
  unique(["a", "b"]),
  unique(["a"]),
  check(sql`a > 0`),
];

const drops: { readonly [D in "mysql" | "mariadb"]: readonly ((op: Operations) => void)[] } = {
  mysql: [
    (op) => op.dropConstraint("u_ibfk_2", "u", { type: "foreignkey" }),
    (op) => op.dropConstraint("u_ibfk_1", "u", { type: "foreignkey" }),
    (op) => op.dropConstraint("a_2", "u", { type: "unique" }),
    (op) => op.dropConstraint("a", "u", { type: "unique" }),
    (op) => op.dropConstraint("u_chk_1", "u", { type: "check" }),
  ],
  mariadb: [
    (op) => op.dropConstraint("u_ibfk_2", "u", { type: "foreignkey" }),
    (op) => op.dropConstraint("u_ibfk_1", "u", { type: "foreignkey" }),
    (op) => op.dropConstraint("a_2", "u", { type: "unique" }),
    (op) => op.dropConstraint("a", "u", { type: "unique" }),
    (op) => op.dropConstraint("CONSTRAINT_1", "u", { type: "check" }),
  ],
};

function project(dialect: DialectName) {
  return history({ dialect }, [
    { id: "a1", upgrade: (op) => op.createTable("t", items()) },
    { id: "b2", upgrade: (op) => op.renameTable("t", "u") },
    { id: "c3", upgrade: (op) => drops[dialect as "mysql" | "mariadb"].forEach((drop) => drop(op)) },
  ]);
}

describe.each(["mysql", "mariadb"] as const)("The names that %s gives to constraints without one", (dialect) => {
  it("are known to the replayed schema, also after the table was renamed", async () => {
    await expect(compileRange(project(dialect), "head")).resolves.toBeDefined();
    const wrong = history({ dialect }, [
      { id: "a1", upgrade: (op) => op.createTable("t", items()) },
      { id: "b2", upgrade: (op) => op.dropConstraint("t_ibfk_3", "t", { type: "foreignkey" }) },
    ]);
    await expect(compileRange(wrong, "head")).rejects.toMatchObject({ code: "unknown-constraint" });
  });

  const except = dialect === "mysql" ? { mariadb: "MariaDB names checks in its own way" } : {};
  testOn(
    dialect,
    "are those of the server",
    async ({ database }) => {
      const { script } = await compileRange(project(dialect), "head");
      const result = await database.apply(script);
      expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    },
    { except },
  );
});
