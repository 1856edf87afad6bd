import type { ServerRow } from "../../compiler/server-schema.js";
import { outputOf, type Client } from "./client.js";
import { scratchName, type ScratchDatabase, type ScratchServer } from "./database.js";
import { embeddedPackage, refused } from "./embedded.js";
import { importModule } from "../../on-demand.js";

/** Rows as one JSON text with every value as text: the same for psql and for the embedded server. */
function rowsAsJson(sql: string): string {
  const row = "SELECT json_object_agg(key, value) FROM json_each_text(row_to_json(result))";
  return `SELECT coalesce(json_agg((${row})), '[]')::text AS rows FROM (${sql}) AS result`;
}

/** Drops every schema of the user's, and makes the one that is there by itself anew. */
const clearing = `DO $$
DECLARE found text;
BEGIN
  FOR found IN SELECT quote_ident(extname) FROM pg_extension WHERE extname <> 'plpgsql' LOOP
    EXECUTE 'DROP EXTENSION ' || found || ' CASCADE';
  END LOOP;
  FOR found IN SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
    EXECUTE 'DROP SCHEMA ' || found || ' CASCADE';
  END LOOP;
  CREATE SCHEMA public;
END
$$;`;

/** psql on one database of a server; a password in the URL goes through the environment. */
function psql(server: URL, database?: string): Client {
  const url = new URL(server.href);
  const password = decodeURIComponent(url.password);
  url.password = "";
  if (database !== undefined) url.pathname = `/${database}`;
  return {
    program: "psql",
    parameters: ["-X", "-A", "-t", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-d", url.href],
    environment: {
      PGCLIENTENCODING: "UTF8",
      PGOPTIONS: "-c client_min_messages=warning",
      ...(password !== "" && { PGPASSWORD: password }),
    },
  };
}

class ServerDatabase implements ScratchDatabase {
  constructor(
    readonly server: URL,
    readonly name: string,
  ) {}

  async apply(pieces: readonly string[]): Promise<void> {
    await outputOf(psql(this.server, this.name), pieces.join("\n"));
  }

  async query(sql: string): Promise<readonly ServerRow[]> {
    return JSON.parse(await outputOf(psql(this.server, this.name), `${rowsAsJson(sql)};`)) as ServerRow[];
  }

  async clear(): Promise<void> {
    await this.apply([clearing]);
  }

  async drop(): Promise<void> {
    await outputOf(psql(this.server), `DROP DATABASE "${this.name}";`);
  }
}

/** A server, through psql. */
export async function postgresqlServer(url: string): Promise<ScratchServer> {
  const server = new URL(url.replace(/^(\w+)\+\w+:/, "$1:"));
  const version = await outputOf(psql(server), "SHOW server_version;");
  return {
    title: `PostgreSQL ${version.trim().split(" ")[0]} through psql`,
    async createDatabase() {
      const name = scratchName();
      await outputOf(psql(server), `CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'UTF8';`);
      return new ServerDatabase(server, name);
    },
  };
}

/** The server inside this process: https://pglite.dev */
export async function embeddedPostgresql(): Promise<ScratchServer> {
  const { PGlite } = await embeddedPackage(
    "@electric-sql/pglite",
    () => importModule("@electric-sql/pglite") as Promise<typeof import("@electric-sql/pglite")>,
  );
  const title = "PGlite, the PostgreSQL inside this process";
  return {
    title,
    async createDatabase() {
      const server = await PGlite.create();
      const apply = async (pieces: readonly string[]): Promise<void> => {
        for (const piece of pieces) {
          try {
            await server.exec(piece);
          } catch (cause) {
            throw refused(title, cause);
          }
        }
      };
      return {
        apply,
        async query(sql) {
          const { rows } = await server.query<{ rows: string }>(rowsAsJson(sql));
          return JSON.parse(rows[0]?.rows ?? "[]") as ServerRow[];
        },
        clear: () => apply([clearing]),
        drop: () => server.close(),
      };
    },
  };
}
