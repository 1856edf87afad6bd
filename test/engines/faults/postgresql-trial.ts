import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { ClientName } from "../../../src/compiler/script/clients.js";
import type { LayoutName } from "../../../src/compiler/script/model.js";
import type { Duration } from "../../../src/config/config.js";
import { column, compileRange, t } from "../../../src/index.js";
import { history } from "../../support/history.js";
import { runClient, type ClientResult } from "../client.js";
import type { Engine } from "../engine.js";
import { ServerDatabase, sessionOf } from "../postgresql.js";
import { runAndKill, type KilledClient } from "./harness.js";

/** How psql is set; the last two apply a script that is for any client, and go on after errors. */
export const settings = [
  "default",
  "ON_ERROR_STOP",
  "ON_ERROR_ROLLBACK",
  "AUTOCOMMIT off",
  "--client any",
  "--client any, ON_ERROR_ROLLBACK",
] as const;
export type Setting = (typeof settings)[number];

/** Settings for which nothing is compiled but scripts for any client. */
export function isForAnyClient(setting: Setting): boolean {
  return setting.startsWith("--client any");
}

const parameters: Readonly<Record<Setting, readonly string[]>> = {
  default: ["-X"],
  ON_ERROR_STOP: ["-X", "-v", "ON_ERROR_STOP=1"],
  ON_ERROR_ROLLBACK: [],
  "AUTOCOMMIT off": [],
  "--client any": ["-X"],
  "--client any, ON_ERROR_ROLLBACK": ["-X", "-v", "ON_ERROR_ROLLBACK=on"],
};

const startFiles: Partial<Readonly<Record<Setting, string>>> = {
  ON_ERROR_ROLLBACK: "\\set ON_ERROR_ROLLBACK on\n",
  "AUTOCOMMIT off": "\\set AUTOCOMMIT off\n",
};

/** So many seconds keep a script at work, where kills and second runs have to meet it there. */
const longPause = 0.04;

/** A history that counts in the balance of an account what was applied, and how often. f003 is half outside a transaction. */
const project = (lockTimeout: Duration, pause: string) =>
  history({ dialect: "postgresql", targetVersion: "15", lockTimeout }, [
    {
      id: "f001",
      upgrade(op) {
        op.createTable("account", [column("id", t.integer()), column("balance", t.integer())]);
        op.createTable("audit", [column("entry", t.string(10))]);
        op.createTable("late", [column("entry", t.string(10))]);
        op.execute("INSERT INTO account VALUES (1, 100)");
      },
      downgrade(op) {
        for (const name of ["account", "audit", "late"]) op.dropTable(name);
      },
    },
    {
      id: "f002",
      upgrade: (op) => op.execute("UPDATE account SET balance = balance + 10"),
      downgrade: (op) => op.execute("UPDATE account SET balance = balance - 10"),
    },
    {
      id: "f003",
      upgrade(op) {
        op.createTable("t3", [column("id", t.integer())]);
        op.execute(pause);
        op.execute("UPDATE account SET balance = balance + 100");
        op.execute("INSERT INTO audit VALUES ('f003')");
        op.createIndex("ix_account", "account", ["id"], { unique: true, postgresql: { concurrently: true } });
        op.createTable("t3b", [column("id", t.integer())]);
      },
    },
    {
      id: "f004",
      upgrade(op) {
        op.createTable("t4", [column("id", t.integer())]);
        op.execute(pause);
        op.execute("INSERT INTO late VALUES ('f004')");
        op.execute("UPDATE account SET balance = balance + 1000");
      },
    },
  ]);

interface ScriptOptions {
  readonly layout?: LayoutName;
  readonly client?: ClientName;
  readonly lockTimeout?: Duration;
  readonly direction?: "upgrade" | "downgrade";
  /** Seconds that the revisions wait in the middle. */
  readonly pause?: number;
}

const compiled = new Map<string, Promise<string>>();

/** A script of the history. */
function script(range: string, options: ScriptOptions = {}): Promise<string> {
  const key = JSON.stringify([range, options]);
  const { lockTimeout = "5s", pause = longPause, ...rest } = options;
  const revisions = project(lockTimeout, `DO $$ BEGIN PERFORM pg_sleep(${pause}); END $$`);
  const known = compiled.get(key) ?? compileRange(revisions, range, rest).then((result) => result.script);
  compiled.set(key, known);
  return known;
}

/** What a database holds at each place where a run may leave it; anything else is harm. */
const places: Readonly<Record<string, { tables: string; balance: string; index: RegExp }>> = {
  f001: { tables: "", balance: "100", index: /^$/ },
  f002: { tables: "", balance: "110", index: /^$/ },
  "f002 f003+1": { tables: "t3", balance: "210", index: /^(?:|valid|invalid)$/ },
  f003: { tables: "t3 t3b", balance: "210", index: /^valid$/ },
  f004: { tables: "t3 t3b t4", balance: "1210", index: /^valid$/ },
};

const stateQuery = `SELECT
  (SELECT string_agg(version_num, ' ' ORDER BY version_num COLLATE "C") FROM alembic_version) AS versions,
  (SELECT balance::text FROM account WHERE id = 1 ORDER BY balance LIMIT 1) AS balance,
  (SELECT coalesce(string_agg(relname, ' ' ORDER BY relname), '') FROM pg_class
   WHERE relkind = 'r' AND relname ~ '^t[0-9]') AS tables,
  coalesce((SELECT CASE WHEN indisvalid THEN 'valid' ELSE 'invalid' END FROM pg_index
            WHERE indexrelid = to_regclass('ix_account')), '') AS index;`;

/** Every table with its rows, and every index with its state. */
const contentQuery = `SELECT string_agg(concat(relname, CASE relkind
    WHEN 'r' THEN query_to_xml(format('SELECT * FROM %I ORDER BY 1', relname), false, true, '')::text
    WHEN 'i' THEN (SELECT indisvalid::text FROM pg_index WHERE indexrelid = pg_class.oid) END), ' ' ORDER BY relname)
  FROM pg_class WHERE relnamespace = 'public'::regnamespace;`;

/** Databases that no trial uses at the moment: making one takes longer than most trials. */
const idle: ServerDatabase[] = [];

async function newDatabase(engine: Engine | undefined): Promise<ServerDatabase> {
  const database = await engine?.createDatabase();
  if (!(database instanceof ServerDatabase)) throw new Error("faults need a server");
  // what the server does at a crash of its own is not what these tests are about
  await database.session.run(`ALTER DATABASE "${database.name}" SET synchronous_commit = off;`);
  return database;
}

/** Drops the databases of all trials. */
export async function dropDatabases(): Promise<void> {
  for (const database of idle.splice(0)) await database.drop();
}

/** One setting of the client, one layout, and a database. */
export class Trial {
  readonly #folder = mkdtempSync(join(tmpdir(), "sqlembic-fault-"));

  private constructor(
    readonly database: ServerDatabase,
    readonly setting: Setting,
    readonly layout: LayoutName,
  ) {
    const startFile = startFiles[setting];
    if (startFile !== undefined) writeFileSync(join(this.#folder, "psqlrc"), startFile);
  }

  /** Does something with a database that is at f002. */
  static async run(
    engine: Engine | undefined,
    layout: LayoutName,
    setting: Setting,
    body: (trial: Trial) => Promise<string>,
  ): Promise<string> {
    const trial = new Trial(idle.pop() ?? (await newDatabase(engine)), setting, layout);
    try {
      await trial.reset();
      return await body(trial);
    } finally {
      idle.push(trial.database);
      rmSync(trial.#folder, { recursive: true });
    }
  }

  get isIdempotent(): boolean {
    return this.layout === "idempotent";
  }

  /** The client sets savepoints, so that a script for any client has to refuse it whatever else is the matter. */
  get isRefused(): boolean {
    return this.setting === "--client any, ON_ERROR_ROLLBACK";
  }

  /** A script for this layout and client. */
  script(range: string, options: ScriptOptions = {}): Promise<string> {
    const client = isForAnyClient(this.setting) ? ({ client: "any" } as const) : {};
    return script(range, { layout: this.layout, ...client, ...options });
  }

  #call(text: string): readonly [string, string[], { environment: Record<string, string> }] {
    const file = join(this.#folder, "script.sql");
    writeFileSync(file, text);
    const environment = { PSQLRC: join(this.#folder, "psqlrc") };
    return ["psql", [...parameters[this.setting], "-q", "-d", this.database.url, "-f", file], { environment }];
  }

  /** Applies a script with the client as it is set. */
  apply(text: string): Promise<ClientResult> {
    return runClient(...this.#call(text));
  }

  /** Applies a script and kills the client after some milliseconds; returns when the server has noticed. */
  async applyAndKill(text: string, milliseconds: number): Promise<KilledClient> {
    const [program, parameters, options] = this.#call(text);
    const result = await runAndKill(program, parameters, milliseconds, options);
    await this.#idle();
    return result;
  }

  /** Waits until no client is at work. */
  async #idle(): Promise<void> {
    const others = `SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid();`;
    while ((await this.sql(others)) !== "0") await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Runs SQL of the test itself. */
  sql(text: string): Promise<string> {
    return this.database.session.run(text);
  }

  /** Runs something while another session holds a lock on a table. */
  async whileLocked<T>(table: string, body: () => Promise<T>): Promise<T> {
    const holder = sessionOf(this.database.url);
    await holder.run(`BEGIN; LOCK TABLE ${table};`);
    try {
      return await body();
    } finally {
      await holder.close();
      await this.#idle();
    }
  }

  /** Brings the database to f002, whatever it holds. */
  async reset(): Promise<void> {
    const drop = "DROP TABLE IF EXISTS account, audit, late, t3, t3b, t4, alembic_version, kept;";
    await this.sql(`SET client_min_messages = error;\n${drop}\n${await script("base:f002", { layout: "plain" })}`);
  }

  /** Everything that the database holds. */
  content(): Promise<string> {
    return this.sql(contentQuery);
  }

  /** Does something that has to leave everything as it is. */
  async expectUnchanged<T>(body: () => Promise<T>): Promise<T> {
    const before = await this.content();
    const result = await body();
    expect(await this.content()).toBe(before);
    return result;
  }

  /** The version rows, when what the database holds is what they say. */
  async place(): Promise<string> {
    const [versions = "", balance, tables, index] = (await this.sql(stateQuery)).split("|");
    const expected = places[versions];
    expect({ versions, balance, tables }, "the version rows tell the truth").toEqual({
      versions,
      balance: expected?.balance,
      tables: expected?.tables,
    });
    expect(index).toMatch(expected?.index ?? /never/);
    return versions;
  }

  /** Expects that a run failed, with a message, and that the client told so where it can. */
  expectRefused(result: ClientResult, message: RegExp): void {
    expect(result.stderr).toMatch(message);
    expect(result.stdout).not.toContain("done:");
    if (!isForAnyClient(this.setting)) expect(result.exitCode).toBe(3);
  }

  /** Applies the script once more, or the one that fits the place that was reached, and expects the end. */
  async finish(options: ScriptOptions = {}): Promise<void> {
    const place = await this.place();
    if (place === "f004") return;
    const start = this.isIdempotent || place.includes("+") ? "f002" : place;
    const result = await this.apply(await this.script(`${start}:head`, options));
    expect({ place: await this.place(), stderr: result.stderr.replace(/^.*NOTICE: .*\n/gm, "") }).toEqual({
      place: "f004",
      stderr: "",
    });
    expect(result.exitCode).toBe(0);
  }
}
