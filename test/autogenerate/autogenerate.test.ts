import { describe, expect, it } from "vitest";
import { dialectNames } from "../../src/schema/dialect-names.js";
import { compared } from "./compared.js";

const account = "CREATE TABLE account (id INTEGER NOT NULL, name VARCHAR(20), PRIMARY KEY (id))";

describe("autogenerate", () => {
  it.each(dialectNames)("finds nothing between a schema and itself: %s", async (dialect) => {
    const { detected, upgrade, downgrade } = await compared(dialect, `${account};`, `${account};`);
    expect({ detected, upgrade, downgrade }).toEqual({ detected: [], upgrade: [], downgrade: [] });
  });

  it.each(dialectNames)("says what it found in Alembic's words, and leads there and back: %s", async (dialect) => {
    const wanted = `CREATE TABLE account (id INTEGER NOT NULL, name VARCHAR(20), email VARCHAR(50), PRIMARY KEY (id));
      CREATE TABLE item (id INTEGER NOT NULL, account_id INTEGER, PRIMARY KEY (id),
        CONSTRAINT fk_item_account FOREIGN KEY (account_id) REFERENCES account (id));
      CREATE INDEX ix_account_name ON account (name);`;
    const { detected, rest } = await compared(dialect, `${account};`, wanted);
    expect(detected).toEqual([
      "Detected added table 'item'",
      "Detected added column 'account.email'",
      "Detected added index 'ix_account_name' on '(name)'",
    ]);
    expect(rest).toEqual([]);
  });
});
