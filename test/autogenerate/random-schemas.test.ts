import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadDialect } from "../../dialects/index.js";
import { compareSchemas, differenceText } from "../../src/catalog/compare.js";
import type { SchemaDescription } from "../../src/catalog/description.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import type { Database } from "../engines/engine.js";
import { testOn, type EngineTest } from "../engines/test-on.js";
import { compared } from "./compared.js";
import { anySchema, sqlOf } from "./random-schemas.js";

const seed = Number(process.env["SQLEMBIC_TEST_SEED"] ?? 7);
const dialects: readonly DialectName[] = ["postgresql", "mysql", "mariadb", "sqlite"];

describe("autogenerate between any two schemas", () => {
  it.each(dialects)(
    "leads there and back on the replayed schema, and then finds nothing: %s",
    async (dialect) => {
      const property = fc.asyncProperty(anySchema, anySchema, async (from, to) => {
        const { rest, gaps } = await compared(dialect, sqlOf(from, dialect), sqlOf(to, dialect));
        expect({ rest, gaps }).toEqual({ rest: [], gaps: { upgrade: [], downgrade: [] } });
        expect((await compared(dialect, sqlOf(from, dialect), sqlOf(from, dialect))).detected).toEqual([]);
      });
      await fc.assert(property, { seed, numRuns: 25 });
    },
    120_000,
  );

  for (const dialect of dialects) {
    const body = async ({ database }: EngineTest): Promise<void> => {
      const read = await (await loadDialect(dialect)).loadServerSchema?.();
      if (read === undefined) throw new Error(`${dialect} cannot be read back`);
      const described = (): Promise<SchemaDescription> => read((sql) => database.query(sql));
      const pairs = fc.sample(fc.tuple(anySchema, anySchema), { seed, numRuns: 4 });
      for (const [from, to] of pairs) {
        const [before, after] = [sqlOf(from, dialect), sqlOf(to, dialect)];
        const { sql, back } = await compared(dialect, before, after);
        const script = (statements: readonly string[]): string => statements.map((one) => `${one};\n`).join("");
        const clear = async (): Promise<void> => emptied(dialect, database);
        const schemaBy = async (...texts: readonly string[]): Promise<SchemaDescription> => {
          await clear();
          for (const text of texts) {
            const { exitCode, stderr } = await database.apply(text);
            expect({ exitCode, stderr, text }).toEqual({ exitCode: 0, stderr: "", text });
          }
          return described();
        };
        const [old, wanted] = [await schemaBy(before), await schemaBy(after)];
        const there = await schemaBy(before, script(sql));
        const again = await schemaBy(after, script(back));
        const differences = (one: SchemaDescription, other: SchemaDescription): readonly string[] =>
          compareSchemas(one, other)
            .filter(({ difference }) => difference !== "order")
            .map(differenceText)
            .filter((text) => !isIndexOfKey(text));
        expect({ before, after, sql, differences: differences(wanted, there) }).toMatchObject({ differences: [] });
        expect({ before, after, back, differences: differences(old, again) }).toMatchObject({ differences: [] });
      }
      await emptied(dialect, database);
    };
    const except = dialect === "mysql" ? { mariadb: "what MariaDB makes of its own dialect is tried below" } : {};
    testOn(dialect, `leads there and back: ${dialect}`, body, { except });
  }
});

/** MySQL makes an index for a foreign key, and keeps it when the key goes. */
function isIndexOfKey(text: string): boolean {
  return /^index fk_\w+ of \w+ is (?:left over|missing)$/.test(text);
}

/** Takes everything out of a database. */
async function emptied(dialect: DialectName, database: Database): Promise<void> {
  if (dialect === "postgresql") {
    await database.apply("SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public;");
    return;
  }
  const isSqlite = dialect === "sqlite";
  const objects = await database.query(
    isSqlite
      ? "SELECT name, type AS kind FROM sqlite_master WHERE type IN ('table', 'view')"
      : "SELECT table_name AS name, table_type AS kind FROM information_schema.tables WHERE table_schema = database()",
  );
  const drops = objects.map(({ name, kind }) => {
    const word = (kind ?? "").toLowerCase().includes("view") ? "VIEW" : "TABLE";
    return `DROP ${word} ${isSqlite ? `"${name}"` : `\`${name}\``};\n`;
  });
  await database.apply(`${isSqlite ? "" : "SET foreign_key_checks = 0;\n"}${drops.join("")}`);
}
