import { expect } from "vitest";
import type { Database } from "./engine.js";
import type { SchemaObject } from "./schema.js";
import { schemaOf } from "./schema.js";
import type { EngineTest } from "./test-on.js";

/** The scripts from base to the heads and back. */
export interface Scripts {
  readonly upgrade: string;
  readonly downgrade: string;
  readonly versionTable: string;
}

// what psql says of CREATE TABLE IF NOT EXISTS where the version table is there already
const expectedNotice = /^.*NOTICE: {2}relation "\w*version\w*" already exists, skipping\n/gm;

/** Applies a script that the client has to take without a word of complaint. */
export async function applyClean(database: Database, script: string): Promise<void> {
  const { exitCode, stderr } = await database.apply(script);
  expect({ exitCode, stderr: stderr.replace(expectedNotice, "") }).toEqual({ exitCode: 0, stderr: "" });
}

/**
 * Upgrades an empty database, downgrades it until nothing but an empty version table is left, and upgrades it again to
 * the same schema, which is returned.
 */
export async function roundTrip(
  { engine, database }: EngineTest,
  { upgrade, downgrade, versionTable }: Scripts,
): Promise<readonly SchemaObject[]> {
  await applyClean(database, upgrade);
  const schema = await schemaOf(engine, database);
  expect(schema.filter(({ owner }) => owner !== versionTable)).not.toEqual([]);
  await applyClean(database, downgrade);
  const left = await schemaOf(engine, database);
  expect(left.filter(({ owner }) => owner !== versionTable)).toEqual([]);
  expect(left).not.toEqual([]);
  expect(await database.query(`SELECT version_num FROM ${versionTable}`)).toEqual([]);
  await applyClean(database, upgrade);
  expect(await schemaOf(engine, database)).toEqual(schema);
  return schema;
}
