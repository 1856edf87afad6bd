import { readdirSync } from "node:fs";
import { keptProject } from "./support/kept-project.js";
import { packageFolder } from "./support/scripts.js";

/** Every folder is a project with a target for each of these dialects, named like it. */
const dialects = ["postgresql", "mysql", "mariadb", "sqlite"] as const;

for (const entry of readdirSync(`${packageFolder}test/golden`, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const targets = dialects.map((dialect) => ({
    dialect,
    target: dialect,
    files: { upgrade: `${dialect}.sql`, downgrade: `${dialect}.downgrade.sql` },
  }));
  keptProject(`test/golden/${entry.name}`, targets);
}
