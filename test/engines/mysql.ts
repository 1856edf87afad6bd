import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import type { ClientResult } from "./client.js";
import { runClient } from "./client.js";
import type { Database, Engine, EngineKind, ResultRow } from "./engine.js";
import { databaseName } from "./engine.js";
import { Session } from "./session.js";

/** How the client reaches a server; a password goes through the environment, where `ps` does not show it. */
interface Connection {
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * `mysql://user:password@host:port/` or `mysql://user@localhost/?socket=/run/mysqld/mysqld.sock`; for MySQL, its client
 * where it is not `mysql`, as `client`.
 */
function connectionOf(text: string): Connection {
  const url = new URL(text);
  const socket = url.searchParams.get("socket");
  return {
    parameters: [
      `--user=${decodeURIComponent(url.username) || "root"}`,
      ...(socket === null ? [`--host=${url.hostname}`, `--port=${url.port || "3306"}`] : [`--socket=${socket}`]),
    ],
    environment: url.password === "" ? {} : { MYSQL_PWD: decodeURIComponent(url.password) },
  };
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

/** The rows of the client's `--xml` output, the only one in which NULL and the text "NULL" differ. */
function rowsOfXml(xml: string): readonly ResultRow[] {
  const text = (escaped: string): string => escaped.replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all);
  const field = /<field name="([^"]*)"(?: xsi:nil="true" \/>|>([^<]*)<\/field>)/g;
  return [...xml.matchAll(/<row>([^]*?)<\/row>/g)].map(([, row = ""]) =>
    Object.fromEntries(
      [...row.matchAll(field)].map(([, name = "", value]) => [text(name), value === undefined ? null : text(value)]),
    ),
  );
}

/** A session that stays open. Its answers are XML, which has the statement too: that is why the text is in two parts. */
function sessionOf(client: string, { parameters, environment }: Connection, database?: string): Session {
  const options = ["--xml", "--unbuffered", "--force", "--default-character-set=utf8mb4"];
  return new Session({
    program: client,
    parameters: [...parameters, ...options, ...(database === undefined ? [] : [database])],
    environment,
    print: (text) => `SELECT CONCAT('${text.slice(0, 2)}', '${text.slice(2)}') AS text;`,
  });
}

/** A database of a server, with how its client reaches it. */
export class ServerDatabase implements Database {
  #session: Session | undefined;

  constructor(
    readonly client: string,
    readonly connection: Connection,
    readonly name: string,
    readonly server: Session,
  ) {}

  /** The session in which tests look at the database. */
  get session(): Session {
    this.#session ??= sessionOf(this.client, this.connection, this.name);
    return this.#session;
  }

  apply(script: string): Promise<ClientResult> {
    const { parameters, environment } = this.connection;
    return runClient(this.client, [...parameters, this.name], { input: script, environment });
  }

  async query(sql: string): Promise<readonly ResultRow[]> {
    return rowsOfXml(await this.session.run(`${sql};`));
  }

  async drop(): Promise<void> {
    await this.#session?.close();
    await this.server.run(`DROP DATABASE \`${this.name}\`;`);
  }
}

/**
 * A server whose version has, or has not, the word MariaDB in it, reached through the first of some clients that is here
 * and is the server's own: what a client makes of a script differs between the two.
 */
async function detectServer(
  clients: readonly string[],
  connection: Connection,
  isMariaDb: boolean,
): Promise<Engine | undefined> {
  const { parameters, environment } = connection;
  for (const client of clients) {
    const isOwn = ({ exitCode, stdout }: ClientResult): boolean =>
      exitCode === 0 && stdout.includes("MariaDB") === isMariaDb;
    if (!isOwn(await runClient(client, ["--version"]))) continue;
    const query = ["--batch", "--skip-column-names", "--connect-timeout=5", "-e", "SELECT version()"];
    const answer = await runClient(client, [...parameters, ...query], { environment });
    if (!isOwn(answer)) continue;
    let server: Session | undefined;
    return {
      title: `${isMariaDb ? "MariaDB" : "MySQL"} ${answer.stdout.trim().split("-")[0]} through ${basename(client)}`,
      embedded: false,
      async createDatabase() {
        const name = databaseName();
        server ??= sessionOf(client, connection);
        await server.run(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4;`);
        return new ServerDatabase(client, connection, name, server);
      },
    };
  }
  return undefined;
}

/** The server of this machine, by its socket: where root has no password, as Debian installs it. */
const localSocket: Connection = { parameters: ["--user=root"], environment: {} };

export const mariadb: EngineKind = {
  title: "MariaDB",
  dialects: ["mariadb", "mysql"],
  required: true,
  remedy: "start MariaDB so that root reaches it by its socket, or set SQLEMBIC_TEST_MARIADB_URL",
  detect: () => {
    const url = process.env["SQLEMBIC_TEST_MARIADB_URL"];
    return detectServer(["mariadb", "mysql"], url === undefined ? localSocket : connectionOf(url), true);
  },
};

/** The URL of the server that `mysql-server.sh` started, which it leaves in its folder. */
function startedServer(): string | undefined {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const file = join(process.env["SQLEMBIC_MYSQL_FOLDER"] ?? join(cache, "sqlembic", "mysql"), "url");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/** The server that tests of MySQL run on, whether or not it answers. */
export function mysqlUrl(): string | undefined {
  return process.env["SQLEMBIC_TEST_MYSQL_URL"] ?? startedServer();
}

export const mysql: EngineKind = {
  title: "MySQL",
  dialects: ["mysql"],
  // continuous integration names it, unless Debian's unstable suite was out of reach
  required: process.env["SQLEMBIC_TEST_MYSQL_URL"] !== undefined,
  remedy: "run test/engines/mysql-server.sh, or set SQLEMBIC_TEST_MYSQL_URL",
  detect: () => {
    const url = mysqlUrl();
    if (url === undefined) return Promise.resolve(undefined);
    return detectServer([new URL(url).searchParams.get("client") ?? "mysql"], connectionOf(url), false);
  },
};
