/**
 * The versions of Node that package.json names. The tests run the built program with each, the benchmark prints a table
 * for each.
 *
 *   npm run nodes      gets those that are missing, from npm's package `node`: some 50 MB each
 *
 * They are in `.nodes`, or in the folder that SQLEMBIC_TEST_NODES names.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { argv, env, execPath, platform, versions } from "node:process";
import { fileURLToPath } from "node:url";

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));
const folder = resolve(packageFolder, env.SQLEMBIC_TEST_NODES ?? ".nodes");

/** The major versions that are supported, in their order. */
export const supportedNodes = JSON.parse(readFileSync(`${packageFolder}package.json`, "utf8"))
  .engines.node.match(/(?<=\^)\d+/g)
  .map(Number);

/** What gets the versions that are missing. */
export const remedy = "npm run nodes";

/** The program of a version that has been got. */
function gotten(major) {
  const bin = join(folder, `n${major}`, "node_modules/node/bin");
  return [join(bin, "node"), join(bin, "node.exe")].find((path) => existsSync(path));
}

/**
 * The program of a version: one that has been got, or the one that runs this, if it is of that version.
 *
 * @param {number} major
 * @returns {string | undefined} undefined when it is not here
 */
export function nodeExecutable(major) {
  return gotten(major) ?? (Number.parseInt(versions.node) === major ? execPath : undefined);
}

/** Gets a version into a folder of its own, where no other package is in its way. */
function get(major) {
  const own = join(folder, `n${major}`);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "package.json"), '{ "private": true }\n');
  const parameters = ["install", "--no-audit", "--no-fund", "--loglevel=error", `node@${major}`];
  const { status } = spawnSync("npm", parameters, { cwd: own, stdio: "inherit", shell: platform === "win32" });
  if (status !== 0 || gotten(major) === undefined) throw new Error(`Node ${major} could not be got.`);
}

if (resolve(argv[1] ?? "") === fileURLToPath(import.meta.url)) {
  for (const major of supportedNodes) {
    if (gotten(major) === undefined) get(major);
    console.log(`Node ${major}: ${gotten(major)}`);
  }
}
