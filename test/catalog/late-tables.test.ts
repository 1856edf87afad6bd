import { describe, expect, it } from "vitest";
import { column, foreignKey, references, t } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import { compileRange } from "../../src/project/compile-range.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { testOn } from "../engines/test-on.js";
import { history } from "../support/history.js";

type Body = (op: Operations) => void;

const id = column("id", t.integer(), { primaryKey: true });

async function scriptOf(dialect: DialectName, upgrade: Body): Promise<string> {
  return (await compileRange(history({ dialect }, [{ id: "r1", upgrade }]), "heads")).script;
}

const forward: Body = (op) => {
  op.createTable("item", [id, column("owner", t.integer(), { references: references("people.id") })]);
  op.createTable("people", [id]);
};
const unchecked =
  (body: Body, off: string, on: string): Body =>
  (op) => {
    op.execute(off);
    body(op);
    op.execute(on);
  };
const mysqlUnchecked = (body: Body): Body =>
  unchecked(body, "SET FOREIGN_KEY_CHECKS = 0", "SET FOREIGN_KEY_CHECKS = 1");

describe("a foreign key to a table that comes later", () => {
  it.each(dialectNames)("is taken by SQLite alone: on %s", async (dialect) => {
    const script = scriptOf(dialect, forward);
    if (dialect === "sqlite") expect(await script).toContain("REFERENCES people (id)");
    else await expect(script).rejects.toThrow('op.createTable: there is no table "people".');
  });

  it.each(["mysql", "mariadb"] as const)("is taken while FOREIGN_KEY_CHECKS is 0, on %s", async (dialect) => {
    expect(await scriptOf(dialect, mysqlUnchecked(forward))).toContain("REFERENCES people (id)");
    const after: Body = (op) => (mysqlUnchecked(() => undefined)(op), forward(op));
    await expect(scriptOf(dialect, after)).rejects.toThrow('op.createTable: there is no table "people".');
  });

  it.each(dialectNames.filter((name) => name !== "sqlite"))(
    "is left out with useAlter, as Alembic does, and added by its author, on %s",
    async (dialect) => {
      const late = (op: Operations): void => {
        op.createTable("item", [
          id,
          column("owner", t.integer()),
          foreignKey(["owner"], ["people.id"], { name: "fk_owner", useAlter: true }),
        ]);
        op.createTable("people", [id]);
      };
      expect(await scriptOf(dialect, late)).not.toContain("fk_owner");
      const added = await scriptOf(dialect, (op) => {
        late(op);
        op.createForeignKey("fk_owner", "item", "people", ["owner"], ["id"]);
      });
      expect(added.match(/ADD CONSTRAINT fk_owner/g)).toHaveLength(1);
    },
  );
});

describe("a table that others refer to", () => {
  const referred: Body = (op) => {
    op.createTable("people", [id]);
    op.createTable("item", [id, column("owner", t.integer(), { references: references("people.id") })]);
  };
  const dropped: Body = (op) => {
    referred(op);
    op.dropTable("people");
  };

  it.each(dialectNames)("is not dropped, on %s", async (dialect) => {
    await expect(scriptOf(dialect, dropped)).rejects.toThrow(
      dialect === "sqlite"
        ? /the table "people" cannot be dropped: foreign key .* would fail from then on/
        : /the table "people" cannot be dropped: foreign key .* use it/,
    );
  });

  const mending: readonly (readonly [string, Body])[] = [
    ["drops the others, too", (op) => op.dropTable("item")],
    ["makes it anew", (op) => op.createTable("people", [id, column("name", t.text())])],
    [
      "puts another in its place",
      (op) => {
        op.createTable("new_people", [id]);
        op.renameTable("new_people", "people");
      },
    ],
  ];
  it.each(mending)("may be dropped on SQLite alone in a revision that %s", async (_what, mend) => {
    const body: Body = (op) => {
      dropped(op);
      mend(op);
    };
    await scriptOf("sqlite", body);
    await expect(scriptOf("postgresql", body)).rejects.toThrow(/cannot be dropped/);
  });

  for (const [what, mend] of mending) {
    testOn("sqlite", `a table is dropped, and the revision ${what}`, async ({ database }) => {
      const body: Body = (op) => {
        op.dropTable("people");
        mend(op);
      };
      const project = history({ dialect: "sqlite" }, [
        { id: "a1", upgrade: referred },
        { id: "b2", upgrade: body },
      ]);
      for (const range of ["a1", "a1:b2"]) {
        expect((await database.apply((await compileRange(project, range)).script)).exitCode).toBe(0);
      }
    });
  }

  it("is dropped while foreign keys are not checked", async () => {
    await scriptOf("mysql", mysqlUnchecked(dropped));
    await scriptOf("mariadb", mysqlUnchecked(dropped));
    await scriptOf("sqlite", unchecked(dropped, "PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"));
  });
});

/** How SQLite's own tools change a table: the old one steps aside under legacy_alter_table, and others keep its name. */
const stepsAside = (op: Operations, isLegacy = true): void => {
  if (isLegacy) op.execute("PRAGMA legacy_alter_table = ON");
  op.createTable("people", [id]);
  op.createTable("item", [id, column("owner", t.integer(), { references: references("people.id") })]);
  op.renameTable("people", "people_old");
  op.createTable("people", [id, column("name", t.text())]);
  op.dropTable("people_old");
  if (isLegacy) op.execute("PRAGMA legacy_alter_table = OFF");
};

testOn("sqlite", "a table steps aside under legacy_alter_table, and others keep its name", async ({ database }) => {
  const { exitCode, stderr } = await database.apply(await scriptOf("sqlite", stepsAside));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(await database.query("SELECT \"table\" AS t FROM pragma_foreign_key_list('item')")).toEqual([{ t: "people" }]);
  await expect(scriptOf("sqlite", (op) => stepsAside(op, false))).rejects.toThrow(
    /the table "people_old" cannot be dropped/,
  );
});

testOn("mariadb", "tables in any order while FOREIGN_KEY_CHECKS is 0", async ({ database }) => {
  const { exitCode } = await database.apply(await scriptOf("mariadb", mysqlUnchecked(forward)));
  expect(exitCode).toBe(0);
});
