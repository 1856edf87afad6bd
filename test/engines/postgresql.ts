import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { parse } from "libpg-query";
import type { ClientResult } from "./client.js";
import { runClient } from "./client.js";
import type { Database, Engine, EngineKind, ResultRow } from "./engine.js";
import { databaseName } from "./engine.js";
import { Session } from "./session.js";

const defaultUrl = "postgresql://postgres@127.0.0.1:5432/postgres";

/** Rows as one JSON text with every value as text: the same for psql and for the embedded server. */
function rowsAsJson(sql: string): string {
  const row = "SELECT json_object_agg(key, value) FROM json_each_text(row_to_json(result))";
  return `SELECT coalesce(json_agg((${row})), '[]')::text AS rows FROM (${sql}) AS result`;
}

/** A session that stays open. */
export function sessionOf(url: string): Session {
  return new Session({
    program: "psql",
    parameters: ["-X", "-A", "-t", "-q", "-d", url],
    print: (text) => `\\echo ${text}`,
  });
}

/** A database of a server, for tests that run psql in their own way. */
export class ServerDatabase implements Database {
  readonly url: string;
  #session: Session | undefined;

  constructor(
    url: string,
    readonly name: string,
    readonly server: Session,
  ) {
    const own = new URL(url);
    own.pathname = `/${name}`;
    this.url = own.href;
  }

  /** The session in which tests look at the database. */
  get session(): Session {
    this.#session ??= sessionOf(this.url);
    return this.#session;
  }

  async apply(script: string): Promise<ClientResult> {
    const folder = mkdtempSync(join(tmpdir(), "sqlembic-script-"));
    try {
      const file = join(folder, "script.sql");
      writeFileSync(file, script);
      return await runClient("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", this.url, "-f", file]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  async query(sql: string): Promise<readonly ResultRow[]> {
    return JSON.parse(await this.session.run(`${rowsAsJson(sql)};`)) as ResultRow[];
  }

  async drop(): Promise<void> {
    await this.#session?.close();
    await this.server.run(`DROP DATABASE "${this.name}" WITH (FORCE);`);
  }
}

async function detectServer(): Promise<Engine | undefined> {
  const url = process.env["SQLEMBIC_TEST_POSTGRESQL_URL"] ?? defaultUrl;
  const parameters = ["-X", "-A", "-t", "-q", "-w", "-d", url];
  const { exitCode, stdout } = await runClient("psql", [...parameters, "-c", "SHOW server_version"], {
    environment: { PGCONNECT_TIMEOUT: "5" },
  });
  if (exitCode !== 0) return undefined;
  let server: Session | undefined;
  return {
    title: `PostgreSQL ${stdout.trim().split(" ")[0]} through psql`,
    embedded: false,
    async createDatabase() {
      const name = databaseName();
      server ??= sessionOf(url);
      await server.run(`CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'UTF8';`);
      return new ServerDatabase(url, name, server);
    },
  };
}

/** The statements of a script, cut by PostgreSQL's own grammar; what is for psql alone is left out. */
async function statementsOf(withCommands: string): Promise<readonly string[]> {
  const script = withCommands.replace(/\\gset$/gm, ";").replace(/^\\(?:set|if|endif|echo)\b.*$/gm, "");
  const bytes = Buffer.from(script, "utf8");
  const { stmts = [] } = (await parse(script)) as { stmts?: { stmt_location?: number; stmt_len?: number }[] };
  return stmts.map(({ stmt_location: start = 0, stmt_len: length }) =>
    bytes.subarray(start, length === undefined ? undefined : start + length).toString("utf8"),
  );
}

class EmbeddedDatabase implements Database {
  constructor(readonly server: PGlite) {}

  /** One statement after the other, as psql sends them: several at once would be one transaction. */
  async apply(script: string): Promise<ClientResult> {
    try {
      for (const statement of await statementsOf(script)) await this.server.exec(statement);
      return { exitCode: 0, stdout: "", stderr: "" };
    } catch (error) {
      return { exitCode: 3, stdout: "", stderr: String(error) };
    }
  }

  async query(sql: string): Promise<readonly ResultRow[]> {
    const { rows } = await this.server.query<{ rows: string }>(rowsAsJson(sql));
    return JSON.parse(rows[0]?.rows ?? "[]") as ResultRow[];
  }

  async drop(): Promise<void> {
    await this.server.close();
  }
}

const embedded: Engine = {
  title: "PGlite (PostgreSQL embedded in Node)",
  embedded: true,
  createDatabase: async () => new EmbeddedDatabase(await PGlite.create()),
};

export const postgresql: EngineKind = {
  title: "PostgreSQL",
  dialects: ["postgresql"],
  required: true,
  remedy: "start PostgreSQL on 127.0.0.1 with user postgres, or set SQLEMBIC_TEST_POSTGRESQL_URL",
  detect: async () => (await detectServer()) ?? embedded,
};
