import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LayoutName } from "../../../src/compiler/script/model.js";
import type { Duration } from "../../../src/config/config.js";
import { column, compileRange, t } from "../../../src/index.js";
import { history } from "../../support/history.js";
import type { ClientResult } from "../client.js";
import { runClient } from "../client.js";
import type { Engine, ResultRow } from "../engine.js";
import { ServerDatabase } from "../mysql.js";
import { runAndKill, type KilledClient } from "./harness.js";

/** How the client is set, beside its defaults. */
export const settings = ["default", "--force", "source", "autocommit off"] as const;
export type Setting = (typeof settings)[number];

export type Layout = Exclude<LayoutName, "plain">;
export type ServerName = "mariadb" | "mysql";

/**
 * `source` and `\!` are commands of the client that MySQL's, since version 9.7, has for those alone who ask for them;
 * DELIMITER is there all the same. https://dev.mysql.com/doc/refman/9.7/en/mysql-command-options.html
 */
const commands: Readonly<Record<ServerName, readonly string[]>> = {
  mariadb: [],
  mysql: ["--commands", "--system-command"],
};

/** Tables that a fault takes away, so that the revision which writes to them fails. */
export const obstacles = { f003: "audit", f004: "late" } as const;

/** A history that counts in the balance of an account what was applied, and how often. */
const projectOf = (dialect: ServerName, lockTimeout: Duration) =>
  history({ dialect, lockTimeout }, [
    {
      id: "f001",
      upgrade(op) {
        op.createTable("audit", [column("entry", t.string(10))]);
        op.createTable("late", [column("entry", t.string(10))]);
        op.createTable("account", [column("id", t.integer(), { primaryKey: true }), column("balance", t.integer())]);
        op.execute("INSERT INTO account VALUES (1, 100)");
      },
    },
    { id: "f002", upgrade: (op) => op.execute("UPDATE account SET balance = balance + 10") },
    {
      id: "f003",
      upgrade(op) {
        op.createTable("t3", [column("id", t.integer())]);
        op.execute("UPDATE account SET balance = balance + 100");
        op.addColumn("account", column("email", t.string(50)));
        op.createIndex("ix_account_email", "account", ["email"]);
        op.execute(`INSERT INTO ${obstacles.f003} VALUES ('it''s \\\\')`);
        op.execute("UPDATE account SET balance = balance * 2, email = 'a'");
        op.alterColumn("account", "email", { nullable: false });
        op.renameTable("t3", "t3b");
      },
    },
    {
      id: "f004",
      upgrade(op) {
        op.createTable("t4", [column("id", t.integer())]);
        op.execute(`INSERT INTO ${obstacles.f004} VALUES ('f004')`);
        op.dropColumn("account", "email");
        op.execute("UPDATE account SET balance = balance + 1000");
      },
    },
  ]);

const compiled = new Map<string, Promise<string>>();

/** A script of the history, compiled once. */
export function scriptOf(
  server: ServerName,
  layout: LayoutName,
  range: string,
  lockTimeout: Duration = "20s",
): Promise<string> {
  const key = [server, layout, range, lockTimeout].join(" ");
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const script = compileRange(projectOf(server, lockTimeout), range, { layout }).then((result) => result.script);
  compiled.set(key, script);
  return script;
}

/** What of a database matters: its version rows, what is marked as half applied, and everything else. */
export interface State {
  readonly versions: readonly string[];
  readonly halfApplied: string | undefined;
  readonly content: string;
}

/** The rows of the tables that have any, as text. */
const rowTexts: Readonly<Record<string, string>> = {
  alembic_version: "version_num",
  alembic_version_progress: "CONCAT(revision, ' after step ', step)",
  account: "CONCAT_WS(' ', id, balance)",
  [obstacles.f003]: "entry",
  [obstacles.f004]: "entry",
};

const isEmail = ({ owner, definition }: ResultRow): boolean =>
  owner === "account" && definition?.startsWith("email ") === true;

const isVersion = ({ owner, definition }: ResultRow): boolean =>
  owner === "alembic_version" && definition?.startsWith("version_num ") === true;

const all = "audit, late, account, t3, t3b, t4, alembic_version, alembic_version_progress";

/** One database of one trial, and the client that scripts are applied with. */
export class Trial {
  readonly #folder = mkdtempSync(join(tmpdir(), "sqlembic-faults-"));

  private constructor(
    readonly server: ServerName,
    readonly layout: Layout,
    readonly setting: Setting,
    readonly database: ServerDatabase,
  ) {}

  static async run<T>(
    engine: Engine,
    server: ServerName,
    layout: Layout,
    setting: Setting,
    body: (trial: Trial) => Promise<T>,
  ): Promise<T> {
    const database = await engine.createDatabase();
    if (!(database instanceof ServerDatabase)) throw new Error("faults need a server and its client");
    const trial = new Trial(server, layout, setting, database);
    try {
      return await body(trial);
    } finally {
      rmSync(trial.#folder, { recursive: true, force: true });
      await database.drop();
    }
  }

  /** The script of a range, in the layout that is tried. */
  script(range: string, lockTimeout?: Duration): Promise<string> {
    return scriptOf(this.server, this.layout, range, lockTimeout);
  }

  #command(script: string, more: readonly string[]): { parameters: readonly string[]; input: string } {
    const { connection, name } = this.database;
    const extra: Readonly<Record<Setting, readonly string[]>> = {
      default: [],
      "--force": ["--force"],
      source: [],
      "autocommit off": ["--init-command=SET autocommit=0"],
    };
    const parameters = [...connection.parameters, ...commands[this.server], ...extra[this.setting], ...more, name];
    if (this.setting !== "source") return { parameters, input: script };
    const file = join(this.#folder, `${process.hrtime.bigint()}.sql`);
    writeFileSync(file, script);
    return { parameters: [...parameters, "-e", `source ${file}`], input: "" };
  }

  /** Applies a script with the client and setting that is tried. */
  apply(script: string, ...more: readonly string[]): Promise<ClientResult> {
    const { parameters, input } = this.#command(script, more);
    return runClient(this.database.client, parameters, { input, environment: this.database.connection.environment });
  }

  /** The same, with a client that is killed meanwhile. */
  applyAndKill(script: string, milliseconds: number): Promise<KilledClient> {
    const { parameters, input } = this.#command(script, []);
    const { environment } = this.database.connection;
    return runAndKill(this.database.client, parameters, milliseconds, { input, environment });
  }

  /** A line that makes the client run a command of the shell, which ends the session of that client: it is idle then. */
  async killIdleLine(): Promise<string> {
    const { connection, name, client } = this.database;
    const [own] = await this.database.query("SELECT CONNECTION_ID() AS id");
    const idle = `information_schema.processlist WHERE db = '${name}' AND command = 'Sleep' AND id <> ${own?.["id"]}`;
    const kill = `SET @kill = (SELECT CONCAT('KILL ', id) FROM ${idle}); PREPARE kill_it FROM @kill; EXECUTE kill_it`;
    return `\\! ${client} ${connection.parameters.join(" ")} -e "${kill}"`;
  }

  /** Applies a script by `source` in a client that takes its terminal for that of a person, and so connects again. */
  applyAtTerminal(script: string): Promise<ClientResult> {
    const { connection, name, client } = this.database;
    const file = join(this.#folder, `${process.hrtime.bigint()}.sql`);
    writeFileSync(file, script);
    const command = [client, ...connection.parameters, name].join(" ");
    return runClient("script", ["-qec", command, "/dev/null"], {
      input: `source ${file}\nexit\n`,
      environment: { ...connection.environment, TERM: "dumb" },
    });
  }

  /** Brings the database to a revision, from whatever there is. */
  async reset(to: "f001" | "f002" | "f003"): Promise<void> {
    await this.prepare(`DROP TABLE IF EXISTS ${all};\n${await scriptOf(this.server, "plain", `base:${to}`)}`);
  }

  /** Runs statements that have nothing to do with migrations. */
  async prepare(sql: string): Promise<void> {
    await this.database.session.run(sql.trim().replace(/;?$/, ";"));
  }

  /** Asks until there is an answer. */
  async #waitFor(question: string): Promise<string> {
    for (;;) {
      const [row] = await this.database.query(question);
      const [answer] = Object.values(row ?? {});
      if (answer != null) return answer;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Waits for a session that sleeps, and gives its number. */
  sleeping(): Promise<string> {
    return this.#waitFor(
      `SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'DO SLEEP%'`,
    );
  }

  async killSleeping(): Promise<void> {
    await this.prepare(`KILL ${await this.sleeping()}`);
  }

  /** Waits until no session is left: what a client has sent is run to its end without it. */
  async #quiet(): Promise<void> {
    const others = "information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()";
    for (;;) {
      try {
        await this.#waitFor(`SELECT 'quiet' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM ${others})`);
        return;
      } catch (error) {
        // MySQL 9.7 can read the texts of a session that is just ending, where they are gone, and say that they are no text
        if (!String(error).includes("ERROR 3854")) throw error;
      }
    }
  }

  /** The state, once no run works on the database any more. */
  async state(): Promise<State> {
    await this.#quiet();
    const columns = await this.database.query(
      `SELECT table_name AS owner, CONCAT_WS(' ', column_name, column_type, is_nullable, column_key) AS definition
       FROM information_schema.columns
       WHERE table_schema = DATABASE()
       ORDER BY table_name, ordinal_position`,
    );
    const owners = [...new Set(columns.map(({ owner }) => owner ?? ""))];
    const texts = owners
      .filter((owner) => owner in rowTexts && (owner !== "alembic_version" || columns.some(isVersion)))
      .map((owner) => {
        const text =
          owner === "account" && columns.some(isEmail) ? "CONCAT_WS(' ', id, balance, email)" : rowTexts[owner];
        return `SELECT '${owner}' AS owner, ${text} AS text FROM ${owner}`;
      });
    const rows = texts.length === 0 ? [] : await this.database.query(texts.join(" UNION ALL "));
    const of = (table: string): readonly string[] =>
      rows.filter(({ owner }) => owner === table).map(({ text }) => text ?? "");
    const isContent = ({ owner }: ResultRow): boolean => !owner?.startsWith("alembic_version");
    return {
      versions: [...of("alembic_version")].sort(),
      halfApplied: of("alembic_version_progress")[0],
      content: JSON.stringify([columns.filter(isContent), rows.filter(isContent)]),
    };
  }
}
