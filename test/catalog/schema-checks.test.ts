import { describe, expect, it } from "vitest";
import { compileRange } from "../../src/project/compile-range.js";
import { column, loadProject, primaryKey, references, SchemaError, sql, t } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import { history } from "../support/history.js";
import { projectFolder } from "../support/project-folder.js";

const start = (op: Operations): void => {
  op.createTable("person", [column("id", t.integer(), { primaryKey: true }), column("name", t.string())]);
  op.createTable("account", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(), { index: true, unique: true }),
    column("owner", t.integer(), { references: references("person.id", { name: "fk_owner" }) }),
  ]);
};

/** The error that a second revision meets, which stands on a history that makes `person` and `account`. */
async function errorOf(body: (op: Operations) => void, options: { schemaChecks?: boolean } = {}): Promise<SchemaError> {
  const project = history({ dialect: "postgresql" }, [
    { id: "a1", upgrade: start },
    { id: "b2", upgrade: body },
  ]);
  try {
    await compileRange(project, "head", options);
  } catch (error) {
    expect(error).toBeInstanceOf(SchemaError);
    return error as SchemaError;
  }
  throw new Error("nothing was refused");
}

interface Refusal {
  readonly does: string;
  readonly body: (op: Operations) => void;
  readonly code: string;
  readonly message: string;
  readonly hint: string | RegExp;
}

const refusals: readonly Refusal[] = [
  {
    does: "an unknown table",
    body: (op) => op.addColumn("acount", column("x", t.integer())),
    code: "unknown-table",
    message: 'op.addColumn: there is no table "acount".',
    hint: 'Did you mean "account"?',
  },
  {
    does: "an unknown table that resembles none, with those that are known",
    body: (op) => op.dropTable("warehouse"),
    code: "unknown-table",
    message: 'op.dropTable: there is no table "warehouse".',
    hint: "Known here: account, person.",
  },
  {
    does: "a table of another schema",
    body: (op) => op.dropTable("account", { schema: "audit" }),
    code: "unknown-table",
    message: 'op.dropTable: there is no table "audit.account".',
    hint: /account/,
  },
  {
    does: "a table that exists",
    body: (op) => void op.createTable("account", [column("id", t.integer())]),
    code: "table-exists",
    message: 'op.createTable: the table or view "account" exists already.',
    hint: /ifNotExists: true/,
  },
  {
    does: "a new name that is taken",
    body: (op) => op.renameTable("account", "person"),
    code: "table-exists",
    message: 'op.renameTable: the table or view "person" exists already.',
    hint: /another name/,
  },
  {
    does: "an unknown column",
    body: (op) => op.alterColumn("account", "naem", { nullable: true }),
    code: "unknown-column",
    message: 'op.alterColumn: the table "account" has no column "naem".',
    hint: 'Did you mean "name"?',
  },
  {
    does: "an unknown column to be dropped",
    body: (op) => op.dropColumn("account", "zzz"),
    code: "unknown-column",
    message: 'op.dropColumn: the table "account" has no column "zzz".',
    hint: "Known here: id, name, owner.",
  },
  {
    does: "a column that exists",
    body: (op) => op.addColumn("account", column("name", t.text())),
    code: "column-exists",
    message: 'op.addColumn: the table "account" has a column "name" already.',
    hint: /op\.alterColumn/,
  },
  {
    does: "a new name of a column that is taken",
    body: (op) => op.alterColumn("account", "name", { newColumnName: "id" }),
    code: "column-exists",
    message: 'op.alterColumn: the table "account" has a column "id" already.',
    hint: /another name/,
  },
  {
    does: "an unknown column in a key",
    body: (op) => op.createUniqueConstraint("uq", "account", ["name", "ower"]),
    code: "unknown-column",
    message: 'op.addConstraint: the table "account" has no column "ower".',
    hint: 'Did you mean "owner"?',
  },
  {
    does: "an unknown column in an index",
    body: (op) => op.createIndex("ix", "account", ["nam", sql`lower(name)`]),
    code: "unknown-column",
    message: 'op.createIndex: the table "account" has no column "nam".',
    hint: 'Did you mean "name"?',
  },
  {
    does: "an unknown column in rows",
    body: (op) => op.bulkInsert("account", [{ id: 1, nmae: "x" }]),
    code: "unknown-column",
    message: 'op.bulkInsert: the table "account" has no column "nmae".',
    hint: 'Did you mean "name"?',
  },
  {
    does: "an unknown constraint, with the names that the server gave among the known ones",
    body: (op) => op.dropConstraint("account_pke", "account"),
    code: "unknown-constraint",
    message: 'op.dropConstraint: the table "account" has no constraint "account_pke".',
    hint: 'Did you mean "account_pkey"?',
  },
  {
    does: "a constraint that exists",
    body: (op) => op.createCheckConstraint("fk_owner", "account", "id > 0"),
    code: "constraint-exists",
    message: 'op.addConstraint: the table "account" has a constraint "fk_owner" already.',
    hint: /another name/,
  },
  {
    does: "a second primary key",
    body: (op) => op.createPrimaryKey("pk", "account", ["name"]),
    code: "primary-key-exists",
    message: 'op.addConstraint: the table "account" has a primary key already.',
    hint: "Drop the old primary key first.",
  },
  {
    does: "an unknown index",
    body: (op) => op.dropIndex("ix_account_naem", { tableName: "account" }),
    code: "unknown-index",
    message: 'op.dropIndex: the table "account" has no index "ix_account_naem".',
    hint: 'Did you mean "ix_account_name"?',
  },
  {
    does: "an index that exists",
    body: (op) => op.createIndex("ix_account_name", "account", ["id"]),
    code: "index-exists",
    message: 'op.createIndex: the table "account" has an index "ix_account_name" already.',
    hint: /ifNotExists: true/,
  },
  {
    does: "a foreign key to an unknown table",
    body: (op) => op.createForeignKey("fk", "account", "persn", ["id"], ["id"]),
    code: "unknown-table",
    message: 'op.addConstraint: there is no table "persn".',
    hint: 'Did you mean "person"?',
  },
  {
    does: "a foreign key to an unknown column, inside a new table",
    body: (op) =>
      void op.createTable("card", [column("person", t.integer(), { references: references("person.idd") })]),
    code: "unknown-column",
    message: 'op.createTable: the table "person" has no column "idd".',
    hint: 'Did you mean "id"?',
  },
  {
    does: "a foreign key between types that cannot be compared",
    body: (op) => op.addColumn("account", column("p", t.string(), { references: references("person.id") })),
    code: "foreign-key-types",
    message: 'op.addColumn: the column "p" (string) cannot refer to "person.id" (integer).',
    hint: "Give both columns the same type.",
  },
  {
    does: "the drop of a table that a foreign key refers to, with the list",
    body: (op) => op.dropTable("person"),
    code: "has-dependents",
    message: 'op.dropTable: the table "person" cannot be dropped: foreign key fk_owner of account use it.',
    hint: /Drop what depends on it first/,
  },
  {
    does: "the drop of a column that a foreign key refers to",
    body: (op) => op.dropColumn("person", "id"),
    code: "has-dependents",
    message: 'op.dropColumn: the column "person.id" cannot be dropped: foreign key fk_owner of account use it.',
    hint: /Drop what depends on it first/,
  },
  {
    does: "the drop of a table that a view reads from",
    body: (op) => {
      op.createView("names", "SELECT name FROM account");
      op.dropTable("account");
    },
    code: "has-dependents",
    message: 'op.dropTable: the table "account" cannot be dropped: view names use it.',
    hint: /make it anew after/,
  },
  {
    does: "a change of the type of a column that a view reads",
    body: (op) => {
      op.createView("names", "SELECT name FROM account");
      op.alterColumn("account", "name", { type: t.text() });
    },
    code: "has-dependents",
    message: 'op.alterColumn: the type of "account.name" cannot change: view names use it.',
    hint: /Drop what depends on it first/,
  },
  {
    does: "what is wrong inside a batch",
    body: (op) =>
      op.batchAlterTable("account", (batch) => {
        batch.dropColumn("owner");
        batch.alterColumn("owner", { nullable: false });
      }),
    code: "unknown-column",
    message: 'op.alterColumn: the table "account" has no column "owner".',
    hint: "Known here: id, name.",
  },
];

describe("the replayed schema refuses, with what is known and the nearest name,", () => {
  it.each(refusals)("$does", async ({ body, code, message, hint }) => {
    const error = await errorOf(body);
    expect({ code: error.code, message: error.message }).toEqual({ code, message });
    expect(error.hint).toMatch(hint);
    if (typeof hint === "string") expect(error.hint).toBe(hint);
  });

  it("a table that was dropped before, with the place where that happened", async () => {
    const error = await errorOf((op) => {
      op.dropTable("account");
      op.addColumn("account", column("x", t.integer()));
    });
    expect(error.code).toBe("dropped-table");
    expect(error.message).toMatch(/"account" was dropped or renamed before \(.+:\d+\)\.$/);
  });
});

describe("the place of an error", () => {
  it("is the file, line and column of the call in the revision", async () => {
    const folder = projectFolder({
      "sqlembic.config.ts": 'export default { dialect: "postgresql" };\n',
      "versions/a1_start.ts":
        `import { type Operations } from "sqlembic";\nexport const revision = "a1";\nexport const downRevision = null;\n` +
        `export function upgrade(op: Operations): void {\n  const table = "acount";\n  op.dropColumn(table, "x");\n}\n`,
    });
    const project = await loadProject(undefined, { cwd: folder });
    await expect(compileRange(project, "head")).rejects.toMatchObject({
      code: "unknown-table",
      origin: { file: "versions/a1_start.ts", line: 6, column: 6 },
    });
  });
});

describe("nothing is refused", () => {
  const wrong = (op: Operations): void => op.dropColumn("acount", "x");

  it("where checks are turned off", async () => {
    const project = history({ dialect: "postgresql" }, [{ id: "a1", upgrade: wrong }]);
    const { script } = await compileRange(project, "head", { schemaChecks: false });
    expect(script).toContain("ALTER TABLE acount DROP COLUMN x");
  });

  it("of tables that a range in the middle of a history does not show", async () => {
    const project = history({ dialect: "postgresql" }, [
      { id: "a1", upgrade: start },
      { id: "b2", upgrade: wrong },
    ]);
    const { script } = await compileRange(project, "a1:b2");
    expect(script).toContain("ALTER TABLE acount DROP COLUMN x");
  });

  it("where ifExists, ifNotExists or a repeated drop of a key says that it may be so", async () => {
    const project = history({ dialect: "postgresql" }, [
      { id: "a1", upgrade: start },
      {
        id: "b2",
        upgrade(op) {
          op.dropTable("nothing", { ifExists: true });
          op.dropColumn("account", "nothing", { ifExists: true });
          op.dropIndex("nothing", { tableName: "account", ifExists: true });
          op.dropConstraint("nothing", "account", { ifExists: true });
          op.addColumn("account", column("name", t.string()), { ifNotExists: true });
          op.createIndex("ix_account_name", "account", ["name"], { ifNotExists: true });
          op.createTable("account", [column("id", t.integer()), primaryKey("id")], { ifNotExists: true });
        },
      },
    ]);
    expect((await compileRange(project, "head")).steps).toHaveLength(2);
  });

  it("of what a type family says nothing about", async () => {
    const project = history({ dialect: "postgresql" }, [
      {
        id: "a1",
        upgrade(op) {
          op.createTable("network", [column("address", t.raw("inet"), { primaryKey: true })]);
          op.createTable("host", [column("address", t.string(), { references: references("network.address") })]);
        },
      },
    ]);
    expect((await compileRange(project, "head")).steps).toHaveLength(1);
  });
});
