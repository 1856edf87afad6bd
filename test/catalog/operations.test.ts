import { describe, expect, it } from "vitest";
import { findColumn } from "../../src/catalog/table-changes.js";
import { constraintsOf } from "../../src/schema/tables.js";
import type { Catalog } from "../../src/catalog/catalog.js";
import { column, computed, index, sql, t, unique } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import { applyOperation } from "../../src/operations/index.js";
import { nameText, type Name } from "../../src/schema/names.js";
import { textOfSql } from "../../src/schema/expressions.js";
import { autoincrementColumn, isNullableIn, type Table } from "../../src/schema/tables.js";
import { check, primaryKey, references } from "../../src/index.js";
import { recorded, replayed } from "./replayed.js";

function tableOf(catalog: Catalog, name: Name = "account", schema?: Name): Table {
  const table = catalog.table(schema, name);
  if (table === undefined) throw new Error(`no table ${nameText(name)}`);
  return table;
}

function columnNames(table: Table): readonly string[] {
  return table.columns.map(({ name }) => nameText(name));
}

/** Constraints by name and kind, those without a name by the name that the server gives. */
function constraintNames(table: Table): readonly string[] {
  return constraintsOf(table).map(({ kind, name, impliedName }) => `${kind} ${name ? nameText(name) : impliedName}`);
}

function indexTexts(table: Table): readonly string[] {
  return table.indexes.map(({ name, columns }) => {
    const items = columns.map((item) =>
      typeof item === "object" && "parts" in item ? textOfSql(item) : nameText(item),
    );
    return `${name ? nameText(name) : ""} (${items.join(", ")})`;
  });
}

const account = (op: Operations): void => {
  op.createTable("person", [column("id", t.integer(), { primaryKey: true })]);
  op.createTable("account", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(20), { nullable: false, index: true }),
    column("price", t.integer(), { check: check("price > 0") }),
    column("double_price", t.integer(), { computed: computed("price * 2", { persisted: true }) }),
    column("owner", t.integer(), { references: references("person.id") }),
    unique(["name", "owner"], { name: "uq_name_owner" }),
    index("ix_price", [sql`price + 1`]),
  ]);
};

describe("createTable", () => {
  it("puts the table into the catalog with all that its columns say", async () => {
    const table = tableOf(await replayed(account));
    expect(columnNames(table)).toEqual(["id", "name", "price", "double_price", "owner"]);
    expect([...constraintNames(table)].sort()).toEqual([
      "check account_price_check",
      "foreignKey account_owner_fkey",
      "primaryKey account_pkey",
      "unique uq_name_owner",
    ]);
    expect(indexTexts(table)).toEqual(["ix_price (price + 1)", "ix_account_name (name)"]);
  });

  it("leaves a table alone that exists already, when it may", async () => {
    const catalog = await replayed((op) => {
      account(op);
      op.createTable("account", [column("other", t.integer())], { ifNotExists: true });
    });
    expect(columnNames(tableOf(catalog))).toContain("id");
  });
});

describe("dropTable", () => {
  it("takes the table out and remembers where that happened", async () => {
    const catalog = await replayed((op) => {
      account(op);
      op.dropTable("account");
    });
    expect(catalog.table(undefined, "account")).toBeUndefined();
    expect(catalog.dropped.get("account")?.origin).toMatchObject({ line: expect.any(Number) as number });
  });
});

describe("renameTable", () => {
  it("carries the new name into the foreign keys of other tables, and keeps the names that the server gave", async () => {
    const catalog = await replayed((op) => {
      account(op);
      op.renameTable("person", "human");
      op.renameTable("account", "bill");
    });
    const table = tableOf(catalog, "bill");
    expect(table.constraints.find(({ kind }) => kind === "foreignKey")).toMatchObject({ referredTable: "human" });
    expect(constraintNames(table)).toContain("primaryKey account_pkey");
    expect(catalog.table(undefined, "person")).toBeUndefined();
  });
});

describe("addColumn", () => {
  it("puts a column last, with the constraints and indexes that come with it", async () => {
    const table = tableOf(
      await replayed((op) => {
        account(op);
        op.addColumn("account", column("email", t.string(), { unique: true }));
        op.addColumn("account", column("payer", t.integer(), { references: references("person.id"), index: true }));
      }),
    );
    expect(columnNames(table).slice(-2)).toEqual(["email", "payer"]);
    expect(constraintNames(table)).toEqual(
      expect.arrayContaining(["unique account_email_key", "foreignKey account_payer_fkey"]),
    );
    expect(indexTexts(table)).toContain("ix_account_payer (payer)");
  });

  it("stands where a batch puts it", async () => {
    const table = tableOf(
      await replayed((op) => {
        account(op);
        op.batchAlterTable("account", (batch) => {
          batch.addColumn(column("first", t.integer()), { insertBefore: "id" });
          batch.addColumn(column("third", t.integer()), { insertAfter: "id" });
        });
      }),
    );
    expect(columnNames(table).slice(0, 4)).toEqual(["first", "id", "third", "name"]);
  });

  it("changes nothing where the column may exist, and does", async () => {
    const table = tableOf(
      await replayed((op) => {
        account(op);
        op.addColumn("account", column("name", t.text()), { ifNotExists: true });
      }),
    );
    expect(findColumn(table, "name")?.type).toMatchObject({ name: "string" });
  });
});

describe("dropColumn", () => {
  it("takes with it what cannot be without it: keys, checks and indexes that name it", async () => {
    const table = tableOf(
      await replayed((op) => {
        account(op);
        op.dropColumn("account", "double_price");
        op.dropColumn("account", "price");
        op.dropColumn("account", "owner");
      }),
    );
    expect(columnNames(table)).toEqual(["id", "name"]);
    expect(constraintNames(table)).toEqual(["primaryKey account_pkey"]);
    expect(indexTexts(table)).toEqual(["ix_account_name (name)"]);
  });
});

describe("alterColumn", () => {
  it("changes what is said, leaves alone what is not, and removes what is null", async () => {
    const column = findColumn(
      tableOf(
        await replayed((op) => {
          account(op);
          op.alterColumn("account", "name", { serverDefault: "nobody", comment: "who" });
          op.alterColumn("account", "name", { type: t.string(40) });
          op.alterColumn("account", "name", { nullable: true, serverDefault: null });
        }),
      ),
      "name",
    );
    expect(column).toMatchObject({ comment: "who", nullable: true, serverDefault: undefined });
    expect(column?.type).toMatchObject({ name: "string", parameters: { length: 40 } });
  });

  it("carries a new name into everything that names the column, also inside SQL", async () => {
    const catalog = await replayed((op) => {
      account(op);
      op.alterColumn("account", "price", { newColumnName: "cost" });
      op.alterColumn("account", "owner", { newColumnName: "person" });
      op.alterColumn("person", "id", { newColumnName: "number" });
    });
    const table = tableOf(catalog);
    const conditions = constraintsOf(table).map((constraint) =>
      constraint.kind === "check" ? textOfSql(constraint.condition) : "",
    );
    expect(conditions).toContain("cost > 0");
    expect(findColumn(table, "double_price")?.serverDefault).toMatchObject({
      expression: { parts: [{ part: "identifier", names: ["cost"] }, " * 2"] },
    });
    expect(indexTexts(table)).toContain("ix_price (cost + 1)");
    expect(table.constraints.find(({ kind }) => kind === "foreignKey")).toMatchObject({
      columns: ["person"],
      referredColumns: ["number"],
    });
  });
});

describe("addConstraint and dropConstraint", () => {
  it("add and remove by name, also by the one that the server gave", async () => {
    const added = await replayed((op) => {
      account(op);
      op.createCheckConstraint("ck_name", "account", "name <> ''");
      op.createUniqueConstraint(null, "account", ["price"]);
      op.dropConstraint("account_price_check", "account");
      op.dropConstraint("uq_name_owner", "account");
    });
    expect([...constraintNames(tableOf(added))].sort()).toEqual([
      "check ck_name",
      "foreignKey account_owner_fkey",
      "primaryKey account_pkey",
      "unique account_price_key",
    ]);
  });

  it("leave the columns of a dropped primary key NOT NULL, as servers do", async () => {
    const table = tableOf(
      await replayed((op) => {
        op.createTable("account", [column("a", t.integer()), column("b", t.integer()), primaryKey(["a", "b"])]);
        op.dropConstraint("account_pkey", "account", { type: "primary" });
      }),
    );
    expect(constraintNames(table)).toEqual([]);
    expect(table.columns.map((one) => isNullableIn(table, one))).toEqual([false, false]);
  });

  it("do not make a column count that gets its key later", async () => {
    const table = tableOf(
      await replayed((op) => {
        op.createTable("account", [column("id", t.integer(), { nullable: false })]);
        op.createPrimaryKey("pk", "account", ["id"]);
      }),
    );
    expect(autoincrementColumn(table)).toBeUndefined();
  });
});

describe("createIndex and dropIndex", () => {
  it("add an index once, and remove it by its name alone", async () => {
    const twice = await replayed((op) => {
      account(op);
      op.createIndex("ix_id", "account", ["id"]);
      op.createIndex("ix_id", "account", ["id"], { ifNotExists: true });
    });
    expect(indexTexts(tableOf(twice)).filter((text) => text.startsWith("ix_id"))).toHaveLength(1);
    const dropped = await replayed((op) => {
      account(op);
      op.dropIndex("ix_price");
      op.dropIndex("ix_account_name", { tableName: "account" });
    });
    expect(indexTexts(tableOf(dropped))).toEqual([]);
  });
});

describe("tableComment", () => {
  it("sets and removes the comment", async () => {
    const set = await replayed((op) => {
      account(op);
      op.createTableComment("account", "who pays");
    });
    expect(tableOf(set).comment).toBe("who pays");
    const removed = await replayed((op) => {
      account(op);
      op.createTableComment("account", "who pays");
      op.dropTableComment("account");
    });
    expect(tableOf(removed).comment).toBeUndefined();
  });
});

describe("operations that hold others, or change no schema", () => {
  it("apply what they hold, in order", async () => {
    const table = tableOf(
      await replayed((op) => {
        account(op);
        op.batchAlterTable("account", (batch) => {
          batch.dropColumn("double_price");
          batch.alterColumn("price", { newColumnName: "cost" });
        });
        op.autocommitBlock(() => op.createIndex("ix_cost", "account", ["cost"]));
      }),
    );
    expect(columnNames(table)).toEqual(["id", "name", "cost", "owner"]);
    expect(indexTexts(table)).toContain("ix_cost (cost)");
  });

  it("leave the catalog as it is", async () => {
    const list = await recorded((op) => {
      op.bulkInsert("account", [{ id: 1 }]);
      op.execute("UPDATE account SET name = 'x'");
    });
    const catalog = await replayed(account);
    for (const operation of list) {
      expect(applyOperation(catalog, operation)).toBe(catalog);
    }
  });
});

it("keeps track of which tables refer to which, whatever happens to either", async () => {
  const referring = (catalog: Catalog, name: Name): readonly string[] =>
    catalog.tablesReferringTo(undefined, name).map((table) => nameText(table.name));
  const catalog = await replayed((op) => {
    account(op);
    op.createTable("card", [
      column("person", t.integer(), { references: references("person.id", { name: "fk_person" }) }),
      column("card", t.integer(), { primaryKey: true, references: references("card.card") }),
    ]);
  });
  expect([referring(catalog, "person"), referring(catalog, "card")]).toEqual([["account", "card"], ["card"]]);
  const steps = await recorded((op) => {
    op.renameTable("person", "human");
    op.dropConstraint("fk_person", "card");
    op.renameTable("card", "ticket");
    op.dropColumn("account", "owner");
    op.dropTable("ticket");
  });
  const seen: unknown[] = [];
  let next = catalog;
  for (const operation of steps) {
    next = applyOperation(next, operation);
    seen.push(["person", "human", "card", "ticket"].map((name) => referring(next, name)));
  }
  expect(seen).toEqual([
    [[], ["account", "card"], ["card"], []],
    [[], ["account"], ["card"], []],
    [[], ["account"], [], ["ticket"]],
    [[], [], [], ["ticket"]],
    [[], [], [], []],
  ]);
});

it("never changes the catalog that it starts from", async () => {
  const catalog = await replayed(account);
  const before = JSON.stringify(catalog.tables.values());
  const list = await recorded((op) => {
    op.addColumn("account", column("x", t.integer()));
    op.renameTable("person", "human");
    op.alterColumn("account", "name", { newColumnName: "title" });
    op.dropTable("account");
  });
  let next = catalog;
  for (const operation of list) next = applyOperation(next, operation);
  expect(next.tables.keys()).toEqual(["human"]);
  expect(JSON.stringify(catalog.tables.values())).toBe(before);
});
