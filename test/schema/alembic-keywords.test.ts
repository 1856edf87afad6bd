import { describe, expect, it } from "vitest";
import { column, compileOperations, t, type Operations } from "../../src/index.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { saidOfKeyword } from "../../src/schema/alembic-keywords.js";

async function sqlOf(body: (op: Operations) => void, dialect: DialectName): Promise<readonly string[]> {
  const made = await compileOperations(
    (op) => {
      op.createTable("account", [column("id", t.integer(), { primaryKey: true }), column("name", t.string(20))], {});
      op.createIndex("ix_name", "account", ["name"]);
      body(op);
    },
    { dialect },
  );
  return made.slice(2).map(({ sql }) => sql);
}

/** The directives as JavaScript sees them. */
type Untyped = Readonly<Record<string, (...given: readonly unknown[]) => void>>;

function untyped(body: (op: Untyped) => void): (op: Operations) => void {
  return (op) => body(op as unknown as Untyped);
}

interface Drop {
  readonly does: string;
  readonly bare: (op: Operations) => void;
  readonly told: (op: Operations) => void;
}

const drops: readonly Drop[] = [
  {
    does: "a table, told what makes it",
    bare: (op) => op.dropTable("account"),
    told: (op) =>
      op.dropTable("account", {
        comment: "accounts",
        info: { a: 1 },
        prefixes: ["TEMPORARY"],
        postgresql: { tablespace: "fast", partitionBy: "RANGE (id)" },
        mysql: { engine: "InnoDB", anything: 1 },
        mariadb: { charset: "utf8mb4" },
        sqlite: { autoincrement: true, withRowid: false },
        oracle: { compress: true },
      }),
  },
  {
    does: "an index, told what makes it",
    bare: (op) => op.dropIndex("ix_name", { tableName: "account" }),
    told: (op) =>
      op.dropIndex("ix_name", {
        tableName: "account",
        unique: true,
        postgresql: { using: "btree", where: "id > 0" },
        mysql: { length: 3, prefix: "FULLTEXT" },
        sqlite: { where: "id > 0" },
        mssql: { clustered: false },
        oracle: { bitmap: true },
      }),
  },
  {
    does: "a column, told options of its table, index or constraint",
    bare: (op) => {
      op.dropIndex("ix_name", { tableName: "account" });
      op.dropColumn("account", "name");
    },
    told: (op) => {
      op.dropIndex("ix_name", { tableName: "account" });
      op.dropColumn("account", "name", {
        postgresql: { notValid: true, using: "x" },
        mysql: { engine: "InnoDB", length: 3 },
        mariadb: { charset: "utf8mb4" },
        sqlite: { onConflictUnique: "FAIL" },
        oracle: { compress: true },
      });
    },
  },
];

describe.each(drops)("dropping $does", ({ bare, told }) => {
  it.each(dialectNames)("gives the statements that it gives without on %s", async (dialect) => {
    expect(await sqlOf(told, dialect)).toEqual(await sqlOf(bare, dialect));
  });
});

it("quotes the name of a dropped index as it is told", async () => {
  const sql = await sqlOf((op) => op.dropIndex("ix_name", { tableName: "account", quote: true }), "postgresql");
  expect(sql).toEqual(['DROP INDEX "ix_name"']);
});

describe("a keyword that Alembic takes and that is no option here", () => {
  const refusals: readonly (readonly [string, (op: Untyped) => void, RegExp])[] = [
    [
      "info of an index",
      (op) => op.createIndex?.("i", "account", ["name"], { info: {} }),
      /no effect on the SQL: leave/,
    ],
    [
      "existingType of a drop",
      (op) => op.dropColumn?.("account", "name", { existingType: t.text() }),
      /no effect here/,
    ],
    ["existing_type of a drop", (op) => op.dropColumn?.("account", "name", { existing_type: 1 }), /no effect here/],
    ["autoload_with of a table", (op) => op.createTable?.("b", [], { autoload_with: 1 }), /from a connection/],
    ["reflectKwargs of a batch", (op) => op.batchAlterTable?.("account", { reflectKwargs: {} }, () => {}), /copyFrom/],
    ["quote_schema of a drop", (op) => op.dropTable?.("account", { quote_schema: true }), /quotedName\(schema/],
  ];
  it.each(refusals)("is refused, and the hint says what it did: %s", async (_which, body, hint) => {
    await expect(sqlOf(untyped(body), "postgresql")).rejects.toMatchObject({
      code: "unknown-option",
      hint: expect.stringMatching(hint) as string,
    });
  });

  it("is told in either spelling, and only where Alembic has it", () => {
    expect(saidOfKeyword("server_onupdate")).toBe(saidOfKeyword("serverOnupdate"));
    expect(saidOfKeyword("constructor")).toBeUndefined();
  });
});

it.each([
  [
    "op.dropColumn",
    (op: Untyped) => op.dropColumn?.("account", "name", { mssql: { dropDefalt: true } }),
    /"dropDefault"/,
  ],
  ["op.dropTable", (op: Untyped) => op.dropTable?.("account", { postgresql: { cascade: true } }), /Alembic/],
  ["op.dropColumn", (op: Untyped) => op.dropColumn?.("account", "name", { postgresql: { cascade: true } }), /Alembic/],
  [
    "op.dropConstraint",
    (op: Untyped) => op.dropConstraint?.("uq", "account", { postgresql: { cascade: true } }),
    /Alembic/,
  ],
] as const)("an option of a dialect that nothing has is refused by %s", async (_where, body, hint) => {
  await expect(sqlOf(untyped(body), "mssql")).rejects.toMatchObject({
    code: "unknown-option",
    hint: expect.stringMatching(hint) as string,
  });
});
