import type { ServerRow } from "../../compiler/server-schema.js";
import { EngineError } from "../../errors.js";
import { outputOf, type Client } from "./client.js";
import { scratchName, type ScratchDatabase, type ScratchServer } from "./database.js";

/** The client's parameters for a URL, whose `socket` parameter goes before its host. */
function clientFor(program: string, server: URL): Client {
  const socket = server.searchParams.get("socket");
  const password = decodeURIComponent(server.password);
  const place =
    socket === null ? [`--host=${server.hostname}`, `--port=${server.port || "3306"}`] : [`--socket=${socket}`];
  const user = decodeURIComponent(server.username);
  return {
    program,
    // a user's option file may set what changes the output
    parameters: [
      "--no-defaults",
      "--default-character-set=utf8mb4",
      ...(user === "" ? [] : [`--user=${user}`]),
      ...place,
    ],
    environment: password === "" ? {} : { MYSQL_PWD: password },
  };
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

/** The rows of the client's `--xml` output, the only one in which NULL and the text "NULL" differ. */
function rowsOfXml(xml: string): readonly ServerRow[] {
  const text = (escaped: string): string => escaped.replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all);
  const field = /<field name="([^"]*)"(?: xsi:nil="true" \/>|>([^<]*)<\/field>)/g;
  return [...xml.matchAll(/<row>([^]*?)<\/row>/g)].map(([, row = ""]) =>
    Object.fromEntries(
      [...row.matchAll(field)].map(([, name = "", value]) => [text(name), value === undefined ? null : text(value)]),
    ),
  );
}

class ServerDatabase implements ScratchDatabase {
  constructor(
    readonly client: Client,
    readonly name: string,
  ) {}

  #with(...parameters: readonly string[]): Client {
    return { ...this.client, parameters: [...this.client.parameters, ...parameters, this.name] };
  }

  async apply(pieces: readonly string[]): Promise<void> {
    await outputOf(this.#with(), pieces.join("\n"));
  }

  async query(sql: string): Promise<readonly ServerRow[]> {
    // long lists of columns are cut at 1024 bytes unless told otherwise
    const input = `SET SESSION group_concat_max_len = 1000000; ${sql};`;
    return rowsOfXml(await outputOf(this.#with("--xml"), input));
  }

  async clear(): Promise<void> {
    await outputOf(this.client, `${dropText(this.name)}\n${createText(this.name)}`);
  }

  async drop(): Promise<void> {
    await outputOf(this.client, dropText(this.name));
  }
}

function dropText(name: string): string {
  return `DROP DATABASE \`${name}\`;`;
}

function createText(name: string): string {
  return `CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4;`;
}

/** The client of MariaDB speaks to both servers; where it is missing, MySQL's does. */
async function reach(server: URL, programs: readonly string[]): Promise<{ client: Client; version: string }> {
  const [program, ...others] = programs;
  const client = clientFor(program ?? "mysql", server);
  try {
    return {
      client,
      version: await outputOf({ ...client, parameters: [...client.parameters, "-N", "-B"] }, "SELECT version();"),
    };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== "client-missing" || others.length === 0) throw error;
    return reach(server, others);
  }
}

/** A server of MySQL or MariaDB, through either client. */
export async function mysqlServer(url: string): Promise<ScratchServer> {
  const server = new URL(url.replace(/^(\w+)\+\w+:/, "$1:"));
  const { client, version } = await reach(server, ["mariadb", "mysql"]);
  const kind = version.includes("MariaDB") ? "MariaDB" : "MySQL";
  return {
    title: `${kind} ${version.trim().split("-")[0]} through ${client.program}`,
    async createDatabase() {
      const name = scratchName();
      await outputOf(client, createText(name));
      return new ServerDatabase(client, name);
    },
  };
}
