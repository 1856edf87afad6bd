"use strict";

/*
 * What V8 is told by a process that lives for one command: not to optimise the grammar of PostgreSQL, which is
 * WebAssembly. Its one large function takes longer than all texts that it is to read, and the end of the process waits
 * for it. Once V8 runs, it takes both flags to say so. What else there is to tune has another name in each V8, and no
 * gain that can be told from the noise.
 *
 * A program that reads 1,000 statements, seconds of CPU and MB at the peak, with the flags and without:
 *
 *   Node 20   0.29   60    0.77   99        Node 24   0.24   69    2.39  651
 *   Node 22   0.21   64    1.28  138        Node 26   0.37   69    0.91  125
 */
const flags = ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"];

/** V8 complains on stderr about a flag that it does not know: these are for the versions that they were tried with. */
const newestTried = 26;

module.exports = Number.parseInt(process.versions.node) <= newestTried ? flags : [];
