"use strict";
const { readFileSync } = require("node:fs");
const { wrap } = require("node:module");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

const file = join(__dirname, "program.cjs");
const codeCache = join(__dirname, "program.cache");

let loaded;

/**
 * The program, once for a process: what its command line runs, and what `import … from "sqlembic"` gives to programs
 * and to files of a project, have to be the same modules.
 *
 * V8 takes the code that it compiled when the package was built, which is a sixth of the time of a small compilation.
 * It looks itself whether that was for the same version and settings, and compiles anew where it was not. Of the text it
 * compares the length alone: the two files are written together, and whoever changes one by hand has to remove the other.
 */
function load() {
  if (loaded !== undefined) return loaded;
  const module = { exports: {} };
  // The text is ASCII: nothing has to be decoded.
  const script = new Script(wrap(readFileSync(file, "latin1")), {
    filename: file,
    cachedData: read(codeCache),
  });
  script.runInThisContext()(module.exports, require, module, file, __dirname);
  return (loaded = { program: module.exports, script });
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Sets V8 up for a process that lives for one command. A compilation ends before most optimised code has paid for its
 * making: V8 is told to wait three times as long before it optimises, and not to optimise the grammar in WebAssembly,
 * whose one large function takes longer than all texts.
 */
function prepareEngine() {
  setFlagsFromString("--interrupt-budget=400000");
  setFlagsFromString("--liftoff-only");
}

module.exports = { codeCache, load, prepareEngine };
