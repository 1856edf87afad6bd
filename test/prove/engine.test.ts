import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { differenceText } from "../../src/catalog/compare.js";
import type { CompilableProject } from "../../src/project/compile-range.js";
import { column, loadProject, references, t } from "../../src/index.js";
import { EngineError, UsageError } from "../../src/errors.js";
import { engineFor } from "../../src/prove/engine/engines.js";
import { proveOnEngine } from "../../src/prove/engine/prove-on-engine.js";
import type { ScratchServer } from "../../src/prove/engine/database.js";
import { isRefuted, type Proof } from "../../src/prove/proof.js";
import { proveRange } from "../../src/prove/prove-range.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { mysqlUrl } from "../engines/mysql.js";
import { testOn, type EngineTest } from "../engines/test-on.js";
import { history, type RevisionInMemory } from "../support/history.js";
import { packageFolder } from "../support/scripts.js";

const urls = {
  postgresql: process.env["SQLEMBIC_TEST_POSTGRESQL_URL"] ?? "postgresql://postgres@127.0.0.1:5432/postgres",
  mariadb: process.env["SQLEMBIC_TEST_MARIADB_URL"] ?? "mysql://root@localhost/?socket=/run/mysqld/mysqld.sock",
  mysql: mysqlUrl() ?? "",
  sqlite: "sqlite:",
};

/** The same engine as a test has, as a proof reaches it. */
function serverOf({ engine, embedded }: EngineTest, dialect: DialectName): Promise<ScratchServer> {
  return engineFor(dialect, embedded ? undefined : urls[engine]);
}

function found({ revisions }: Proof): readonly string[] {
  return revisions.flatMap(({ revision, engine = [] }) => engine.map((text) => `${revision}: ${text}`));
}

/** Up, down and up again, with nothing found on the server. */
function provesClean(title: string, dialect: DialectName, load: () => Promise<CompilableProject>): void {
  testOn(dialect, `proves ${title} without a difference`, async (context) => {
    const proof = await proveOnEngine(await load(), "base:heads", await serverOf(context, dialect));
    expect(proof.revisions).not.toEqual([]);
    expect(found(proof)).toEqual([]);
    expect(proof.revisions.map(({ differences }) => differences).flat()).toEqual([]);
    expect(isRefuted(proof)).toBe(false);
  });
}

describe("golden histories and samples", () => {
  for (const { name } of readdirSync(`${packageFolder}test/golden`, { withFileTypes: true })) {
    for (const dialect of ["postgresql", "mariadb", "sqlite"] as const) {
      const cwd = `${packageFolder}test/golden/${name}`;
      provesClean(`test/golden/${name}`, dialect, () => loadProject(undefined, { cwd, target: dialect }));
    }
  }

  const samples: readonly (readonly [string, DialectName, string?])[] = [
    ["bug-tracker", "postgresql"],
    ["branches", "postgresql"],
    ["drizzle", "postgresql"],
    ["saas", "postgresql", "postgresql"],
    ["saas", "mysql", "mysql"],
    ["users", "sqlite"],
  ];
  for (const [name, dialect, target] of samples) {
    const cwd = `${packageFolder}samples/${name}`;
    provesClean(`samples/${name}`, dialect, () =>
      loadProject(undefined, { cwd, ...(target !== undefined && { target }) }),
    );
  }

  const withoutServer = [
    ["warehouse", "mssql"],
    ["warehouse", "oracle"],
  ] as const;
  it.each(withoutServer)("samples/%s is proven without a server, for %s", async (name, target) => {
    const proof = await proveRange(await loadProject(undefined, { cwd: `${packageFolder}samples/${name}`, target }));
    expect(proof.revisions).not.toEqual([]);
    expect(proof.revisions.flatMap(({ differences }) => differences.map(differenceText))).toEqual([]);
    expect(isRefuted(proof)).toBe(false);
  });

  it("are all there", () => {
    const folders = readdirSync(`${packageFolder}samples`, { withFileTypes: true }).filter((one) => one.isDirectory());
    const proven = new Set([...samples, ...withoutServer].map(([name]) => name));
    expect(folders.map(({ name }) => name).sort()).toEqual([...proven].sort());
  });
});

/** A history in which the last revision is the given one, on a table with a row in it. */
function onTable(dialect: DialectName, last: Omit<RevisionInMemory, "id">): CompilableProject {
  return history({ dialect }, [
    {
      id: "a1",
      upgrade(op) {
        op.createTable("person", [column("id", t.integer(), { primaryKey: true })]);
        op.createTable("account", [
          column("id", t.integer(), { primaryKey: true }),
          column("name", t.string(20), { nullable: false, serverDefault: "nobody" }),
        ]);
        op.execute("INSERT INTO account (id, name) VALUES (1, 'ann')");
      },
      downgrade(op) {
        op.dropTable("account");
        op.dropTable("person");
      },
    },
    { id: "b2", ...last },
  ]);
}

/**
 * A server that does something else than it is told, in the first database that it makes: what a replay looks like that
 * is wrong about a statement.
 */
function disobedient(server: ScratchServer, change: (sql: string) => string): ScratchServer {
  let isFirst = true;
  return {
    title: server.title,
    async createDatabase() {
      const database = await server.createDatabase();
      const apply = database.apply.bind(database);
      if (isFirst) database.apply = (pieces) => apply(pieces.map(change));
      isFirst = false;
      return database;
    },
  };
}

for (const dialect of ["postgresql", "mariadb", "sqlite"] as const) {
  describe(`on ${dialect}, a proof on an engine`, () => {
    testOn(dialect, "takes back foreign keys, indexes and defaults with rows in the tables", async (context) => {
      const project = onTable(dialect, {
        upgrade(op) {
          op.batchAlterTable("account", (batch) => {
            batch.addColumn(
              column("owner", t.integer(), { references: references("person.id", { name: "fk_owner" }) }),
            );
            batch.alterColumn("name", { type: t.string(40), serverDefault: null });
          });
          op.createIndex("ix_name", "account", ["name"], { unique: true });
        },
        downgrade(op) {
          op.dropIndex("ix_name", { tableName: "account" });
          op.batchAlterTable("account", (batch) => {
            batch.alterColumn("name", { type: t.string(20), serverDefault: "nobody" });
            batch.dropConstraint("fk_owner", { type: "foreignkey" });
            batch.dropColumn("owner");
          });
        },
      });
      const proof = await proveOnEngine(project, "base:heads", await serverOf(context, dialect));
      expect(found(proof)).toEqual([]);
      expect(proof.revisions.map(({ verdict }) => verdict)).toEqual(["lossy", "lossy"]);
    });

    testOn(dialect, "finds what the replay has wrong", async (context) => {
      const project = onTable(dialect, {
        upgrade: (op) => op.addColumn("account", column("note", t.string(60))),
        downgrade: (op) => op.dropColumn("account", "note"),
      });
      const server = disobedient(await serverOf(context, dialect), (piece) => piece.replace("(60)", "(30)"));
      const proof = await proveOnEngine(project, "base:heads", server);
      const type = { postgresql: "character varying", mariadb: "varchar", sqlite: "VARCHAR" }[dialect];
      expect(found(proof)).toEqual([
        `b2: after the upgrade, column account.note: type ${type}(30) instead of ${type}(60)`,
        `b2: after the second upgrade, column account.note: type ${type}(30) instead of ${type}(60)`,
      ]);
      expect(isRefuted(proof)).toBe(true);
    });

    testOn(dialect, "finds what a downgrade leaves behind where the replay cannot tell", async (context) => {
      const project = onTable(dialect, {
        upgrade: (op) => op.createIndex("ix_name", "account", ["name"]),
        downgrade: (op) => op.dropIndex("ix_name", { tableName: "account" }),
      });
      const server = disobedient(await serverOf(context, dialect), (piece) =>
        piece.startsWith("DROP INDEX") ? "CREATE TABLE left_behind (id INTEGER);" : piece,
      );
      const proof = await proveOnEngine(project, "base:heads", server);
      expect(found(proof)).toEqual([
        "b2: after the downgrade, table left_behind is left over",
        "b2: after the downgrade, index ix_name of account is left over",
        "b2: the downgrade leaves another schema: table left_behind is left over",
        "b2: the downgrade leaves another schema: index ix_name of account is left over",
        expect.stringMatching(/^b2: the second upgrade is refused: .*ix_name/),
      ]);
    });

    testOn(dialect, "tells what the server refuses, and goes on with the next revision", async (context) => {
      const project = history({ dialect }, [
        ...(["a1", "c3"] as const).map((id): RevisionInMemory => ({
          id,
          upgrade: (op) => void op.createTable(id, [column("id", t.integer())]),
          downgrade: (op) => op.dropTable(id),
        })),
        { id: "d4", upgrade: (op) => op.execute("SELECT * FROM nothing_of_the_kind") },
        {
          id: "e5",
          upgrade: (op) => op.addColumn("c3", column("x", t.integer())),
          downgrade: (op) => op.dropColumn("c3", "x"),
        },
      ]);
      const proof = await proveOnEngine(project, "base:heads", await serverOf(context, dialect));
      const [, , refused, last] = proof.revisions;
      expect(refused?.engine).toEqual([expect.stringContaining("nothing_of_the_kind")]);
      expect(last).toMatchObject({ verdict: "lossy", engine: [] });
    });

    testOn(dialect, "starts in the middle of a history, on the replayed schema", async (context) => {
      const project = onTable(dialect, {
        upgrade: (op) => op.addColumn("account", column("x", t.integer())),
        downgrade: (op) => op.dropColumn("account", "x"),
      });
      const proof = await proveOnEngine(project, "a1:b2", await serverOf(context, dialect));
      expect([proof.revisions.map(({ revision }) => revision), found(proof)]).toEqual([["b2"], []]);
    });

    testOn(dialect, "leaves no database behind", async (context) => {
      const { database } = context;
      const project = onTable(dialect, { upgrade: (op) => op.dropTable("person") });
      await proveOnEngine(project, "base:heads", await serverOf(context, dialect));
      const list = {
        postgresql: "SELECT datname AS name FROM pg_database",
        mariadb: "SELECT schema_name AS name FROM information_schema.schemata",
        sqlite: "SELECT name FROM sqlite_master",
      }[dialect];
      const names = (await database.query(list)).map(({ name }) => name ?? "");
      expect(names.filter((name) => name.startsWith(`sqlembic_prove_${process.pid}_`))).toEqual([]);
    });
  });
}

describe("the engine", () => {
  it.each(["postgresql", "sqlite"] as const)(
    "of %s is inside this process when no server is named",
    async (dialect) => {
      const server = await engineFor(dialect, undefined);
      expect(server.title).toMatch(/inside this process$/);
      const project = onTable(dialect, {
        upgrade: (op) => op.addColumn("account", column("x", t.integer())),
        downgrade: (op) => op.dropColumn("account", "x"),
      });
      const proof = await proveOnEngine(project, "base:heads", server);
      expect([proof.revisions.length, found(proof)]).toEqual([2, []]);
    },
  );

  it("is missing for dialects that none can be had of", async () => {
    await expect(engineFor("oracle", undefined)).rejects.toThrow(EngineError);
    await expect(engineFor("mariadb", undefined)).rejects.toMatchObject({
      code: "no-embedded-engine",
      hint: expect.stringContaining("--engine=") as string,
    });
  });

  it("is of the dialect that the scripts are for", async () => {
    await expect(engineFor("postgresql", "mysql://root@localhost/x")).rejects.toThrow(UsageError);
    await expect(engineFor("sqlite", "nonsense")).rejects.toThrow(UsageError);
  });

  it("never shows a password, whatever the server says", async () => {
    const url = "postgresql://nobody:s3cret@127.0.0.1:1/none";
    const error: unknown = await engineFor("postgresql", url).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(EngineError);
    expect(String((error as Error).message)).not.toContain("s3cret");
  });
});
