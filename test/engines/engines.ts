import type { Engine, EngineKind, EngineName } from "./engine.js";
import { engineNames } from "./engine.js";
import { mariadb, mysql } from "./mysql.js";
import { postgresql } from "./postgresql.js";
import { sqlite } from "./sqlite.js";

export const engineKinds: Readonly<Record<EngineName, EngineKind>> = { postgresql, mariadb, mysql, sqlite };

/** What answers on this machine; undefined for an engine that is missing. */
export async function detectEngines(): Promise<Readonly<Record<EngineName, Engine | undefined>>> {
  const found = await Promise.all(engineNames.map(async (name) => [name, await engineKinds[name].detect()] as const));
  return Object.fromEntries(found) as Record<EngineName, Engine | undefined>;
}
