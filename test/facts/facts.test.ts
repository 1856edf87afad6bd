import { describe, expect, it } from "vitest";
import { factsOf } from "../../src/facts/index.js";
import type { ObjectName, OperationFacts, Touch } from "../../src/facts/facts.js";
import { objectText } from "../../src/facts/object-names.js";
import { column, foreignKey, identity, index, sql, t } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import type { OperationKind } from "../../src/operations/index.js";
import { nameText } from "../../src/schema/names.js";
import { recorded, replayed } from "../catalog/replayed.js";

type Body = (op: Operations) => void;

const schema: Body = (op) => {
  op.createSchema("app");
  op.createExtension("citext");
  op.createEnumType("state", ["open", "closed"]);
  op.createDomain("mail", t.text());
  op.createSequence("invoice_number");
  op.createTable("person", [column("id", t.integer(), { primaryKey: true })]);
  op.createTable(
    "account",
    [
      column("id", t.integer(), { primaryKey: true }),
      column("number", t.integer(), { identity: identity() }),
      column("name", t.string(20), { nullable: false, serverDefault: "nobody" }),
      column("note", t.text()),
      column("owner", t.integer()),
      foreignKey(["owner"], ["person.id"], { name: "fk_owner" }),
      index("ix_name", ["name"]),
    ],
    { comment: "all of them" },
  );
  op.createTable("visit", [column("day", t.date())], { postgresql: { partitionBy: "RANGE (day)" } });
  op.createTable("visit_old", [column("day", t.date())]);
  op.createPartition("visit_2025", "visit", { from: "2025-01-01", to: "2026-01-01" });
  op.createView("names", "SELECT name FROM account");
  op.createView("counts", "SELECT count(*) FROM account", { materialized: true });
  op.createFunction("one", "SELECT 1", { returns: t.integer() });
  op.createProcedure("forget", "DELETE FROM visit");
  op.createTrigger("keep", "account", "EXECUTE FUNCTION kept()", { timing: "before", events: ["delete"] });
};

/** What is told of an operation, each fact as a line. */
interface Told {
  readonly touches: readonly string[];
  readonly losses?: readonly string[];
  readonly failures?: readonly string[];
  readonly breaks?: readonly string[];
  readonly rowChanges?: readonly string[];
}

function touchText(touch: Touch): string {
  const { how, kind, tableName } = touch;
  const owner = tableName === undefined || kind === "column" ? "" : ` of ${objectText(asTable(touch))}`;
  const name = touch.name === undefined ? "" : ` ${objectText(touch)}`;
  const to = touch.how === "renames" ? ` to ${nameText(touch.to)}` : "";
  return `${how} ${kind}${name}${owner}${to}`;
}

function asTable({ schema: own, tableName }: ObjectName): ObjectName {
  return { kind: "table", schema: own, name: tableName };
}

function told({ touches, losses, failures, breaks, rowChanges }: OperationFacts): Told {
  return {
    touches: touches.map(touchText),
    ...(losses.length > 0 && { losses: losses.map(({ takes, what }) => `${takes}: ${what}`) }),
    ...(failures.length > 0 && { failures: failures.map(({ cause, text }) => `${cause}: ${text}`) }),
    ...(breaks.length > 0 && { breaks: breaks.map(({ whom, text }) => `${whom}: ${text}`) }),
    ...(rowChanges.length > 0 && { rowChanges: rowChanges.map(({ text }) => text) }),
  };
}

async function toldOf(body: Body): Promise<readonly Told[]> {
  const before = await replayed(schema);
  const operations = await recorded(body);
  return operations.map((operation) => told(factsOf(operation, { before, variant: (type) => type })));
}

/** A call of each kind, with all that is known of it. */
const cases: { readonly [K in OperationKind]: readonly [body: Body, told: Told] } = {
  addColumn: [
    (op) => op.addColumn("account", column("level", t.integer(), { nullable: false })),
    {
      touches: ["makes column account.level"],
      failures: ["missingValue: fails when account has rows: the new column level is NOT NULL and has no default"],
      breaks: ["writers: an INSERT that does not name account.level fails"],
    },
  ],
  addConstraint: [
    (op) => op.createForeignKey("fk_person", "visit_old", "person", ["id"], ["id"], { onDelete: "CASCADE" }),
    {
      touches: ["makes constraint fk_person of visit_old", "refersTo table person", "reads table visit_old"],
      failures: ["orphan: fails when in visit_old a row refers to nothing in person"],
      breaks: ["writers: writing fails where in visit_old a row refers to nothing in person"],
    },
  ],
  addEnumValue: [
    (op) => op.addEnumValue("state", "lost"),
    {
      touches: ["changes enumType state"],
      breaks: ["readers: programs may read the value 'lost', which they do not know"],
    },
  ],
  alterColumn: [
    (op) => op.alterColumn("account", "note", { type: t.string(10), nullable: false }),
    {
      touches: ["changes column account.note"],
      losses: ["values: values longer than 10 characters, of account.note"],
      failures: [
        "null: fails when account.note is NULL in a row",
        "doesNotFit: may fail at values of account.note that the new type does not hold",
      ],
      breaks: ["both: programs meet another type in account.note", "writers: a NULL written to account.note fails"],
    },
  ],
  attachPartition: [
    (op) => op.attachPartition("visit_old", "visit", { from: "2024-01-01", to: "2025-01-01" }),
    {
      touches: ["makes partition visit_old of visit", "reads table visit_old", "changes table visit"],
      failures: [
        "outOfBounds: fails when a row of visit_old is outside its bounds",
        "outOfBounds: fails when a default partition of visit has rows that belong to visit_old",
      ],
      breaks: ["writers: a row outside its bounds, written to visit_old, fails"],
      rowChanges: ["puts the rows of visit_old into visit"],
    },
  ],
  autocommitBlock: [(op) => void op.autocommitBlock(() => op.dropIndex("ix_name")), { touches: [] }],
  batchAlterTable: [(op) => void op.batchAlterTable("account", (batch) => batch.dropColumn("note")), { touches: [] }],
  bulkInsert: [
    (op) => op.bulkInsert("person", [{ id: 1 }, { id: 2 }]),
    { touches: ["changesRows table person"], rowChanges: ["inserts 2 rows into person"] },
  ],
  createDomain: [(op) => op.createDomain("phone", t.text()), { touches: ["makes domain phone"] }],
  createEnumType: [(op) => op.createEnumType("level", ["low"]), { touches: ["makes enumType level"] }],
  createExtension: [(op) => op.createExtension("hstore"), { touches: ["makes extension hstore"] }],
  createFunction: [
    (op) => op.createFunction("one", "SELECT 1", { returns: t.integer(), replace: true }),
    { touches: ["changes function one"] },
  ],
  createIndex: [
    (op) => op.createIndex("ix_lower", "account", [sql`lower(name)`], { unique: true }),
    {
      touches: ["makes index ix_lower of account", "reads table account"],
      failures: ["duplicate: fails when in account two rows are equal in lower(name)"],
      breaks: ["writers: writing fails where in account two rows are equal in lower(name)"],
    },
  ],
  createPartition: [
    (op) => op.createPartition("visit_2026", "visit", { from: "2026-01-01", to: "2027-01-01" }),
    {
      touches: ["makes partition visit_2026 of visit", "makes table visit_2026", "changes table visit"],
      failures: ["outOfBounds: fails when a default partition of visit has rows that belong to visit_2026"],
    },
  ],
  createProcedure: [(op) => op.createProcedure("remember", "SELECT 1"), { touches: ["makes procedure remember"] }],
  createSchema: [(op) => op.createSchema("other"), { touches: ["makes schema other"] }],
  createSequence: [
    (op) => op.createSequence("account_number", { ownedBy: ["account", "id"] }),
    { touches: ["makes sequence account_number", "refersTo column account.id"] },
  ],
  createTable: [
    (op) => void op.createTable("card", [column("owner", t.integer()), foreignKey(["owner"], ["person.id"])]),
    { touches: ["makes table card", "refersTo table person"] },
  ],
  createTrigger: [
    (op) => op.createTrigger("count", "account", "EXECUTE FUNCTION counted()", { timing: "after", events: ["insert"] }),
    { touches: ["makes trigger count of account", "changes table account"] },
  ],
  createView: [(op) => op.replaceView("names", "SELECT 1 AS name"), { touches: ["changes view names"] }],
  detachPartition: [
    (op) => op.detachPartition("visit_2025", "visit"),
    {
      touches: ["drops partition visit_2025 of visit", "changes table visit_2025", "changes table visit"],
      breaks: ["both: programs that use visit miss the rows of visit_2025"],
      rowChanges: ["takes the rows of visit_2025 out of visit"],
    },
  ],
  dropColumn: [
    (op) => op.dropColumn("account", "note"),
    {
      touches: ["drops column account.note"],
      losses: ["values: the values of account.note"],
      breaks: ["both: programs that name account.note fail"],
    },
  ],
  dropConstraint: [
    (op) => op.dropConstraint("fk_owner", "account"),
    { touches: ["drops constraint fk_owner of account", "refersTo table person"] },
  ],
  dropDomain: [(op) => op.dropDomain("mail"), { touches: ["drops domain mail"] }],
  dropEnumType: [(op) => op.dropEnumType("state"), { touches: ["drops enumType state"] }],
  dropExtension: [
    (op) => op.dropExtension("citext"),
    {
      touches: ["drops extension citext"],
      breaks: ["both: programs that use types or functions of citext fail"],
    },
  ],
  dropFunction: [
    (op) => op.dropFunction("one"),
    { touches: ["drops function one"], breaks: ["both: programs that use one fail"] },
  ],
  dropIndex: [(op) => op.dropIndex("ix_name"), { touches: ["drops index ix_name of account"] }],
  dropPartition: [
    (op) => op.dropPartition("visit_2025", "visit"),
    {
      touches: ["drops partition visit_2025 of visit", "drops table visit_2025", "changes table visit"],
      losses: ["rows: all rows of visit_2025"],
      breaks: ["writers: a row for visit_2025 fails where no other partition takes it"],
    },
  ],
  dropProcedure: [
    (op) => op.dropProcedure("forget"),
    { touches: ["drops procedure forget"], breaks: ["both: programs that use forget fail"] },
  ],
  dropSchema: [
    (op) => op.dropSchema("app"),
    {
      touches: ["drops schema app"],
      losses: ["rows: everything in the schema app"],
      breaks: ["both: programs that use the schema app fail"],
    },
  ],
  dropSequence: [
    (op) => op.dropSequence("invoice_number"),
    {
      touches: ["drops sequence invoice_number"],
      losses: ["counter: the counter of invoice_number"],
      breaks: ["writers: programs that take numbers from invoice_number fail"],
    },
  ],
  dropTable: [
    (op) => op.dropTable("account"),
    {
      touches: ["drops table account", "refersTo table person"],
      losses: ["rows: all rows of account"],
      breaks: ["both: programs that name account fail"],
    },
  ],
  dropTrigger: [
    (op) => op.dropTrigger("keep", "account"),
    {
      touches: ["drops trigger keep of account", "changes table account"],
      breaks: ["writers: what keep did for rows that programs write is no longer done"],
    },
  ],
  dropView: [
    (op) => op.dropView("counts"),
    { touches: ["drops materializedView counts"], breaks: ["both: programs that use counts fail"] },
  ],
  execute: [
    (op) => op.execute("-- tidy\nDELETE FROM visit\nWHERE day < now()"),
    { touches: [], rowChanges: ["changes rows by SQL: DELETE FROM visit WHERE day < now()"] },
  ],
  grant: [(op) => op.grant("select", "account", "reader"), { touches: ["changes table account"] }],
  refreshMaterializedView: [
    (op) => op.refreshMaterializedView("counts", { withData: false }),
    {
      touches: ["changesRows materializedView counts"],
      breaks: ["readers: programs cannot read counts until it is filled again"],
    },
  ],
  renameConstraint: [
    (op) => op.renameConstraint("fk_owner", "fk_person", "account"),
    { touches: ["renames constraint fk_owner of account to fk_person"] },
  ],
  renameEnumValue: [
    (op) => op.renameEnumValue("state", "open", "new"),
    {
      touches: ["changes enumType state"],
      breaks: ["both: programs that name the value 'open' of state fail"],
    },
  ],
  renameIndex: [
    (op) => op.renameIndex("ix_name", "ix_account_name", { tableName: "account" }),
    { touches: ["renames index ix_name of account to ix_account_name"] },
  ],
  renameTable: [
    (op) => op.renameTable("account", "bill"),
    { touches: ["renames table account to bill"], breaks: ["both: programs that name account fail"] },
  ],
  revoke: [
    (op) => op.revoke("select", "account", "reader"),
    {
      touches: ["changes table account"],
      breaks: ["both: programs that run as reader lose SELECT on account"],
    },
  ],
  tableComment: [(op) => op.createTableComment("account", "some"), { touches: ["changes comment of account"] }],
  validateConstraint: [
    (op) => op.validateConstraint("fk_owner", "account"),
    {
      touches: ["changes constraint fk_owner of account", "reads table account", "refersTo table person"],
      failures: ["orphan: fails when in account a row refers to nothing in person"],
    },
  ],
};

describe("the facts of an operation", () => {
  it.each(Object.entries(cases))("are known of %s", async (kind, [body, expected]) => {
    const operations = await recorded(body);
    expect(operations.map((operation) => operation.kind)).toEqual([kind]);
    expect(await toldOf(body)).toEqual([expected]);
  });

  it.each<[string, Body, Told]>([
    [
      "a column that may be NULL fails at no row and breaks nobody",
      (op) => op.addColumn("account", column("level", t.integer())),
      { touches: ["makes column account.level"] },
    ],
    [
      "a unique column with the same default in all rows fails when there are several",
      (op) => op.addColumn("account", column("level", t.integer(), { serverDefault: 1, unique: true })),
      {
        touches: ["makes column account.level"],
        failures: [
          "duplicate: fails when account has several rows: the new column level is unique, and its default is the same in all",
        ],
      },
    ],
    [
      "a column that loses its identity loses the counter, and is required from then on",
      (op) => op.alterColumn("account", "number", { serverDefault: null }),
      {
        touches: ["changes column account.number"],
        losses: ["counter: the counter of account.number"],
        breaks: ["writers: an INSERT that does not name account.number fails"],
      },
    ],
    [
      "a wider type loses nothing and fails at no row",
      (op) => op.alterColumn("account", "name", { type: t.string(40) }),
      {
        touches: ["changes column account.name"],
        breaks: ["both: programs meet another type in account.name"],
      },
    ],
    [
      "a constraint that is not validated fails at no row that is there",
      (op) => op.createCheckConstraint("ck", "account", "id > 0", { postgresql: { notValid: true } }),
      {
        touches: ["makes constraint ck of account"],
        breaks: ["writers: writing fails where in account a row does not fulfil id > 0"],
      },
    ],
    [
      "a table that is known not to be there loses no rows",
      (op) => op.dropTable("zzz", { ifExists: true }),
      { touches: [] },
    ],
    [
      "a sequence that is known not to be there loses no counter",
      (op) => op.dropSequence("zzz", { ifExists: true }),
      { touches: [] },
    ],
  ])("say that %s", async (_title, body, expected) => {
    expect(await toldOf(body)).toEqual([expected]);
  });
});
