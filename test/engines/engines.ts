import type { Engine, EngineKind, EngineName } from "./engine.js";
import { engineNames } from "./engine.js";
import { mariadb, mysql } from "./mysql.js";
import { postgresql } from "./postgresql.js";
import { sqlite } from "./sqlite.js";

export const engineKinds: Readonly<Record<EngineName, EngineKind>> = { postgresql, mariadb, mysql, sqlite };

const found = new Map<EngineName, Promise<Engine | undefined>>();

/** An engine, looked for once in each process; undefined where nothing answers. */
export function detectEngine(name: EngineName): Promise<Engine | undefined> {
  const engine = found.get(name) ?? engineKinds[name].detect();
  found.set(name, engine);
  return engine;
}

/** What answers on this machine; undefined for an engine that is missing. */
export async function detectEngines(): Promise<Readonly<Record<EngineName, Engine | undefined>>> {
  const engines = await Promise.all(engineNames.map(async (name) => [name, await detectEngine(name)] as const));
  return Object.fromEntries(engines) as Record<EngineName, Engine | undefined>;
}
