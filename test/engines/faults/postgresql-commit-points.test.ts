import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { column, compileRange, t, type CompileRangeOptions } from "../../../src/index.js";
import { history } from "../../support/history.js";
import { runClient, type ClientResult } from "../client.js";
import { detectEngine } from "../engines.js";
import { ServerDatabase } from "../postgresql.js";

const detected = await detectEngine("postgresql");
const engine = detected?.embedded === true ? undefined : detected;

const config = { dialect: "postgresql", targetVersion: "15" } as const;
const concurrently = { postgresql: { concurrently: true } } as const;

/** Each revision counts in the table `runs` what it did, so that nothing can be done twice, or not at all, unseen. */
const ran = (what: string): string => `INSERT INTO runs VALUES ('${what}')`;

/** Whatever makes a script have several commits. */
const everyKind = history(config, [
  {
    id: "k1",
    upgrade(op) {
      op.createTable("runs", [column("what", t.text(), { nullable: false })]);
      op.createTable("p", [column("id", t.integer()), column("name", t.text())]);
      op.execute("CREATE TYPE mood AS ENUM ('ok')");
      op.execute("CREATE TABLE ev (at date NOT NULL) PARTITION BY RANGE (at)");
      op.execute("CREATE TABLE ev_1 PARTITION OF ev FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')");
      op.execute("INSERT INTO p SELECT 1, 'a'");
    },
    downgrade(op) {
      op.execute("DROP TABLE runs, p, ev; DROP TYPE mood");
    },
  },
  {
    id: "k2",
    upgrade(op) {
      op.execute(ran("k2 before"));
      op.createIndex("ix_p", "p", ["name"], concurrently);
      op.execute(ran("k2 between"));
      op.dropIndex("ix_p", { tableName: "p", ...concurrently });
      op.createIndex("ix_p", "p", ["name", "id"], concurrently);
      op.dropIndex("ix_none", { tableName: "p", ifExists: true, ...concurrently });
    },
    downgrade(op) {
      op.dropIndex("ix_p", { tableName: "p", ...concurrently });
      op.execute(ran("k2 down"));
    },
  },
  { id: "k3", upgrade: (op) => op.execute(ran("k3")), downgrade: (op) => op.execute(ran("k3 down")) },
  {
    id: "k4",
    upgrade(op) {
      op.execute("ALTER TYPE mood ADD VALUE 'fine'");
      op.execute("SELECT 'fine'::mood");
      op.execute(ran("k4"));
    },
    downgrade(op) {
      op.execute(ran("k4 down"));
    },
  },
  {
    id: "k5",
    upgrade(op) {
      op.execute("SET work_mem = '7MB'");
      op.execute("INSERT INTO runs VALUES ('k5 before ' || current_setting('work_mem'))");
      op.execute("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_id ON p (id)");
      op.execute("INSERT INTO runs VALUES ('k5 behind ' || current_setting('work_mem'))");
    },
    downgrade(op) {
      op.execute(ran("k5 down"));
      op.execute("SET work_mem = '8MB'; DROP INDEX CONCURRENTLY ix_id");
      op.execute("INSERT INTO runs VALUES ('k5 down behind ' || current_setting('work_mem'))");
    },
  },
  {
    id: "k6",
    upgrade(op) {
      op.autocommitBlock(() => {
        op.execute("INSERT INTO runs VALUES ('k6 ' || current_setting('work_mem'))");
        op.execute("CREATE SCHEMA IF NOT EXISTS other AUTHORIZATION CURRENT_USER");
        op.execute("ANALYZE p");
      });
      op.execute("ALTER TABLE ev DETACH PARTITION ev_1 CONCURRENTLY");
      op.execute("VACUUM p");
      op.execute(ran("k6 end"));
    },
    downgrade(op) {
      op.execute("ALTER TABLE ev ATTACH PARTITION ev_1 FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')");
      op.autocommitBlock(() => op.execute(ran("k6 down")));
    },
  },
  { id: "k7", upgrade: (op) => op.execute(ran("k7")), downgrade: (op) => op.execute(ran("k7 down")) },
]);

/** One revision of which a client without conditions can leave out each part that is done. */
const forAnyClient = history(config, [
  {
    id: "n1",
    upgrade(op) {
      op.createTable("runs", [column("what", t.text(), { nullable: false })]);
      op.createTable("p", [column("id", t.integer()), column("name", t.text())]);
    },
  },
  { id: "n2", upgrade: (op) => op.execute(ran("n2")) },
  {
    id: "n3",
    upgrade(op) {
      op.autocommitBlock(() => {
        op.execute(ran("n3 one"));
        op.execute(ran("n3 two"));
      });
      op.execute(ran("n3 before"));
      op.createIndex("ix_p", "p", ["name"], concurrently);
      op.execute(ran("n3 behind"));
    },
  },
  { id: "n4", upgrade: (op) => op.execute(ran("n4")) },
]);

const contentQuery = `SELECT string_agg(concat(relname, ' ', CASE relkind
    WHEN 'r' THEN query_to_xml(format('SELECT * FROM %I ORDER BY 1', relname), false, true, '')::text
    WHEN 'i' THEN (SELECT concat(indisvalid, ' ', pg_get_indexdef(oid)) FROM pg_index WHERE indexrelid = pg_class.oid)
    END, (SELECT string_agg(concat(inhrelid::regclass, inhdetachpending), ' ') FROM pg_inherits WHERE inhparent = pg_class.oid)),
    ' ' ORDER BY relname) || coalesce((SELECT string_agg(enumlabel, ' ' ORDER BY enumsortorder) FROM pg_enum), '')
  FROM pg_class WHERE relnamespace = 'public'::regnamespace;`;

/** Places between two statements, at which psql can run a line of its own: outside of all quotes. */
function placesBetweenStatements(script: string): readonly number[] {
  const places: number[] = [];
  let tag: string | undefined;
  let end = 0;
  for (const line of script.split(/(?<=\n)/)) {
    for (const [found] of line.matchAll(/\$\w*\$/g)) tag = tag === undefined ? found : found === tag ? undefined : tag;
    end += line.length;
    if (tag === undefined && (/;\s*$/.test(line) || line.startsWith("\\"))) places.push(end);
  }
  return places;
}

class Server {
  readonly #folder = mkdtempSync(join(tmpdir(), "sqlembic-commit-points-"));

  constructor(readonly database: ServerDatabase) {}

  static async start(): Promise<Server> {
    const database = await engine?.createDatabase();
    if (!(database instanceof ServerDatabase)) throw new Error("commit points need a server");
    const server = new Server(database);
    // what the server does at a crash of its own is not what these tests are about
    await server.database.session.run(
      `ALTER DATABASE "${database.name}" SET synchronous_commit = off; SET synchronous_commit = off;`,
    );
    return server;
  }

  async end(): Promise<void> {
    await this.database.drop();
    rmSync(this.#folder, { recursive: true });
  }

  apply(script: string): Promise<ClientResult> {
    const file = join(this.#folder, "script.sql");
    writeFileSync(file, script);
    return runClient("psql", ["-X", "-q", "-d", this.database.url, "-f", file]);
  }

  async reset(script: string): Promise<void> {
    await this.database.session.run(
      "SET client_min_messages = error; DROP SCHEMA IF EXISTS other CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public;",
    );
    await this.database.session.run(script);
  }

  /** Waits until the server has noticed that a client is gone. */
  async idle(): Promise<void> {
    const others = `SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid();`;
    while ((await this.database.session.run(others)) !== "0") await new Promise((resolve) => setTimeout(resolve, 10));
  }

  version(): Promise<string> {
    return this.database.session.run("SELECT string_agg(version_num, ' ' ORDER BY version_num) FROM alembic_version;");
  }

  content(): Promise<string> {
    return this.database.session.run(contentQuery);
  }
}

const server = engine === undefined ? undefined : await Server.start();
afterAll(() => server?.end());

interface Variant {
  readonly title: string;
  readonly project: typeof everyKind;
  readonly range: string;
  readonly options: CompileRangeOptions;
  /** What the database is brought to before, by a plain script. */
  readonly before: string;
  /** Versions from which another script goes on, since this one cannot leave out what stands outside a transaction. */
  readonly ends?: Readonly<Record<string, string>>;
}

const variants: readonly Variant[] = [
  {
    title: "guarded, a transaction for each revision",
    project: everyKind,
    range: "k1:k7",
    before: "k1",
    options: { transactionPerMigration: true },
  },
  {
    title: "guarded, downwards",
    project: everyKind,
    range: "k7:k1",
    before: "k7",
    options: { direction: "downgrade", transactionPerMigration: true },
  },
  { title: "idempotent", project: everyKind, range: "k1:k7", before: "k1", options: { layout: "idempotent" } },
  {
    title: "guarded for any client",
    project: forAnyClient,
    range: "n1:n4",
    before: "n1",
    options: { client: "any", transactionPerMigration: true },
    ends: { n3: "n3:n4" },
  },
];

describe("psql, killed between two statements", () => {
  const options = { meta: { engine: "postgresql" }, skip: server === undefined, timeout: 600_000 } as const;
  test.each(variants)("goes on when the same file is applied again: $title", options, async (variant) => {
    const { project, range, before } = variant;
    const arena = server as Server;
    const { script } = await compileRange(project, range, variant.options);
    const { script: start } = await compileRange(project, `base:${before}`, { layout: "plain" });
    await arena.reset(start);
    expect(await arena.apply(script)).toMatchObject({
      exitCode: 0,
      stderr: expect.not.stringContaining("ERROR") as string,
    });
    const wanted = await arena.content();
    const finished = new Set<string>();
    const places = placesBetweenStatements(script);
    expect(places.length).toBeGreaterThan(30);
    for (const place of places.slice(0, -1)) {
      await arena.reset(start);
      await arena.apply(`${script.slice(0, place)}\\! kill -9 $PPID\n${script.slice(place)}`);
      await arena.idle();
      const left = await arena.content();
      // from the same content all runs are the same
      if (left === wanted || finished.has(left)) continue;
      finished.add(left);
      const where = `killed before: ${script.slice(place, place + 80)}`;
      const end = variant.ends?.[await arena.version()];
      const again = await arena.apply(
        end === undefined ? script : (await compileRange(project, end, variant.options)).script,
      );
      expect({ where, stderr: again.stderr.replace(/^.*NOTICE: .*\n/gm, "") }).toEqual({ where, stderr: "" });
      expect({ where, content: await arena.content() }).toEqual({ where, content: wanted });
    }
    expect(finished.size).toBeGreaterThan(4);
  });
});
