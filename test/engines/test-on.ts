import { test } from "vitest";
import type { DialectName } from "../../src/schema/dialect-names.js";
import type { Database, Engine, EngineName } from "./engine.js";
import { engineNames } from "./engine.js";
import { detectEngines, engineKinds } from "./engines.js";

const engines = await detectEngines();

declare module "vitest" {
  interface TaskMeta {
    /** The engine that the test runs on: counted in the report at the end. */
    engine?: EngineName;
  }
}

/** What a test on an engine gets. */
export interface EngineTest {
  readonly engine: EngineName;
  readonly embedded: boolean;
  /** An empty database, dropped when the test ends. */
  readonly database: Database;
}

export interface EngineTestOptions {
  /** Engines that cannot run this script, each with the reason. */
  readonly except?: Partial<Readonly<Record<EngineName, string>>>;
}

/** A test for each engine that runs the scripts of a dialect; it is skipped where the engine is missing. */
export function testOn(
  dialect: DialectName,
  title: string,
  body: (context: EngineTest) => Promise<void>,
  { except = {} }: EngineTestOptions = {},
): void {
  for (const name of engineNames) {
    if (!engineKinds[name].dialects.includes(dialect) || except[name] !== undefined) continue;
    const engine = engines[name];
    // a server waits for others on a busy machine
    const options = { meta: { engine: name }, skip: engine === undefined, timeout: 300_000 };
    test(`${title}, on ${engineKinds[name].title}`, options, async () => {
      const database = await (engine as Engine).createDatabase();
      try {
        await body({ engine: name, embedded: (engine as Engine).embedded, database });
      } finally {
        await database.drop();
      }
    });
  }
}
