"use strict";
/* Runs the bundled program as most processes run it, and keeps the code that V8 compiled for that. */
const { rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { codeCache, load, prepareEngine } = require("../../dist/bundle/load.cjs");

const commands = [["--help"], ["history"], ["upgrade", "head"]];
const nowhere = { write: () => true };

async function keepCode() {
  rmSync(codeCache, { force: true });
  prepareEngine();
  const { program, script } = load();
  const cwd = join(__dirname, "../../samples/bug-tracker");
  const terminal = { stdout: nowhere, stderr: nowhere, stdin: {}, cwd, environment: {}, now: () => new Date(0) };
  for (const command of commands) {
    const exitCode = await program.run(command, terminal);
    if (exitCode !== 0) throw new Error(`sqlembic ${command.join(" ")} failed.`);
  }
  writeFileSync(codeCache, script.createCachedData());
}

keepCode().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
