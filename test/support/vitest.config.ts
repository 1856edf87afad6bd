import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { sqlembic: `${root}src/index.ts` } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ["test/support/required-engines.ts"],
    setupFiles: ["test/parse-everything/setup.ts"],
    reporters: ["default", `${root}test/support/engine-reporter.ts`, `${root}test/parse-everything/reporter.ts`],
  },
});
