import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import FaultsFirst from "./faults-first.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** What the program tells V8, which the end of each worker would wait for as well. */
const v8Flags = createRequire(import.meta.url)("../../src/bundle/v8-flags.cjs") as string[];

export default defineConfig({
  root,
  resolve: { alias: { sqlembic: `${root}src/index.ts` } },
  test: {
    include: ["test/**/*.test.ts"],
    execArgv: v8Flags,
    // one process runs many files: to evaluate the sources for each of them took longer than most of the tests
    isolate: false,
    maxWorkers: "100%",
    sequence: { sequencer: FaultsFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ["test/support/required-engines.ts", "test/support/required-nodes.ts"],
    setupFiles: ["test/parse-everything/setup.ts"],
    reporters: [
      "default",
      `${root}test/support/engine-reporter.ts`,
      `${root}test/support/node-reporter.ts`,
      `${root}test/parse-everything/reporter.ts`,
    ],
  },
});
