import { describe, expect, it } from "vitest";
import { differenceText } from "../../src/catalog/compare.js";
import { check, column, index, references, sql, t, unique } from "../../src/index.js";
import { proveRange, type Operations } from "../../src/index.js";
import { isRefuted, type RevisionProof } from "../../src/prove/proof.js";

import { proofJson, proofText } from "../../src/prove/report.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { history, type RevisionInMemory } from "../support/history.js";

type Body = (op: Operations) => void;

const start: RevisionInMemory = {
  id: "a1",
  upgrade(op) {
    op.createTable("person", [column("id", t.integer(), { primaryKey: true })]);
    op.createTable("account", [
      column("id", t.integer(), { primaryKey: true }),
      column("name", t.string(20), { nullable: false, serverDefault: "nobody", comment: "who" }),
      column("price", t.numeric(10, 2)),
      column("owner", t.integer(), { references: references("person.id") }),
      unique(["name", "owner"], { name: "uq_name" }),
      index("ix_price", ["price"]),
    ]);
  },
  downgrade(op) {
    op.dropTable("account");
    op.dropTable("person");
  },
};

/** What is proven of a revision that stands on a history with two tables. */
async function proofOf(
  upgrade: Body,
  downgrade?: Body,
  dialect: DialectName = "postgresql",
  before: Body = () => undefined,
): Promise<RevisionProof> {
  const last: RevisionInMemory = { id: "b2", upgrade, ...(downgrade && { downgrade }) };
  const first: RevisionInMemory = {
    ...start,
    upgrade(op) {
      start.upgrade?.(op);
      before(op);
    },
  };
  const { revisions } = await proveRange(history({ dialect }, [first, last]), "a1:b2");
  const [proof, ...others] = revisions;
  expect(others).toEqual([]);
  if (proof === undefined) throw new Error("nothing was proven");
  return proof;
}

const differencesOf = ({ differences }: RevisionProof): readonly string[] => differences.map(differenceText);
const lossesOf = ({ losses }: RevisionProof): readonly string[] =>
  losses.map(({ direction, what }) => `${direction}: ${what}`);

it.each([true, false])(
  "a table is the same however Alembic looks for it: ignoreSearchPath %s",
  async (ignoreSearchPath) => {
    const proof = await proofOf(
      (op) => op.dropTable("person_2"),
      (op) => void op.createTable("person_2", [column("id", t.integer())], { postgresql: { ignoreSearchPath } }),
      "postgresql",
      (op) => void op.createTable("person_2", [column("id", t.integer())]),
    );
    expect(differencesOf(proof)).toEqual([]);
  },
);

it.each([
  [false, []],
  [true, ["constraint ck of account: options notValid true instead of none"]],
])("an option is none where it says what is so without it: notValid %s", async (notValid, differences) => {
  const proof = await proofOf(
    (op) => op.dropConstraint("ck", "account"),
    (op) => op.createCheckConstraint("ck", "account", "price > 0", { postgresql: { notValid } }),
    "postgresql",
    (op) => op.createCheckConstraint("ck", "account", "price > 0"),
  );
  expect(differencesOf(proof)).toEqual(differences);
});

describe("an object that comes back as another one is told of:", () => {
  const trigger =
    (timing: "before" | "after"): Body =>
    (op) =>
      op.createTrigger("keep", "account", "EXECUTE FUNCTION f()", { timing, events: ["update"] });
  const domain =
    (precision: number): Body =>
    (op) =>
      op.createDomain("amount", t.numeric(precision, 2), { nullable: false, check: check("VALUE > 0") });

  it.each<[string, Body, Body, Body]>([
    [
      "sequence number: counting none instead of increment 5",
      (op) => op.createSequence("number", { increment: 5 }),
      (op) => op.dropSequence("number"),
      (op) => op.createSequence("number"),
    ],
    [
      "domain amount: type NUMERIC(12, 2) instead of NUMERIC(10, 2)",
      domain(10),
      (op) => op.dropDomain("amount"),
      domain(12),
    ],
    [
      "trigger keep of account: timing after instead of before",
      trigger("before"),
      (op) => op.dropTrigger("keep", "account"),
      trigger("after"),
    ],
    [
      "view names: check option none instead of local",
      (op) => op.createView("names", "SELECT name FROM account", { checkOption: "local" }),
      (op) => op.dropView("names"),
      (op) => op.createView("names", "SELECT name FROM account"),
    ],
    [
      "function f: returns integer instead of bigint",
      (op) => op.createFunction("f", "SELECT 1", { returns: "bigint", language: "sql" }),
      (op) => op.dropFunction("f"),
      (op) => op.createFunction("f", "SELECT 1", { returns: "integer", language: "SQL" }),
    ],
  ])("%s", async (text, make, drop, makeAnother) => {
    expect(differencesOf(await proofOf(drop, makeAnother, "postgresql", make))).toEqual([text]);
    expect(differencesOf(await proofOf(drop, make, "postgresql", make))).toEqual([]);
  });
});

describe("a reversible revision", () => {
  it.each<[string, Body, Body]>([
    [
      "constraints, indexes and comments",
      (op) => {
        op.dropConstraint("uq_name", "account");
        op.createIndex("ix_name", "account", [sql`lower(name)`]);
        op.createTableComment("account", "all of them");
        op.createCheckConstraint("ck", "account", "price > 0");
      },
      (op) => {
        op.dropConstraint("ck", "account");
        op.dropTableComment("account");
        op.dropIndex("ix_name", { tableName: "account" });
        op.createUniqueConstraint("uq_name", "account", ["name", "owner"]);
      },
    ],
    [
      "new names",
      (op) => {
        op.renameTable("account", "bill");
        op.alterColumn("bill", "name", { newColumnName: "title" });
      },
      (op) => {
        op.alterColumn("bill", "title", { newColumnName: "name" });
        op.renameTable("bill", "account");
      },
    ],
    [
      "defaults and comments of columns, however they are spelled",
      (op) => op.alterColumn("account", "name", { serverDefault: null, comment: null }),
      (op) => op.alterColumn("account", "name", { serverDefault: sql` 'nobody' `, comment: "who" }),
    ],
    [
      "a table that the upgrade makes and drops itself",
      (op) => {
        op.createTable("scratch", [column("x", t.integer())]);
        op.addColumn("scratch", column("y", t.integer()));
        op.dropColumn("scratch", "y");
        op.dropTable("scratch");
        op.createIndex("ix_name", "account", ["name"]);
      },
      (op) => op.dropIndex("ix_name"),
    ],
    ["nothing at all", () => undefined, () => undefined],
  ])("has %s", async (_title, upgrade, downgrade) => {
    const proof = await proofOf(upgrade, downgrade);
    expect({ verdict: proof.verdict, differences: differencesOf(proof), losses: proof.losses }).toEqual({
      verdict: "reversible",
      differences: [],
      losses: [],
    });
  });

  it("may give a constraint the name that the server had given it", async () => {
    const proof = await proofOf(
      (op) => op.dropConstraint("account_owner_fkey", "account"),
      (op) => op.createForeignKey("account_owner_fkey", "account", "person", ["owner"], ["id"]),
    );
    expect([proof.verdict, differencesOf(proof)]).toEqual(["reversible", []]);
  });
});

describe("a reversible revision that loses data", () => {
  it("names the tables and columns that the downgrade drops", async () => {
    const proof = await proofOf(
      (op) => {
        op.createTable("card", [column("id", t.integer(), { primaryKey: true })]);
        op.addColumn("account", column("note", t.text()));
        op.alterColumn("account", "note", { newColumnName: "remark" });
      },
      (op) => {
        op.dropColumn("account", "remark");
        op.dropTable("card");
      },
    );
    expect(proof.verdict).toBe("lossy");
    expect(lossesOf(proof)).toEqual(["downgrade: the values of account.remark", "downgrade: all rows of card"]);
    expect(proof.losses[0]?.origin).toMatchObject({ line: expect.any(Number) as number });
  });

  it("names the columns that come back empty, and says that they may stand elsewhere", async () => {
    const proof = await proofOf(
      (op) => op.dropColumn("account", "price"),
      (op) => {
        op.addColumn("account", column("price", t.numeric(10, 2)));
        op.createIndex("ix_price", "account", ["price"]);
      },
    );
    expect(proof.verdict).toBe("lossy");
    expect(lossesOf(proof)).toEqual(["upgrade: the values of account.price"]);
    expect(proof.movedColumns).toEqual(["account.price"]);
    expect(differencesOf(proof)).toEqual([]);
  });

  it("names the values that a narrower type does not hold", async () => {
    const proof = await proofOf(
      (op) => {
        op.alterColumn("account", "name", { type: t.string(40) });
        op.alterColumn("account", "price", { type: t.numeric(8, 2) });
      },
      (op) => {
        op.alterColumn("account", "price", { type: t.numeric(10, 2) });
        op.alterColumn("account", "name", { type: t.string(20) });
      },
    );
    expect(lossesOf(proof)).toEqual([
      "upgrade: values of more than 6 digits before the point, of account.price",
      "downgrade: values longer than 20 characters, of account.name",
    ]);
  });

  it("names the counter of a sequence that begins anew", async () => {
    const proof = await proofOf(
      (op) => {
        op.createSequence("invoice_number");
        op.dropSequence("invoice_number");
        op.createSequence("card_number");
      },
      (op) => op.dropSequence("card_number"),
    );
    expect([proof.verdict, lossesOf(proof)]).toEqual(["lossy", ["downgrade: the counter of card_number"]]);
  });

  it("names what raw SQL drops, too: a counter, and tables under the names that they have by then", async () => {
    const proof = await proofOf(
      (op) => {
        op.execute("CREATE SEQUENCE card_number; CREATE TABLE card (id integer); ALTER TABLE card RENAME TO ticket");
        op.execute("ALTER TABLE account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY");
      },
      (op) => {
        op.execute("ALTER TABLE account ALTER COLUMN id DROP IDENTITY");
        op.execute("DROP SEQUENCE card_number; DROP TABLE ticket");
      },
    );
    expect(lossesOf(proof)).toEqual([
      "downgrade: the counter of account.id",
      "downgrade: the counter of card_number",
      "downgrade: all rows of ticket",
    ]);
  });

  it("loses nothing that raw SQL makes and drops in one body", async () => {
    const proof = await proofOf(
      (op) => {
        op.execute("CREATE SEQUENCE scratch_number; ALTER SEQUENCE scratch_number RENAME TO scratch");
        op.execute("DROP SEQUENCE scratch");
      },
      () => undefined,
    );
    expect(proof.losses).toEqual([]);
  });

  it("loses nothing by a computed column", async () => {
    const proof = await proofOf(
      (op) =>
        op.addColumn(
          "account",
          column("twice", t.numeric(), { computed: { kind: "computed", expression: sql`price * 2`, persisted: true } }),
        ),
      (op) => op.dropColumn("account", "twice"),
    );
    expect([proof.verdict, proof.losses]).toEqual(["reversible", []]);
  });
});

describe("a partition that is attached and detached", () => {
  it("keeps its rows, says where they go, and fails at those outside the bounds", async () => {
    const parted: RevisionInMemory = {
      id: "a1",
      upgrade(op) {
        op.createTable("visit", [column("day", t.date())], { postgresql: { partitionBy: "RANGE (day)" } });
        op.createPartition("visit_2025", "visit", { from: "2025-01-01", to: "2026-01-01" });
      },
    };
    const last: RevisionInMemory = {
      id: "b2",
      upgrade: (op) => op.detachPartition("visit_2025", "visit"),
      downgrade: (op) => op.attachPartition("visit_2025", "visit", { from: "2025-01-01", to: "2026-01-01" }),
    };
    const { revisions } = await proveRange(history({ dialect: "postgresql" }, [parted, last]), "a1:b2");
    const [proof] = revisions;
    expect(proof?.losses).toEqual([]);
    expect(proof?.dataStatements.map(({ direction, text }) => `${direction} ${text}`)).toEqual([
      "upgrade takes the rows of visit_2025 out of visit",
      "downgrade puts the rows of visit_2025 into visit",
    ]);
    expect(proof?.hazards.map(({ text }) => text)).toEqual([
      "fails when a row of visit_2025 is outside its bounds",
      "fails when a default partition of visit has rows that belong to visit_2025",
    ]);
  });
});

describe("a revision that is not reversible", () => {
  it.each<[string, Body | undefined, string]>([
    ["no downgrade", undefined, "there is no downgrade"],
    ["an empty downgrade", () => undefined, "the downgrade does nothing"],
    [
      "a downgrade that throws",
      () => {
        throw new Error("not going back");
      },
      "the downgrade cannot be compiled: downgrade of revision b2 failed: Error: not going back",
    ],
  ])("has %s", async (_title, downgrade, reason) => {
    const proof = await proofOf((op) => op.dropColumn("account", "price"), downgrade);
    expect([proof.verdict, proof.reasons.map(({ text }) => text)]).toEqual(["irreversible", [reason]]);
    expect(lossesOf(proof)).toEqual(["upgrade: the values of account.price"]);
    expect(isRefuted({ revisions: [proof] })).toBe(false);
    expect(isRefuted({ revisions: [proof] }, { strict: true })).toBe(true);
  });

  it.each<[string, Body, string]>([
    [
      "does not fit the schema",
      (op) => op.dropColumn("account", "zzz"),
      'the downgrade cannot be compiled: op.dropColumn: the table "account" has no column "zzz".',
    ],
    [
      "has a mistake of the language",
      () => void (undefined as unknown as { readonly length: number }).length,
      "the downgrade cannot be compiled: downgrade of revision b2 failed: TypeError: Cannot read properties of undefined (reading 'length')",
    ],
  ])("is refuted when a written downgrade %s", async (_title, downgrade, reason) => {
    const proof = await proofOf((op) => op.dropColumn("account", "price"), downgrade);
    expect([proof.verdict, proof.reasons.map(({ text }) => text)]).toEqual(["downgradeFailed", [reason]]);
    expect(isRefuted({ revisions: [proof] })).toBe(true);
  });

  it("is also one that changes rows alone", async () => {
    const proof = await proofOf((op) => op.execute("UPDATE account SET name = upper(name)"));
    expect(proof.verdict).toBe("irreversible");
    expect(proof.dataStatements).toMatchObject([
      { direction: "upgrade", text: "changes rows by SQL: UPDATE account SET name = upper(name)" },
    ]);
  });
});

describe("a downgrade that is not the inverse", () => {
  it.each<[string, Body, Body, readonly string[]]>([
    [
      "a table",
      (op) => op.dropTable("account"),
      (op) => void op.createTable("acount", [column("id", t.integer())]),
      ["table account is missing", "table acount is left over"],
    ],
    [
      "a column",
      (op) => op.addColumn("account", column("note", t.text())),
      (op) => op.dropColumn("account", "name"),
      [
        "column account.name is missing",
        "constraint uq_name of account is missing",
        "column account.note is left over",
      ],
    ],
    [
      "types, NULL, defaults and comments",
      (op) => op.alterColumn("account", "name", { type: t.text(), nullable: true, serverDefault: null, comment: null }),
      (op) => op.alterColumn("account", "name", { type: t.string(30), serverDefault: "x" }),
      [
        "column account.name: type VARCHAR(30) instead of VARCHAR(20)",
        "column account.name: NULL allowed instead of not allowed",
        "column account.name: default 'x' instead of 'nobody'",
        "column account.name: comment none instead of who",
      ],
    ],
    [
      "constraints",
      (op) => {
        op.dropConstraint("uq_name", "account");
        op.dropConstraint("account_owner_fkey", "account");
      },
      (op) => {
        op.createUniqueConstraint("uq_name", "account", ["name"]);
        op.createForeignKey("fk", "account", "person", ["owner"], ["id"], { onDelete: "CASCADE" });
      },
      [
        "constraint account_owner_fkey of account is missing",
        "constraint fk of account is left over",
        "constraint uq_name of account: columns name instead of name, owner",
      ],
    ],
    [
      "indexes",
      (op) => op.dropIndex("ix_price"),
      (op) => op.createIndex("ix_price", "account", ["price"], { unique: true, postgresql: { where: "price > 0" } }),
      [
        "index ix_price of account: unique yes instead of no",
        'index ix_price of account: options where "price > 0" instead of none',
      ],
    ],
    [
      "the order of the columns of a table that is made anew",
      (op) => op.dropTable("account"),
      (op) =>
        void op.createTable("account", [
          column("name", t.string(20), { nullable: false, serverDefault: "nobody", comment: "who" }),
          column("id", t.integer(), { primaryKey: true }),
          column("price", t.numeric(10, 2)),
          column("owner", t.integer(), { references: references("person.id") }),
          unique(["name", "owner"], { name: "uq_name" }),
          index("ix_price", ["price"]),
        ]),
      ["table account: columns in the order name, id, price, owner instead of id, name, price, owner"],
    ],
    [
      "enum types",
      (op) => op.createEnumType("mood", ["sad"]),
      (op) => op.createTableComment("account", "x"),
      ["enum mood is left over", "table account: comment x instead of none"],
    ],
    [
      "views",
      (op) => op.createView("names", "SELECT name FROM account"),
      (op) => op.createTableComment("account", "x"),
      ["view names is left over", "table account: comment x instead of none"],
    ],
  ])("differs in %s", async (_title, upgrade, downgrade, differences) => {
    const proof = await proofOf(upgrade, downgrade);
    expect(differencesOf(proof)).toEqual(differences);
    expect(proof.verdict).toBe("notInverse");
    expect(isRefuted({ revisions: [proof] })).toBe(true);
  });
});

describe("what SQL does", () => {
  it("is proven as far as the replay understands it", async () => {
    const proof = await proofOf(
      (op) => op.execute("ALTER TABLE account ADD COLUMN note text DEFAULT 'x'"),
      (op) => op.execute("ALTER TABLE account DROP COLUMN note"),
    );
    expect([proof.verdict, lossesOf(proof)]).toEqual(["lossy", ["downgrade: the values of account.note"]]);
    const wrong = await proofOf(
      (op) => op.execute("ALTER TABLE account ADD COLUMN note text"),
      (op) => op.execute("ALTER TABLE account ALTER COLUMN note SET NOT NULL"),
    );
    expect([wrong.verdict, differencesOf(wrong)]).toEqual(["notInverse", ["column account.note is left over"]]);
  });

  it("cannot be proven where the replay does not understand it, and nothing is claimed of what it names", async () => {
    const body: Body = (op) => op.execute("DO $$ BEGIN EXECUTE 'ALTER TABLE account ADD x int'; END $$");
    const proof = await proofOf(body, (op) => op.createTableComment("account", "x"));
    expect([proof.verdict, proof.differences]).toEqual(["unproven", []]);
    expect(proof.reasons[0]).toMatchObject({
      text: expect.stringMatching(/^cannot be proven: the replay does not understand the SQL: DO \$\$ BEGIN/) as string,
      origin: { line: expect.any(Number) as number },
    });
    const revisions: RevisionInMemory[] = [
      start,
      { id: "b2", upgrade: body },
      {
        id: "c3",
        upgrade: (op) => op.createIndex("ix", "account", ["name"]),
        downgrade: (op) => op.dropIndex("ix", { tableName: "account" }),
      },
    ];
    const later = await proveRange(history({ dialect: "postgresql" }, revisions), "b2:c3");
    expect(later.revisions[0]?.verdict).toBe("unproven");
    expect(later.revisions[0]?.reasons[0]?.text).toMatch(/is known since: DO \$\$ BEGIN/);
  });

  it("is mentioned where it changes rows, since no schema tells whether it is undone", async () => {
    const proof = await proofOf(
      (op) => {
        op.createIndex("ix", "account", ["name"]);
        op.bulkInsert("account", [{ name: "ann" }]);
        op.execute("-- tidy up\nDELETE FROM account WHERE price IS NULL");
      },
      (op) => {
        op.dropIndex("ix");
        op.execute("WITH x AS (SELECT 1) UPDATE account SET name = 'x'");
      },
    );
    expect(proof.verdict).toBe("reversible");
    expect(proof.dataStatements.map(({ direction, text }) => `${direction} ${text}`)).toEqual([
      "upgrade inserts 1 rows into account",
      "upgrade changes rows by SQL: DELETE FROM account WHERE price IS NULL",
      "downgrade changes rows by SQL: WITH x AS (SELECT 1) UPDATE account SET name = 'x'",
    ]);
  });
});

it("tells at which rows a downgrade fails", async () => {
  const proof = await proofOf(
    (op) => {
      op.alterColumn("account", "name", { nullable: true });
      op.dropConstraint("uq_name", "account");
      op.dropConstraint("account_owner_fkey", "account");
      op.dropColumn("account", "price");
    },
    (op) => {
      op.addColumn("account", column("price", t.numeric(10, 2), { nullable: false }));
      op.createForeignKey("account_owner_fkey", "account", "person", ["owner"], ["id"]);
      op.createUniqueConstraint("uq_name", "account", ["name", "owner"]);
      op.createCheckConstraint("ck", "account", "price > 0");
      op.alterColumn("account", "name", { nullable: false });
    },
  );
  expect(proof.hazards.map(({ text }) => text)).toEqual([
    "fails when account has rows: the new column price is NOT NULL and has no default",
    "fails when in account a row refers to nothing in person",
    "fails when in account two rows are equal in name, owner",
    "fails when in account a row does not fulfil price > 0",
    "fails when account.name is NULL in a row",
  ]);
});

describe("a range", () => {
  const good: RevisionInMemory = {
    id: "c3",
    upgrade: (op) => op.createIndex("ix", "account", ["name"]),
    downgrade: (op) => op.dropIndex("ix"),
  };

  it("is all of the history when it is not named, from the oldest revision on", async () => {
    const { revisions } = await proveRange(history({ dialect: "postgresql" }, [start, good]));
    expect(revisions.map(({ revision, verdict }) => `${revision} ${verdict}`)).toEqual(["a1 lossy", "c3 reversible"]);
  });

  it("goes on behind a revision that fails, of which nothing is known", async () => {
    const failing: RevisionInMemory = { id: "b2", upgrade: (op) => op.getBind() };
    const proof = await proveRange(history({ dialect: "postgresql" }, [start, failing, good]));
    expect(proof.revisions.map(({ verdict }) => verdict)).toEqual(["lossy", "failed", "unproven"]);
    expect(proof.revisions[1]?.error?.code).toBe("no-connection");
    expect(proof.revisions[2]?.reasons[0]?.text).toBe(
      "cannot be proven: nothing is known since: the upgrade of revision b2, which cannot be compiled",
    );
    expect(isRefuted(proof)).toBe(true);
  });

  it("follows branches and merges", async () => {
    const branches: RevisionInMemory[] = [
      start,
      { id: "l1", down: "a1", upgrade: (op) => op.createEnumType("l", ["x"]), downgrade: (op) => op.dropEnumType("l") },
      { id: "r1", down: "a1", upgrade: (op) => op.createEnumType("r", ["x"]), downgrade: (op) => op.dropEnumType("r") },
      { id: "m1", down: ["l1", "r1"] },
    ];
    const { revisions } = await proveRange(history({ dialect: "postgresql" }, branches));
    expect(revisions.map(({ revision, verdict }) => `${revision} ${verdict}`).sort()).toEqual([
      "a1 lossy",
      "l1 reversible",
      "m1 reversible",
      "r1 reversible",
    ]);
  });
});

it("knows types that the dialect writes alike, and those that it gives several names", async () => {
  const upgrade: Body = (op) => op.alterColumn("account", "name", { type: t.text() });
  const downgrade: Body = (op) => op.alterColumn("account", "name", { type: t.VARCHAR(20) });
  expect(differencesOf(await proofOf(upgrade, downgrade))).toEqual([]);
  const boolean: Body = (op) => op.alterColumn("account", "price", { type: t.bigInteger() });
  const back: Body = (op) => op.alterColumn("account", "price", { type: t.DECIMAL(10, 2) });
  const other: Body = (op) => op.alterColumn("account", "price", { type: t.DECIMAL(11, 2) });
  expect(differencesOf(await proofOf(boolean, back))).toEqual([]);
  expect(differencesOf(await proofOf(boolean, back, "mysql"))).toEqual([]);
  expect(differencesOf(await proofOf(boolean, other, "mysql"))).toEqual([
    "column account.price: type DECIMAL(11, 2) instead of DECIMAL(10, 2)",
  ]);
});

describe("the report", () => {
  const revisions: RevisionInMemory[] = [
    start,
    {
      id: "b2",
      upgrade: (op) => op.addColumn("account", column("note", t.text())),
      downgrade: (op) => op.createTableComment("account", "x"),
    },
  ];

  it("has a line for each revision, what was found below, and a summary", async () => {
    const text = proofText(await proveRange(history({ dialect: "postgresql" }, revisions)));
    expect(text.replace(/ \(.*:\d+\)$/gm, "")).toBe(
      [
        "a1  reversible with data loss     revision a1",
        "    the downgrade loses all rows of account",
        "    the downgrade loses all rows of person",
        "b2  downgrade is not the inverse  revision b2",
        "    after the downgrade, column account.note is left over",
        "    after the downgrade, table account: comment x instead of none",
        "",
        "2 revisions: 1 reversible with data loss, 1 downgrade is not the inverse",
        "",
      ].join("\n"),
    );
  });

  it("is plain data for programs", async () => {
    const json = proofJson(await proveRange(history({ dialect: "postgresql" }, revisions), "a1:b2"));
    const [proof] = (JSON.parse(JSON.stringify(json)) as { revisions: Record<string, unknown>[] }).revisions;
    expect(proof).toMatchObject({
      revision: "b2",
      verdict: "notInverse",
      differences: [
        {
          difference: "extra",
          kind: "column",
          table: "account",
          name: "note",
          text: "column account.note is left over",
        },
        { difference: "changed", kind: "table", name: "account", attribute: "comment", found: "x" },
      ],
    });
  });
});
