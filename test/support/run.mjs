/**
 * `npm test`: sets the package up, then runs all tests, or those that the parameters name.
 *
 *   npm test -- test/revision      the tests of one folder
 *   npm test -- --update           rewrites the .sql files that are kept beside samples and golden projects
 */
import { spawnSync } from "node:child_process";
import { packageFolder, setUp } from "./setup.mjs";

setUp();

const parameters = process.argv.slice(2).filter((parameter) => parameter !== "--update");
const update = process.argv.includes("--update") ? { UPDATE_SAMPLES: "1" } : {};
const vitest = [`${packageFolder}node_modules/vitest/vitest.mjs`, "run", "--config", "test/support/vitest.config.ts"];
const { status } = spawnSync(process.execPath, [...vitest, ...parameters], {
  cwd: packageFolder,
  stdio: "inherit",
  env: { ...process.env, ...update },
});
process.exitCode = status ?? 1;
