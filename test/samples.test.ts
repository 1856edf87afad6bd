import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { applyClean } from "./engines/round-trip.js";
import { schemaOf } from "./engines/schema.js";
import { testOn } from "./engines/test-on.js";
import { keptProject, type KeptTarget } from "./support/kept-project.js";
import { compileProject, expectKept, packageFolder } from "./support/scripts.js";

const files = { upgrade: "upgrade.sql", downgrade: "downgrade.sql" };

function filesOf(target: string): KeptTarget["files"] {
  return { upgrade: `${target}.upgrade.sql`, downgrade: `${target}.downgrade.sql` };
}

const samples: Readonly<Record<string, readonly KeptTarget[]>> = {
  branches: [{ dialect: "postgresql", files }],
  "bug-tracker": [{ dialect: "postgresql", files }],
  drizzle: [{ dialect: "postgresql", files }],
  saas: [
    { dialect: "mysql", target: "mysql", files: filesOf("mysql") },
    { dialect: "postgresql", target: "postgresql", files: filesOf("postgresql") },
  ],
  users: [{ dialect: "sqlite", files }],
  warehouse: [
    { dialect: "mssql", target: "mssql", files: filesOf("mssql") },
    { dialect: "oracle", target: "oracle", files: filesOf("oracle") },
  ],
};

for (const [name, targets] of Object.entries(samples)) keptProject(`samples/${name}`, targets);

it("covers every folder of samples", () => {
  const folders = readdirSync(`${packageFolder}samples`, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(samples).sort());
});

describe("the bug tracker", () => {
  const folder = "samples/bug-tracker";
  const insertBugs = `INSERT INTO bug (bug_tracker_url, root_cause)
    VALUES ('u1', 'race'), ('u2', 'leak'), ('u3', 'race'), ('u4', NULL);`;

  it("keeps the script of one revision", async () => {
    expectKept(`${folder}/add_root_cause_table.sql`, await compileProject(folder, "bc25b5f8939f:6c55e0560fd4"));
  });

  testOn("postgresql", "moves the texts of bugs into a table and back", async ({ engine, database }) => {
    const texts = "SELECT bug_tracker_url, root_cause FROM bug ORDER BY id";
    await applyClean(database, await compileProject(folder, "base:bc25b5f8939f"));
    await applyClean(database, insertBugs);
    const before = await database.query(texts);
    await applyClean(database, await compileProject(folder, "bc25b5f8939f:head"));
    const referred =
      "SELECT bug_tracker_url, name AS root_cause FROM bug LEFT JOIN root_cause AS r ON r.id = root_cause_id";
    expect(await database.query(`${referred} ORDER BY bug.id`)).toEqual(before);
    expect(await database.query("SELECT count(*) AS count FROM root_cause")).toEqual([{ count: "2" }]);
    const definitions = (await schemaOf(engine, database)).map(({ definition }) => definition);
    expect(definitions).toContain("constraint fk_bug_root_cause FOREIGN KEY (root_cause_id) REFERENCES root_cause(id)");
    expect(definitions.filter((definition) => definition.startsWith("column root_cause "))).toEqual([]);
    await applyClean(database, await compileProject(folder, "head:bc25b5f8939f", { direction: "downgrade" }));
    expect(await database.query(texts)).toEqual(before);
  });
});

describe("the software as a service", () => {
  const folder = "samples/saas";

  for (const target of ["mysql", "postgresql"] as const) {
    testOn(target, `keeps the rows of tenants and invoices, with the scripts for ${target}`, async ({ database }) => {
      const compile = (range: string, direction: "upgrade" | "downgrade" = "upgrade") =>
        compileProject(folder, range, { target, direction });
      await applyClean(database, await compile("base:1f3a9c27d0b4"));
      await applyClean(database, "INSERT INTO tenant (name) VALUES ('Ann & Co'), ('Bob');");
      await applyClean(
        database,
        "INSERT INTO invoice (tenant_id, amount, issued_on) SELECT id, 10.50, '2024-02-29' FROM tenant WHERE name = 'Bob';",
      );
      await applyClean(database, await compile("1f3a9c27d0b4:head"));
      const rows = await database.query(
        `SELECT display_name, plan, amount, currency FROM tenant LEFT JOIN invoice ON tenant_id = tenant.id ORDER BY tenant.id`,
      );
      expect(rows).toEqual([
        { display_name: "Ann & Co", plan: "free", amount: null, currency: null },
        { display_name: "Bob", plan: "free", amount: "10.50", currency: "EUR" },
      ]);
      await applyClean(database, await compile("head:1f3a9c27d0b4", "downgrade"));
      expect(await database.query("SELECT name FROM tenant ORDER BY id")).toEqual([
        { name: "Ann & Co" },
        { name: "Bob" },
      ]);
    });
  }

  it("builds an index without stopping writers on PostgreSQL, outside the transaction", async () => {
    const script = await compileProject(folder, "head-1:head", { target: "postgresql" });
    expect(script).toMatch(/COMMIT;\n\nCREATE INDEX CONCURRENTLY [^;]+;\n\nRESET [^]*\n\nBEGIN /);
    expect(await compileProject(folder, "head-1:head", { target: "mysql" })).not.toMatch(/CONCURRENTLY/);
  });
});

describe("the two branches", () => {
  const folder = "samples/branches";

  testOn("postgresql", "can be had one by one, with what they depend on", async ({ engine, database }) => {
    const tables = async (): Promise<readonly string[]> => {
      const schema = await schemaOf(engine, database);
      return schema.filter(({ definition }) => definition === "relation r").map(({ owner }) => owner);
    };
    const versions = async () =>
      (await database.query("SELECT version_num FROM alembic_version")).map((row) => row["version_num"]);
    await applyClean(database, await compileProject(folder, "base:billing@22b9a1c4d7e5"));
    expect(await tables()).toEqual(["alembic_version", "billing_account", "customer", "invoice"]);
    expect(await versions()).toEqual(["22b9a1c4d7e5"]);
    await applyClean(database, await compileProject(folder, "22b9a1c4d7e5:heads"));
    expect(await tables()).toEqual(["alembic_version", "billing_account", "customer", "invoice", "parcel"]);
    expect(await versions()).toEqual(["40d7e1f9c2a4"]);
  });

  it("bring a table of the other branch where one depends on it", async () => {
    const script = await compileProject(folder, "base:shipping@32f6d0e8b1c3");
    expect(script.indexOf("CREATE TABLE billing_account")).toBeGreaterThan(0);
    expect(script.indexOf("CREATE TABLE billing_account")).toBeLessThan(script.indexOf("fk_parcel_billing_account"));
    expect(script).not.toContain("CREATE TABLE invoice");
  });
});

describe("the users", () => {
  const folder = "samples/users";

  testOn("sqlite", "keep their rows, and the first of two keeps the address", async ({ database }) => {
    await applyClean(database, await compileProject(folder, "base:1a2f6c8e4d90"));
    await applyClean(
      database,
      `INSERT INTO users (name, mail) VALUES ('Ann', 'ANN@example.org '), ('Bob', ''), ('Cid', 'ann@example.org'), ('Dee', NULL);`,
    );
    await applyClean(database, await compileProject(folder, "1a2f6c8e4d90:head"));
    expect(await database.query("SELECT name, email FROM users ORDER BY id")).toEqual([
      { name: "Ann", email: "ann@example.org" },
      { name: "Bob", email: null },
      { name: "Cid", email: null },
      { name: "Dee", email: null },
    ]);
    await applyClean(database, await compileProject(folder, "head:1a2f6c8e4d90", { direction: "downgrade" }));
    expect(await database.query("SELECT mail FROM users WHERE name = 'Ann'")).toEqual([{ mail: "ann@example.org" }]);
  });
});
