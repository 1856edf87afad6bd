import { runClient } from "../engines/client.js";
import type { Database, EngineName, ResultRow } from "../engines/engine.js";
import { ServerDatabase } from "../engines/postgresql.js";

function name(row: ResultRow): string {
  return `\`${(row["name"] ?? "").replaceAll("`", "``")}\``;
}

/** What `mariadb-dump --no-data --routines` writes, of what a server says itself. */
async function mysqlDump(database: Database): Promise<string> {
  const tables = await database.query(
    `SELECT table_name AS name, if(table_type = 'BASE TABLE', 'TABLE', table_type) AS kind
     FROM information_schema.tables WHERE table_schema = database() ORDER BY table_type, table_name`,
  );
  const programs = await database.query(
    `SELECT routine_name AS name, routine_type AS kind FROM information_schema.routines WHERE routine_schema = database()
     UNION ALL SELECT trigger_name, 'TRIGGER' FROM information_schema.triggers WHERE trigger_schema = database()`,
  );
  const shown = async (rows: readonly ResultRow[]): Promise<readonly string[]> => {
    const all: string[] = [];
    for (const row of rows) {
      const [made] = await database.query(`SHOW CREATE ${row["kind"] ?? ""} ${name(row)}`);
      all.push(Object.entries(made ?? {}).find(([column]) => /^Create |^SQL Original/.test(column))?.[1] ?? "");
    }
    return all;
  };
  const statements = (await shown(tables)).map((statement) => `${statement};\n`);
  const bodies = (await shown(programs)).map((statement) => `DELIMITER ;;\n${statement} ;;\nDELIMITER ;\n`);
  return ["SET FOREIGN_KEY_CHECKS=0;\n", ...statements, ...bodies].join("");
}

async function postgresqlDump(database: Database): Promise<string> {
  if (!(database instanceof ServerDatabase)) throw new Error("pg_dump asks a server");
  const { stdout, stderr, exitCode } = await runClient("pg_dump", ["-s", "-d", database.url]);
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

/** What the shell's `.schema` writes. */
async function sqliteDump(database: Database): Promise<string> {
  const rows = await database.query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'");
  return rows.map(({ sql }) => `${sql ?? ""};\n`).join("");
}

const dumps: Readonly<Record<EngineName, (database: Database) => Promise<string>>> = {
  postgresql: postgresqlDump,
  mariadb: mysqlDump,
  mysql: mysqlDump,
  sqlite: sqliteDump,
};

/** The schema of a database, as its server writes it down. */
export function dumpOf(engine: EngineName, database: Database): Promise<string> {
  return dumps[engine](database);
}
