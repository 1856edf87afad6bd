import { expect } from "vitest";
import { loadDialect } from "../../dialects/index.js";
import { Catalog } from "../../src/catalog/catalog.js";
import { compareSchemas, differenceText } from "../../src/catalog/compare.js";
import { describeCatalog } from "../../src/catalog/describe.js";
import type { SchemaDescription } from "../../src/catalog/description.js";
import { catalogFreeContext } from "../../src/compiler/compile.js";
import { schemaOperations } from "../../src/compiler/schema-script.js";
import { applyAll } from "../../src/operations/index.js";
import { compileRange, type CompilableProject } from "../../src/project/compile-range.js";
import { replayHistory, replaySchema } from "../../src/project/replayed-schema.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import type { Database, Engine } from "../engines/engine.js";
import { detectEngines } from "../engines/engines.js";
import { applyClean } from "../engines/round-trip.js";
import { testOn } from "../engines/test-on.js";

async function described(dialect: DialectName, database: Database, versionTable: string): Promise<SchemaDescription> {
  const read = await (await loadDialect(dialect)).loadServerSchema?.();
  if (read === undefined) throw new Error(`${dialect} has no reader`);
  const all = await read((text) => database.query(text));
  return all.filter(({ table, name }) => ![table, name].includes(versionTable));
}

/** The printed schema, applied to an empty database, is the schema that the history leads to. */
export function printsWhatHistoryMakes(
  title: string,
  dialect: DialectName,
  load: () => Promise<CompilableProject>,
): void {
  testOn(dialect, `the printed schema of ${title} is what its history makes`, async ({ engine, database }) => {
    const project = await load();
    const schema = await replaySchema(project);
    const other = await ((await detectEngines())[engine] as Engine).createDatabase();
    try {
      await applyClean(database, (await compileRange(project, "heads")).script);
      expect(schema.sql()).not.toContain("Not known");
      await applyClean(other, schema.sql());
      const { versionTable } = project.config;
      const made = await described(dialect, database, versionTable);
      const printed = await described(dialect, other, versionTable);
      expect(made.filter(({ kind }) => kind === "table")).not.toEqual([]);
      expect(compareSchemas(made, printed).map(differenceText)).toEqual([]);
    } finally {
      await other.drop();
    }
    const { catalog, settings } = await replayHistory(project);
    const writer = catalogFreeContext(settings);
    const start = Catalog.empty({ rules: catalog.rules, isComplete: true });
    const again = applyAll(start, schemaOperations(catalog, settings));
    const differences = compareSchemas(describeCatalog(catalog, writer), describeCatalog(again, writer));
    expect(differences.map(differenceText)).toEqual([]);
  });
}
