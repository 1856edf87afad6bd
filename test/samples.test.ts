import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { applyClean } from "./engines/round-trip.js";
import { schemaOf } from "./engines/schema.js";
import { testOn } from "./engines/test-on.js";
import { keptProject, type KeptTarget } from "./support/kept-project.js";
import { compileProject, expectKept, packageFolder } from "./support/scripts.js";

const files = { upgrade: "upgrade.sql", downgrade: "downgrade.sql" };

const samples: Readonly<Record<string, readonly KeptTarget[]>> = {
  "bug-tracker": [{ dialect: "postgresql", files }],
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
