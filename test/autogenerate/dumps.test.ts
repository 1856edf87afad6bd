import { describe, expect } from "vitest";
import { testOn } from "../engines/test-on.js";
import { compared } from "./compared.js";
import { dumpOf } from "./dumped.js";
import { schemas as mysqlSchemas } from "./schemas/mysql.js";
import { schemas as postgresqlSchemas } from "./schemas/postgresql.js";
import { schemas as sqliteSchemas } from "./schemas/sqlite.js";

type Schemas = Readonly<Record<string, string>>;

/** What autogenerate finds between a text and the dump of the database that it makes, either way round. */
function testDumps(dialect: "postgresql" | "mariadb" | "mysql" | "sqlite", schemas: Schemas): void {
  const other = dialect === "mysql" ? ({ mariadb: "it has a dialect of its own" } as const) : {};
  for (const [title, text] of Object.entries(schemas)) {
    testOn(
      dialect,
      title,
      async ({ engine, embedded, database }) => {
        // pg_dump asks a server
        if (embedded && engine === "postgresql") return;
        const { exitCode, stderr } = await database.apply(text);
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
        const dump = await dumpOf(engine, database);
        const found = [await compared(dialect, text, dump), await compared(dialect, dump, text)];
        expect({ dump, detected: found.map(({ detected }) => detected) }).toEqual({ dump, detected: [[], []] });
      },
      { except: other },
    );
  }
}

describe("a schema and the dump of the database that it makes are the same", () => {
  testDumps("mariadb", mysqlSchemas);
  testDumps("mysql", mysqlSchemas);
  testDumps("postgresql", postgresqlSchemas);
  testDumps("sqlite", sqliteSchemas);
});
