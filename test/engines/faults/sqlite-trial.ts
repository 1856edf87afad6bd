import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sqliteInWasm from "node-sqlite3-wasm";
import { expect } from "vitest";
import type { Duration } from "../../../src/config/config.js";
import { column, compileRange, foreignKey, t } from "../../../src/index.js";
import { history } from "../../support/history.js";
import { outputOf, runClient, type ClientResult } from "../client.js";
import { runAndKill, type KilledClient } from "./harness.js";

export type Layout = "guarded" | "idempotent";

/** The programs that apply scripts. The last but one gets the script for other clients, which it has to refuse. */
export const guardedSettings = ["sqlite3", "sqlite3 -bail", "sqlite3, for any", "driver"] as const;
export const idempotentSettings = ["sqlite3", "sqlite3 -bail"] as const;
export type Setting = (typeof guardedSettings)[number];

const rowsOfSeries = 30_000;

/** A history that counts in the balance of an account what was applied, and how often. */
const project = (lockTimeout: Duration, transactionPerMigration: boolean) =>
  history({ dialect: "sqlite", lockTimeout, transactionPerMigration }, [
    {
      id: "f001",
      upgrade(op) {
        op.createTable("audit", [column("entry", t.string(10))]);
        op.createTable("late", [column("entry", t.string(10))]);
        op.createTable("account", [
          column("id", t.integer(), { primaryKey: true }),
          column("balance", t.integer(), { nullable: true }),
        ]);
        op.createTable("entry", [
          column("id", t.integer(), { primaryKey: true }),
          column("account_id", t.integer()),
          foreignKey(["account_id"], ["account.id"], { onDelete: "CASCADE" }),
        ]);
        op.execute("INSERT INTO account VALUES (1, 100)");
        op.execute("INSERT INTO entry VALUES (1, 1)");
      },
    },
    { id: "f002", upgrade: (op) => op.execute("UPDATE account SET balance = balance + 10") },
    {
      id: "f003",
      upgrade(op) {
        op.createTable("t3", [column("id", t.integer())]);
        op.execute("UPDATE account SET balance = balance + 100");
        op.execute("INSERT INTO audit VALUES ('it''s;\n.quit')");
        // entry refers to the table, which is made anew without foreign keys
        op.batchAlterTable("account", (batch) => batch.alterColumn("balance", { nullable: false }));
        op.renameTable("t3", "t3b");
      },
    },
    {
      id: "f004",
      upgrade(op) {
        op.createTable("t4", [column("id", t.integer())]);
        op.execute("INSERT INTO late VALUES ('f004')");
        op.execute(
          `INSERT INTO t4 WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ${rowsOfSeries}) SELECT x FROM n`,
        );
        op.execute("DELETE FROM t4 WHERE id > 3");
        op.execute("UPDATE account SET balance = balance + 1000");
      },
    },
  ]);

export interface ScriptWish {
  readonly layout: Layout;
  readonly setting: Setting;
  readonly range: string;
  readonly lockTimeout?: Duration;
  readonly perMigration?: boolean;
}

const compiled = new Map<string, Promise<string>>();

/** A script of the history, compiled once. */
function scriptOf(wish: ScriptWish): Promise<string> {
  const { layout, setting, range, lockTimeout = "20s", perMigration = false } = wish;
  const client = setting === "driver" || setting === "sqlite3, for any" ? "any" : "sqlite3";
  const key = [layout, client, range, lockTimeout, perMigration].join(" ");
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const script = compileRange(project(lockTimeout, perMigration), range, { layout, client }).then(
    (result) => result.script,
  );
  compiled.set(key, script);
  return script;
}

/** A row of the schema. */
interface Entry {
  readonly name: string;
  readonly type: string;
}

const driver = fileURLToPath(new URL("sqlite-driver.mjs", import.meta.url));

/** A database file in a folder of its own, and the client that scripts are applied with. */
export class Trial {
  readonly folder = mkdtempSync(join(tmpdir(), "sqlembic-faults-"));
  readonly file = join(this.folder, "test.db");

  constructor(
    readonly layout: Layout,
    readonly setting: Setting,
  ) {}

  script(range: string, more: Pick<ScriptWish, "lockTimeout" | "perMigration"> = {}): Promise<string> {
    return scriptOf({ layout: this.layout, setting: this.setting, range, ...more });
  }

  /** The client in the folder of the trial: the shell may write a file there. */
  #command(): readonly string[] {
    const shell = ["sqlite3", "-init", "/dev/null", ...(this.setting === "sqlite3 -bail" ? ["-bail"] : [])];
    const program = this.setting === "driver" ? [process.execPath, driver] : shell;
    return ["-c", 'cd "$0" && exec "$@"', this.folder, ...program, this.file];
  }

  /** Applies a script: with the driver in this process, unless it is to work beside another one. */
  apply(script: string): Promise<ClientResult> {
    if (this.setting !== "driver") return this.applyInProcess(script);
    const database = new sqliteInWasm.Database(this.file);
    try {
      database.exec(script);
      return Promise.resolve({ exitCode: 0, stdout: "", stderr: "" });
    } catch (error) {
      return Promise.resolve({ exitCode: 1, stdout: "", stderr: String(error) });
    } finally {
      database.close();
    }
  }

  /** Applies a script in a process of its own. */
  applyInProcess(script: string): Promise<ClientResult> {
    return runClient("sh", this.#command(), { input: script });
  }

  async applyAndKill(script: string, milliseconds: number): Promise<KilledClient> {
    const result = await runAndKill("sh", this.#command(), milliseconds, { input: script });
    // the driver locks by making this folder, and says that one which a dead process left is to be removed by hand
    rmSync(`${this.file}.lock`, { recursive: true, force: true });
    // what a killed shell left in its journal is taken back by the library that wrote it, which locks in its own way
    if (this.setting !== "driver") await this.prepare("SELECT count(*) FROM sqlite_schema;");
    return result;
  }

  /** Runs statements that have nothing to do with migrations; foreign keys are off, as in every new session. */
  async prepare(sql: string): Promise<void> {
    await outputOf("sqlite3", ["-init", "/dev/null", "-bail", this.file], { input: sql });
  }

  /** Begins a transaction and holds the write lock until the returned function is called. */
  async holdLock(): Promise<() => Promise<void>> {
    if (this.setting === "driver") {
      mkdirSync(`${this.file}.lock`); // what another process with the driver does
      return () => Promise.resolve(rmSync(`${this.file}.lock`, { recursive: true, force: true }));
    }
    const child = spawn("sqlite3", ["-init", "/dev/null", this.file]);
    const held = new Promise((resolve) => child.stdout.once("data", resolve));
    child.stdin.write("BEGIN IMMEDIATE;\nSELECT 'held';\n");
    await held;
    return () => new Promise((resolve) => child.once("close", () => resolve()).stdin.end());
  }

  /** All that the database holds, version rows among it. */
  state(): string {
    const database = new sqliteInWasm.Database(this.file);
    try {
      const schema = database.all("SELECT name, type, sql FROM sqlite_schema ORDER BY name") as unknown as Entry[];
      const tables = schema.filter(({ type }) => type === "table");
      const rows = tables.map(({ name }) => [name, database.all(`SELECT * FROM "${name}" ORDER BY 1`)]);
      return JSON.stringify([schema, rows], undefined, 1);
    } finally {
      database.close();
    }
  }

  copyFrom(fixture: string): void {
    for (const name of readdirSync(this.folder)) rmSync(join(this.folder, name), { recursive: true, force: true });
    copyFileSync(fixture, this.file);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The database at each revision of the history, as files and as what they hold. */
export class Boundaries {
  readonly #folder = mkdtempSync(join(tmpdir(), "sqlembic-boundaries-"));
  readonly #states = new Map<string, string>();

  static async make(): Promise<Boundaries> {
    const boundaries = new Boundaries();
    const setting = "sqlite3";
    for (const to of ["f001", "f002", "f003", "f004"]) {
      const trial = new Trial("guarded", setting);
      const { exitCode, stderr } = await trial.apply(
        await scriptOf({ layout: "guarded", setting, range: `base:${to}` }),
      );
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      boundaries.#states.set(trial.state(), to);
      copyFileSync(trial.file, boundaries.file(to));
      trial.remove();
    }
    return boundaries;
  }

  file(revision: string): string {
    return join(this.#folder, `${revision}.db`);
  }

  /** The revision at which a database is, which has to be exactly at one. */
  revisionOf(state: string): string {
    const revision = this.#states.get(state);
    if (revision === undefined) throw new Error(`between revisions:\n${state}`);
    return revision;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
