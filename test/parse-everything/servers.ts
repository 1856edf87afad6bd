import type { DialectName } from "../../src/schema/dialect-names.js";
import type { Database, EngineName } from "../engines/engine.js";

/** What a server's own parser says of a statement. */
export interface ServerAnswer {
  readonly server: string;
  /** Undefined when it accepts the syntax. */
  readonly error: string | undefined;
}

/** A server that was found, with a database of its own for these questions. */
interface Server {
  readonly title: string;
  readonly database: Database;
}

const servers = new Map<EngineName, Promise<Server | undefined>>();

async function findServer(name: EngineName): Promise<Server | undefined> {
  // every test file has this file among its imports, and few of them have a question
  const { detectEngine } = await import("../engines/engines.js");
  const engine = await detectEngine(name);
  return engine && { title: engine.title, database: await engine.createDatabase() };
}

/** A server, looked for once; undefined where it is missing. */
function serverOf(name: EngineName): Promise<Server | undefined> {
  const server = servers.get(name) ?? findServer(name);
  servers.set(name, server);
  return server;
}

/**
 * PREPARE parses a statement to its end before it looks for tables, and runs nothing:
 * https://mariadb.com/kb/en/prepare-statement/
 */
async function prepareOn(name: EngineName, sql: string): Promise<ServerAnswer | undefined> {
  const server = await serverOf(name);
  if (server === undefined) return undefined;
  const text = `CONVERT(X'${Buffer.from(sql, "utf8").toString("hex")}' USING utf8mb4)`;
  const { exitCode, stderr } = await server.database.apply(`SET @text = ${text}; PREPARE statement FROM @text;`);
  // a missing table, or a statement that can be parsed but not be prepared
  const isAccepted = exitCode === 0 || /ERROR (?:1146|1295) /.test(stderr);
  return { server: server.title, error: isAccepted ? undefined : stderr.trim() };
}

/**
 * SQLite looks for a table as soon as it has read the name. A table that is missed is therefore made, in memory, so that
 * the rest of the statement is read, too.
 */
async function prepareOnSqlite(sql: string): Promise<ServerAnswer> {
  const { default: sqliteInWasm } = await import("node-sqlite3-wasm");
  const database = new sqliteInWasm.Database(":memory:");
  const server = `SQLite ${(database.get("SELECT sqlite_version() AS version") as { version: string }).version}`;
  const errorOf = (text: string): string | undefined => {
    try {
      database.prepare(text).finalize();
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  try {
    let error = errorOf(sql);
    for (let missed = ""; ; error = errorOf(sql)) {
      const table = /^no such table: (?:main\.)?(.+)$/.exec(error ?? "")?.[1];
      if (table === undefined || table === missed) break;
      database.exec(`CREATE TABLE "${table.replaceAll('"', '""')}" (made_to_be_found)`);
      missed = table;
    }
    const isAboutNames = /^no such |^table \S+ has no column named /.test(error ?? "");
    return { server, error: isAboutNames ? undefined : error };
  } finally {
    database.close();
  }
}

/**
 * Asks the server itself whether it can parse a statement: SQLite, MariaDB, and MySQL or, where none is at hand, MariaDB
 * in its place. Undefined where there is no server to ask.
 */
export async function askServer(dialect: DialectName, sql: string): Promise<ServerAnswer | undefined> {
  switch (dialect) {
    case "sqlite":
      return prepareOnSqlite(sql);
    case "mysql":
      return (await prepareOn("mysql", sql)) ?? (await prepareOn("mariadb", sql));
    case "mariadb":
      return prepareOn("mariadb", sql);
    case "postgresql":
    case "mssql":
    case "oracle":
      return undefined;
  }
}

/** Drops the databases that were made for questions. */
export async function dropDatabases(): Promise<void> {
  for (const server of servers.values()) await (await server)?.database.drop();
  servers.clear();
}
