/** What a bare clone needs before anything in it runs: the installed dependencies and the compiled package. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the package, with a slash at its end. */
export const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a program in the package's folder and ends this one when that fails. What it prints goes to stderr. */
export function run(program, parameters) {
  const options = { cwd: packageFolder, stdio: ["ignore", process.stderr, process.stderr] };
  // npm is a script with an extension on Windows, which only a shell finds
  const { status, error } = spawnSync(program, parameters, { ...options, shell: process.platform === "win32" });
  if (status === 0) return;
  process.stderr.write(`${program} ${parameters.join(" ")} failed${error ? `: ${error.message}` : ""}\n`);
  process.exit(status || 1);
}

/** Whether node_modules holds what package-lock.json names: npm keeps a copy of the lock of what it installed. */
function isInstalled() {
  const installedFile = `${packageFolder}node_modules/.package-lock.json`;
  if (!existsSync(installedFile)) return false;
  const { packages: wanted } = JSON.parse(readFileSync(`${packageFolder}package-lock.json`, "utf8"));
  const { packages: installed } = JSON.parse(readFileSync(installedFile, "utf8"));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || installed[path]?.version === version || (optional === true && installed[path] === undefined),
  );
}

/** Installs when that is needed, and builds `dist`. */
export function setUp() {
  if (!isInstalled()) {
    process.stderr.write("Installing the dependencies (npm ci)\n");
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  }
  run("npm", ["run", "--silent", "build"]);
}
