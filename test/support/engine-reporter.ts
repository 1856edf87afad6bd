import type { Reporter, TestModule } from "vitest/node";
import type { EngineName } from "../engines/engine.js";
import { engineNames } from "../engines/engine.js";
import { detectEngines, engineKinds } from "../engines/engines.js";

/** Ends a run by saying on which engines scripts were applied, and which engines were skipped. */
export default class EngineReporter implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const ran = new Map<EngineName, number>();
    const failed = new Map<EngineName, number>();
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { engine } = test.meta();
        const { state } = test.result();
        if (engine === undefined || state === "pending" || state === "skipped") continue;
        ran.set(engine, (ran.get(engine) ?? 0) + 1);
        if (state === "failed") failed.set(engine, (failed.get(engine) ?? 0) + 1);
      }
    }
    const engines = await detectEngines();
    const lines = engineNames.map((name) => {
      const { title, remedy } = engineKinds[name];
      const engine = engines[name];
      if (engine === undefined) return `  ${title}: skipped, nothing answers; to include it, ${remedy}`;
      const tests = ran.get(name) ?? 0;
      if (tests === 0) return `  ${engine.title}: here, but none of these tests uses it`;
      const result = failed.has(name) ? `${failed.get(name)} of ${tests} tests failed` : `${tests} tests passed`;
      const better = engine.embedded ? `; for the real server, ${remedy}` : "";
      return `  ${engine.title}: ${result}${better}`;
    });
    console.log(`\nScripts were applied on:\n${lines.join("\n")}\n`);
  }
}
