import { describe, expect, it } from "vitest";
import { column, index, primaryKey, references, t, unique, type Operations } from "../../../src/index.js";
import { compileRange } from "../../../src/project/compile-range.js";
import { replayHistory } from "../../../src/project/replayed-schema.js";
import { constraintsOf } from "../../../src/schema/tables.js";
import { applyClean } from "../../engines/round-trip.js";
import { testOn } from "../../engines/test-on.js";
import { history } from "../../support/history.js";

const start = (op: Operations): void => {
  op.createTable("p", [column("id", t.integer()), primaryKey(["id"], { name: "pk_p" })]);
  op.createTable("c", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string()),
    column("version", t.string()),
    column("p", t.integer(), {
      nullable: false,
      references: references("p.id", { name: "fk_p", onDelete: "CASCADE" }),
    }),
    unique(["name", "version"], { name: "uq" }),
    index("ix", ["name", "version"]),
  ]);
};

function project(upgrade: (op: Operations) => void) {
  return history({ dialect: "sqlite" }, [
    { id: "a1", upgrade: start },
    { id: "b2", upgrade },
  ]);
}

const bodies: readonly (readonly [string, (op: Operations) => void])[] = [
  [
    "drops an index and a constraint behind their column",
    (op) =>
      op.batchAlterTable("c", (batch) => {
        batch.dropColumn("version");
        batch.dropIndex("ix");
        batch.dropConstraint("uq");
      }),
  ],
  [
    "makes an index and a constraint before their columns",
    (op) =>
      op.batchAlterTable("c", (batch) => {
        batch.createIndex("ix_2", ["kind", "label"]);
        batch.createUniqueConstraint("uq_2", ["kind"]);
        batch.addColumn(column("kind", t.string()));
        batch.alterColumn("name", { newColumnName: "label" });
      }),
  ],
  [
    "makes an index anew under the name of one that goes with its column",
    (op) =>
      op.batchAlterTable("c", (batch) => {
        batch.dropColumn("version");
        batch.dropIndex("ix");
        batch.createIndex("ix", ["name"]);
      }),
  ],
  [
    "drops a primary key that others refer to, and makes another",
    (op) =>
      op.batchAlterTable("p", (batch) => {
        batch.dropConstraint("pk_p");
        batch.createPrimaryKey("pk", ["id"]);
      }),
  ],
  [
    "gives a table another primary key",
    (op) => op.batchAlterTable("p", (batch) => batch.createPrimaryKey("pk", ["id"])),
  ],
  [
    "adds a foreign key that is there already",
    (op) =>
      op.batchAlterTable("c", (batch) => batch.createForeignKey("fk_p", "p", ["p"], ["id"], { onDelete: "CASCADE" })),
  ],
];

describe("a batch of SQLite, which makes its table anew as a whole,", () => {
  for (const [what, body] of bodies) {
    testOn("sqlite", what, async ({ database }) => {
      await applyClean(database, (await compileRange(project(body), "head")).script);
    });
  }

  it("has one primary key after another takes its place, and one of each constraint", async () => {
    const { catalog } = await replayHistory(
      project((op) => {
        op.batchAlterTable("p", (batch) => batch.createPrimaryKey("pk", ["id"]));
        op.batchAlterTable("c", (batch) => batch.createForeignKey("fk_p", "p", ["p"], ["id"], { onDelete: "CASCADE" }));
      }),
      "b2",
    );
    const names = ["p", "c"].map((name) => {
      const table = catalog.table(undefined, name);
      return table && constraintsOf(table).flatMap((constraint) => constraint.name ?? []);
    });
    expect(names).toEqual([["pk"], ["uq", "fk_p"]]);
  });

  it("refuses another constraint under the name of one that is there", async () => {
    const other = project((op) =>
      op.batchAlterTable("c", (batch) => batch.createForeignKey("fk_p", "p", ["id"], ["id"])),
    );
    await expect(compileRange(other, "head")).rejects.toMatchObject({ code: "constraint-exists" });
  });

  it("says of every new table and column whose comment is left out", async () => {
    const notices: string[] = [];
    const body = (op: Operations): void => {
      op.createTable("x", [column("a", t.integer(), { comment: "one" }), column("b", t.integer())], { comment: "all" });
      op.addColumn("x", column("c", t.integer(), { comment: "more" }));
      op.batchAlterTable("x", (batch) => batch.addColumn(column("d", t.integer(), { comment: "still more" })));
    };
    await compileRange(project(body), "head", { notice: (text) => notices.push(text) });
    expect(notices).toEqual([
      'SQLite keeps no comments: those of "x", "a" are left out.',
      'SQLite keeps no comments: that of "c" is left out.',
      'SQLite keeps no comments: that of "d" is left out.',
    ]);
  });

  it("says nothing on the side", async () => {
    const notices: string[] = [];
    for (const [, body] of bodies) await compileRange(project(body), "head", { notice: (text) => notices.push(text) });
    expect(notices).toEqual([]);
  });
});
