import { describe, expect } from "vitest";
import { check, column, compileRange, index, primaryKey, sql, t } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { roundTrip } from "../engines/round-trip.js";
import { testOn, type EngineTest } from "../engines/test-on.js";
import { history } from "../support/history.js";

type Body = (op: Operations) => void;

async function upAndDown(dialect: DialectName, targetVersion: string, upgrade: Body, downgrade: Body) {
  const project = history({ dialect, targetVersion }, [{ id: "a1", upgrade, downgrade }]);
  return {
    upgrade: (await compileRange(project, "head")).script,
    downgrade: (await compileRange(project, "a1:base", { direction: "downgrade" })).script,
    versionTable: "alembic_version",
  };
}

/** What a script makes is used, goes away with the downgrade, and comes back the same. */
async function lives(context: EngineTest, scripts: Awaited<ReturnType<typeof upAndDown>>, use: string, rows: unknown) {
  await roundTrip(context, scripts);
  expect(await context.database.query(use)).toEqual(rows);
}

describe("objects beside tables are made, used, and leave nothing behind", () => {
  testOn("postgresql", "schemas, sequences, domains and enum values", async (context) => {
    const scripts = await upAndDown(
      "postgresql",
      "15",
      (op) => {
        op.createSchema("app");
        op.createExtension("pgcrypto", { schema: "app", ifNotExists: true });
        op.createSequence("Number", { schema: "app", start: 1000, increment: 5, cache: 2, cycle: false });
        op.createDomain("percentage", t.numeric(5, 2), {
          schema: "app",
          nullable: false,
          serverDefault: 0,
          check: check("VALUE BETWEEN 0 AND 100", { name: "ck_percentage" }),
        });
        op.createEnumType("mood", ["sad", "ok"], { schema: "app" });
        op.addEnumValue("mood", "it's", { schema: "app", before: "ok" });
        op.renameEnumValue("mood", "sad", "blue", { schema: "app" });
        op.createTable("t", [column("n", t.bigInteger()), column("p", t.raw("app.percentage"))], { schema: "app" });
        op.execute(`INSERT INTO app.t (n) VALUES (nextval('app."Number"'))`);
      },
      (op) => {
        op.dropTable("t", { schema: "app" });
        op.dropEnumType("mood", { schema: "app" });
        op.dropDomain("percentage", { schema: "app" });
        op.dropSequence("Number", { schema: "app" });
        op.dropExtension("pgcrypto");
        op.dropSchema("app");
      },
    );
    const labels = "(SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum)";
    await lives(context, scripts, `SELECT n, p, ${labels} AS labels FROM app.t`, [
      { n: "1000", p: "0.00", labels: "blue,it's,ok" },
    ]);
  });

  testOn("postgresql", "views, functions, procedures and triggers", async (context) => {
    const scripts = await upAndDown(
      "postgresql",
      "15",
      (op) => {
        op.createTable("person", [column("id", t.integer(), { primaryKey: true }), column("age", t.integer())]);
        op.createTable("log", [column("id", t.integer())]);
        op.createView("adult", sql`SELECT id FROM person WHERE age >= ${18}`, { checkOption: "local" });
        op.replaceView("adult", "SELECT id FROM person WHERE age >= 21 -- not 18", { checkOption: true });
        op.createView("total", "SELECT count(*) AS n FROM adult", { materialized: true, withData: false });
        op.createIndex("ix_total", "total", ["n"], { unique: true });
        op.createFunction("doubled", "SELECT $1 * 2", { parameters: "integer", returns: t.integer() });
        op.createFunction("doubled", "BEGIN RETURN a || a; END", { parameters: "a text", returns: "text" });
        op.createProcedure("grow", "BEGIN UPDATE person SET age = doubled(age); /* $$ */ END;");
        op.createTrigger("log_person", "person", "BEGIN INSERT INTO log VALUES (NEW.id); RETURN NULL; END", {
          timing: "after",
          events: ["insert", "update"],
          updateOf: ["age"],
          when: "NEW.age > 1",
        });
        op.createTrigger("log_person", "person", "BEGIN INSERT INTO log VALUES (NEW.id + 100); RETURN NULL; END", {
          timing: "after",
          events: "insert",
          replace: true,
        });
        op.createTrigger("late", "person", "EXECUTE FUNCTION log_person()", {
          timing: "after",
          events: "delete",
          postgresql: { constraint: true, deferrable: true, initially: "deferred" },
        });
        op.execute("INSERT INTO person VALUES (1, 15), (2, 2)");
        op.execute("CALL grow()");
        op.grant(["select", "update"], "person", "public", { columns: ["age"] });
        op.grant("execute", "doubled", "public", { type: "function", parameters: "integer" });
        op.grant("all", "public", "postgres", { type: "allTables" });
        op.refreshMaterializedView("total");
        op.refreshMaterializedView("total", { concurrently: true });
      },
      (op) => {
        op.revoke(["select", "update"], "person", "public", { columns: ["age"], cascade: true });
        op.dropTrigger("late", "person");
        op.dropTrigger("log_person", "person");
        op.dropProcedure("grow");
        op.dropFunction("doubled", { parameters: "a text" });
        op.dropFunction("doubled");
        op.dropView("total");
        op.dropView("adult");
        op.dropTable("log");
        op.dropTable("person");
      },
    );
    await lives(
      context,
      scripts,
      "SELECT (SELECT n FROM total) AS adults, (SELECT string_agg(id::text, ',' ORDER BY id) FROM log) AS logged",
      [{ adults: "1", logged: "101,102" }],
    );
  });

  testOn(
    "postgresql",
    "new names, late validation, indexes that become constraints, and partitions",
    async (context) => {
      const scripts = await upAndDown(
        "postgresql",
        "15",
        (op) => {
          op.createTable(
            "visit",
            [column("day", t.date(), { nullable: false }), column("n", t.integer()), index("ix_visit_n", ["n"])],
            { postgresql: { partitionBy: "RANGE (day)" } },
          );
          op.createPartition("visit_2024", "visit", { from: "2024-01-01", to: "2025-01-01" });
          op.createPartition("visit_2025", "visit", { from: "2025-01-01", to: sql`MAXVALUE` });
          op.createPartition("visit_rest", "visit", "default", { postgresql: { partitionBy: "HASH (n)" } });
          op.createPartition("visit_rest_0", "visit_rest", { modulus: 1, remainder: 0 });
          op.createIndex("ix_2024", "visit_2024", ["n"]);
          op.detachPartition("visit_2024", "visit");
          op.attachPartition("visit_2024", "visit", { from: "2024-01-01", to: "2025-01-01" });
          op.renameIndex("ix_visit_n", "ix_visit_number");
          op.execute("INSERT INTO visit VALUES ('2024-05-01', 1), ('2025-05-01', 2), ('2020-05-01', 3)");
          op.createTable("place", [column("id", t.integer(), { nullable: false }), column("name", t.string(20))]);
          op.createIndex("pk_place", "place", ["id"], { unique: true });
          op.createPrimaryKey("pk_place", "place", ["id"], { postgresql: { usingIndex: "pk_place" } });
          op.createIndex("uq_place_name", "place", ["name"], { unique: true });
          op.createUniqueConstraint("uq_place_name", "place", ["name"], {
            postgresql: { usingIndex: "uq_place_name" },
          });
          op.createCheckConstraint("ck_place", "place", "id > 0", { postgresql: { notValid: true } });
          op.validateConstraint("ck_place", "place");
          op.renameConstraint("ck_place", "ck_place_id", "place");
        },
        (op) => {
          op.renameConstraint("ck_place_id", "ck_place", "place");
          op.dropConstraint("uq_place_name", "place", { type: "unique" });
          op.dropTable("place");
          op.dropPartition("visit_2025", "visit");
          op.dropTable("visit");
        },
      );
      await lives(context, scripts, "SELECT tableoid::regclass::text AS part FROM visit ORDER BY n", [
        { part: "visit_2024" },
        { part: "visit_2025" },
        { part: "visit_rest_0" },
      ]);
    },
  );

  for (const dialect of ["mariadb", "mysql"] as const) {
    testOn(dialect, `views, routines and triggers of scripts for ${dialect}`, async (context) => {
      const scripts = await upAndDown(
        dialect,
        dialect === "mysql" ? "8.4" : "10.11",
        (op) => {
          op.createTable("person", [column("id", t.integer(), { primaryKey: true }), column("age", t.integer())]);
          op.createTable("log", [column("id", t.integer())]);
          op.createView("adult", sql`SELECT id FROM person WHERE age >= ${18}`, {
            checkOption: "cascaded",
            mysql: { algorithm: "merge", sqlSecurity: "invoker" },
          });
          op.replaceView("adult", "SELECT id FROM person WHERE age >= 21 -- not 18");
          op.createFunction("doubled", "BEGIN DECLARE b INT; SET b = a * 2; RETURN b; END;", {
            parameters: "a INT",
            returns: t.integer(),
            attributes: "DETERMINISTIC",
          });
          op.createFunction("doubled", "RETURN a * 2", {
            parameters: "a INT",
            returns: t.integer(),
            attributes: "DETERMINISTIC",
            replace: true,
          });
          op.createProcedure("grow", "BEGIN\n  UPDATE person SET age = doubled(age); -- it's\n  DO '$$;'; END");
          op.createTrigger(
            "log_person",
            "person",
            "BEGIN IF NEW.age > 1 THEN INSERT INTO log VALUES (NEW.id); END IF; END",
            { timing: "after", events: "insert" },
          );
          op.createTrigger("log_person", "person", "INSERT INTO log VALUES (NEW.id + 100)", {
            timing: "after",
            events: "insert",
            replace: true,
          });
          op.execute("CREATE TRIGGER own BEFORE DELETE ON person FOR EACH ROW BEGIN DO 1; DO 2; END");
          op.execute("INSERT INTO person VALUES (1, 15), (2, 2)");
          op.execute("CALL grow()");
        },
        (op) => {
          op.execute("DROP TRIGGER own");
          op.dropTrigger("log_person", "person");
          op.dropProcedure("grow");
          op.dropFunction("doubled");
          op.dropView("adult");
          op.dropTable("log");
          op.dropTable("person");
        },
      );
      await lives(
        context,
        scripts,
        "SELECT (SELECT count(*) FROM adult) AS adults, (SELECT group_concat(id ORDER BY id) FROM log) AS logged",
        [{ adults: "1", logged: "101,102" }],
      );
    });

    testOn(
      dialect,
      `new names of indexes and constraints, and partitions of scripts for ${dialect}`,
      async (context) => {
        const scripts = await upAndDown(
          dialect,
          dialect === "mysql" ? "8.4" : "10.11",
          (op) => {
            op.createTable(
              "place",
              [
                column("id", t.integer(), { nullable: false }),
                column("part", t.integer()),
                primaryKey(["id"]),
                check("part > 0", { name: "ck" }),
                index("ix", ["part"]),
              ],
              { mysql: { engine: "InnoDB" } },
            );
            op.createUniqueConstraint("uq", "place", ["id", "part"]);
            op.createForeignKey("fk", "place", "place", ["part"], ["id"]);
            op.renameIndex("ix", "ix_part");
            op.renameConstraint("uq", "uq_place", "place");
            op.renameConstraint("fk", "fk_place", "place");
            if (dialect === "mariadb") op.renameConstraint("ck", "ck_place", "place");
            op.createTable("visit", [column("day", t.date())]);
            op.execute(
              "ALTER TABLE visit PARTITION BY RANGE COLUMNS (day) (PARTITION p0 VALUES LESS THAN ('2024-01-01'))",
            );
            op.createPartition("p1", "visit", { from: "2024-01-01", to: "2025-01-01" });
            op.createPartition("p2", "visit", { to: sql`MAXVALUE` });
            op.execute("INSERT INTO visit VALUES ('2024-05-01'), ('2025-05-01')");
            if (dialect === "mariadb") {
              op.detachPartition("p2", "visit");
              op.attachPartition("p2", "visit", { to: sql`MAXVALUE` });
            }
          },
          (op) => {
            op.dropPartition("p2", "visit");
            op.dropTable("visit");
            op.renameConstraint("fk_place", "fk", "place");
            op.dropConstraint("fk", "place", { type: "foreignkey" });
            op.renameIndex("ix_part", "ix", { tableName: "place" });
            op.dropTable("place");
          },
        );
        await lives(context, scripts, "SELECT count(*) AS rows_there FROM visit PARTITION (p1, p2)", [
          { rows_there: "2" },
        ]);
      },
    );
  }

  testOn("mariadb", "sequences", async (context) => {
    const scripts = await upAndDown(
      "mariadb",
      "10.11",
      (op) => {
        op.grant("select", "a_b", "public", { type: "schema" });
        op.revoke("select", "a_b", "public", { type: "schema" });
        op.createSequence("number", { start: 7, increment: 2, cycle: false, nomaxvalue: true });
        op.createTable("t", [column("n", t.integer())]);
        op.execute("INSERT INTO t VALUES (NEXT VALUE FOR number)");
      },
      (op) => {
        op.dropTable("t");
        op.dropSequence("number");
      },
    );
    await lives(context, scripts, "SELECT n FROM t", [{ n: "7" }]);
  });

  testOn("sqlite", "views, triggers and new names of indexes", async (context) => {
    const scripts = await upAndDown(
      "sqlite",
      "3.40",
      (op) => {
        op.createTable("person", [
          column("id", t.integer(), { primaryKey: true }),
          column("age", t.integer()),
          index("ix", ["age"], { sqlite: { where: "age > 1" } }),
        ]);
        op.createTable("log", [column("id", t.integer())]);
        op.createView("adult", sql`SELECT id FROM person WHERE age >= ${18}`, { columns: ["person id"] });
        op.replaceView("adult", "SELECT id FROM person WHERE age >= 21 -- not 18", { columns: ["person id"] });
        op.createTrigger("log_person", "person", "INSERT INTO log VALUES (NEW.id); INSERT INTO log VALUES (0);", {
          timing: "after",
          events: "update",
          updateOf: ["age"],
          when: "NEW.age > 1",
        });
        op.createTrigger("log_person", "person", "BEGIN INSERT INTO log VALUES (NEW.id + 100); END", {
          timing: "after",
          events: "update",
          replace: true,
        });
        op.renameIndex("ix", "ix_age");
        op.alterColumn("person", "age", { type: t.bigInteger() }); // makes the table anew, and its trigger
        op.execute("INSERT INTO person VALUES (1, 30)");
        op.execute("UPDATE person SET age = 31");
      },
      (op) => {
        op.dropTrigger("log_person", "person");
        op.dropView("adult");
        op.dropTable("log");
        op.dropTable("person");
      },
    );
    await lives(context, scripts, `SELECT a."person id" AS adult, l.id AS logged FROM adult a, log l`, [
      { adult: "1", logged: "101" },
    ]);
  });
});
