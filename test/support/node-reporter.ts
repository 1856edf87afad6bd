import type { Reporter } from "vitest/node";
import { nodeExecutable, remedy, supportedNodes } from "./nodes.mjs";

/** Ends a run by saying which of the supported versions of Node were not at hand. */
export default class NodeReporter implements Reporter {
  onTestRunEnd(): void {
    const missing = supportedNodes.filter((major) => nodeExecutable(major) === undefined);
    if (missing.length === 0) return;
    console.log(`Not tried with Node ${missing.join(", ")}, which are not here; to include them, ${remedy}\n`);
  }
}
