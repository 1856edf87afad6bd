import { engineNames } from "../engines/engine.js";
import { detectEngines, engineKinds } from "../engines/engines.js";

/** In continuous integration nothing may be skipped unseen: a missing engine fails the run before its first test. */
export default async function requireEngines(): Promise<void> {
  if (!["true", "1"].includes(process.env["CI"] ?? "")) return;
  const engines = await detectEngines();
  const missing = engineNames.filter((name) => engineKinds[name].required && engines[name]?.embedded !== false);
  if (missing.length === 0) return;
  const lines = missing.map((name) => `  ${engineKinds[name].title}: ${engineKinds[name].remedy}`);
  throw new Error(`CI is set, and these engines do not answer:\n${lines.join("\n")}`);
}
