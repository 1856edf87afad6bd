import { describe, expect, it } from "vitest";
import { column, compileOperations, index, t } from "../../src/index.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";

const expected: { readonly [D in DialectName]: string } = {
  postgresql: "number BIGSERIAL NOT NULL",
  mysql: "number BIGINT NOT NULL AUTO_INCREMENT",
  mariadb: "number BIGINT NOT NULL AUTO_INCREMENT",
  mssql: "number BIGINT NOT NULL IDENTITY",
  sqlite: 'Column "number" is to count up beside the primary key, which SQLite cannot do.',
  oracle: 'Column "number" is to count up by itself, which Oracle does for identities alone.',
};

/** The definition of the column, or why there is none. */
async function counting(dialect: DialectName): Promise<string> {
  try {
    const statements = await compileOperations(
      (op) =>
        op.createTable("ticket", [
          column("id", t.uuid(), { primaryKey: true }),
          column("number", t.bigInteger(), { autoincrement: "always" }),
          index("ix_number", ["number"], { unique: true }),
        ]),
      { dialect },
    );
    return /number [^,\n]*(?=,?\n)/.exec(statements[0]?.sql ?? "")?.[0] ?? "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a column that counts beside the primary key", () => {
  it.each(dialectNames)("is what the server has for it, or refused: %s", async (dialect) => {
    expect(await counting(dialect)).toBe(expected[dialect]);
  });

  it("is a whole number that takes no NULL, on PostgreSQL", async () => {
    const make = (type: Parameters<typeof column>[1], nullable?: boolean) =>
      compileOperations(
        (op) => op.addColumn("a", column("n", type, { autoincrement: "always", ...(nullable && { nullable }) })),
        { dialect: "postgresql" },
      );
    await expect(make(t.numeric(10, 2))).rejects.toThrow('Column "n" is to count up, but is NUMERIC(10, 2).');
    await expect(make(t.integer(), true)).rejects.toThrow('Column "n" is to count up and to take NULL');
  });
});
