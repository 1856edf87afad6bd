import { readDatabaseUrl } from "../../config/database-url.js";
import { EngineError, UsageError } from "../../errors.js";
import type { DialectName } from "../../schema/dialect-names.js";
import type { ScratchServer } from "./database.js";

/** Where the scripts of a dialect can be run: inside this process, and on a server named by a URL. */
interface EngineKind {
  readonly embedded?: () => Promise<ScratchServer>;
  readonly server: (url: string) => Promise<ScratchServer>;
}

/** Each is loaded when it is asked for: they start programs and load engines. */
const mysql: EngineKind = { server: async (url) => (await import("./mysql.js")).mysqlServer(url) };
const engines: { readonly [D in DialectName]?: EngineKind } = {
  postgresql: {
    embedded: async () => (await import("./postgresql.js")).embeddedPostgresql(),
    server: async (url) => (await import("./postgresql.js")).postgresqlServer(url),
  },
  mysql,
  mariadb: mysql,
  sqlite: {
    embedded: async () => (await import("./sqlite.js")).embeddedSqlite(),
    server: async () => (await import("./sqlite.js")).sqliteShell(),
  },
};

const families: { readonly [D in DialectName]?: string } = { mysql: "mysql", mariadb: "mysql" };

function familyOf(dialect: DialectName): string {
  return families[dialect] ?? dialect;
}

/**
 * The engine to prove on: the one inside this process, or the server that a URL names.
 *
 * @throws EngineError where there is none for the dialect, UsageError for a URL of another one
 */
export async function engineFor(dialect: DialectName, url: string | undefined): Promise<ScratchServer> {
  const kind = engines[dialect];
  if (kind === undefined) {
    throw new EngineError("no-engine", `Nothing can be proven on a server of ${dialect}.`, {
      hint: "Leave --engine out: the replayed schema proves the same without a server.",
    });
  }
  if (url !== undefined) {
    const named = readDatabaseUrl(url);
    if (typeof named === "string") throw new UsageError("invalid-url", `--engine: ${named}.`);
    if (familyOf(named.dialect) !== familyOf(dialect)) {
      throw new UsageError(
        "other-dialect",
        `--engine names a server of ${named.dialect}; the scripts are for ${dialect}.`,
        {
          hint: `Name a server of ${dialect}, or choose the dialect with --dialect.`,
        },
      );
    }
    return kind.server(url);
  }
  if (kind.embedded !== undefined) return kind.embedded();
  throw new EngineError("no-embedded-engine", `There is no ${dialect} that could run inside this process.`, {
    hint: `Name a server: prove --engine="${dialect}://root@localhost/?socket=/run/mysqld/mysqld.sock"`,
  });
}
