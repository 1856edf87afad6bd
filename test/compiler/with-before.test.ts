import { describe, expect, it } from "vitest";
import { compileRange } from "../../src/project/compile-range.js";
import { check, column, index, references, sql, t } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import { history } from "../support/history.js";

const account = (op: Operations): void => {
  op.createTable("person", [column("id", t.integer(), { primaryKey: true })]);
  op.createTable("account", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(20), { nullable: false, serverDefault: "nobody", comment: "as it's\nprinted" }),
    column("state", t.enum(["open", "closed"], { name: "state" })),
    column("owner", t.integer(), { references: references("person.id", { name: "fk_owner" }) }),
    check(sql`name <> ''`, { name: "ck_name" }),
    index("ix_name", [sql`lower(name)`], { unique: true }),
  ]);
};

/** The comments of the last revision, whose upgrade is the given one, and whose history is compiled on demand. */
async function commentsOf(upgrade: (op: Operations) => void): Promise<readonly string[]> {
  const project = history({ dialect: "postgresql" }, [
    { id: "a1", upgrade: account },
    { id: "b2", upgrade },
  ]);
  const { script, steps } = await compileRange(project, "a1:b2", { withBefore: true });
  const without = await compileRange(project, "a1:b2");
  expect(steps[0]?.statements.map((statement) => statement.sql)).toEqual(
    without.steps[0]?.statements.map((statement) => statement.sql),
  );
  expect(without.script).not.toContain("-- was");
  return script.split("\n").filter((line, position, lines) => {
    if (!line.startsWith("-- was ")) return false;
    expect(lines[position + 1]).toMatch(/^-- was |^(?:ALTER|DROP|COMMENT)/);
    return true;
  });
}

describe("what was there, as comments directly before the statement", () => {
  it("tells type, NULL, default and comment of a dropped column", async () => {
    expect(await commentsOf((op) => op.dropColumn("account", "state"))).toEqual([
      "-- was column of account: state state",
    ]);
    const name = "-- was column of account: name VARCHAR(20) DEFAULT 'nobody' NOT NULL, comment E'as it''s\\nprinted'";
    expect(await commentsOf((op) => op.alterColumn("account", "name", { nullable: true }))).toEqual([name]);
  });

  it("tells the text of a dropped constraint, also of one that the server named", async () => {
    const dropped = (name: string) => commentsOf((op) => op.dropConstraint(name, "account"));
    expect(await dropped("ck_name")).toEqual(["-- was constraint of account: CONSTRAINT ck_name CHECK (name <> '')"]);
    expect(await dropped("account_pkey")).toEqual([
      "-- was constraint of account: CONSTRAINT account_pkey PRIMARY KEY (id)",
    ]);
    expect(await dropped("fk_owner")).toEqual([
      "-- was constraint of account: CONSTRAINT fk_owner FOREIGN KEY(owner) REFERENCES person (id)",
    ]);
  });

  it("tells the text of a dropped index, whose table the history knows", async () => {
    expect(await commentsOf((op) => op.dropIndex("ix_name"))).toEqual([
      "-- was index: CREATE UNIQUE INDEX ix_name ON account (lower(name))",
    ]);
  });

  it("tells all of a dropped table", async () => {
    const lines = await commentsOf((op) => op.dropTable("account"));
    expect(lines).toEqual([
      "-- was table account:",
      "-- was   id SERIAL NOT NULL",
      "-- was   name VARCHAR(20) DEFAULT 'nobody' NOT NULL",
      "-- was   state state",
      "-- was   owner INTEGER",
      "-- was   CONSTRAINT account_pkey PRIMARY KEY (id)",
      "-- was   CONSTRAINT ck_name CHECK (name <> '')",
      "-- was   CONSTRAINT fk_owner FOREIGN KEY(owner) REFERENCES person (id)",
      "-- was   CREATE UNIQUE INDEX ix_name ON account (lower(name))",
    ]);
  });

  it("follows the operations of a batch", async () => {
    const lines = await commentsOf((op) =>
      op.batchAlterTable("account", (batch) => {
        batch.alterColumn("owner", { newColumnName: "person_id" });
        batch.dropColumn("person_id");
      }),
    );
    expect(lines).toEqual(["-- was column of account: owner INTEGER", "-- was column of account: person_id INTEGER"]);
  });

  it("says nothing of what is only added", async () => {
    expect(await commentsOf((op) => op.addColumn("account", column("note", t.text())))).toEqual([]);
  });
});
