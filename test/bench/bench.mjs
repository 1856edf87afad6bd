/**
 * Measures whole processes on chains of revisions, six operations each: one of literals alone, and a mixed one, a third of
 * which has conditions, loops, a helper module and DDL of its own. Told are time, peak memory, and the ratio to starting
 * Node alone in the same run, or where two schemas are compared, to printing one of them. Targets are printed beside; a
 * missed one makes the exit code 1.
 *
 *   npm run bench                        with the Node that runs this
 *   npm run bench -- --nodes 20,24      with each of these, got by `npm run nodes`
 *   npm run bench -- --runs 3           5 without
 *   npm run bench -- --lenient          exit code 0 in any case: on a machine that others share, a ratio proves little
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeExecutable, remedy } from "../support/nodes.mjs";
import { chains, identifier, tables } from "./chains.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const main = join(root, "dist/bundle/cli.cjs");
const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    lenient: { type: "boolean", default: false },
    nodes: { type: "string", default: String(Number.parseInt(process.versions.node)) },
  },
});
const runs = Number(options.runs);
const nodes = options.nodes.split(",").map((major) => {
  const executable = nodeExecutable(Number(major));
  if (executable !== undefined) return executable;
  console.error(`Node ${major} is not here: run ${remedy} first`);
  process.exit(2);
});

/** Writes a project with so many revisions of a chain. */
function writeProject({ revision, files }, count) {
  const folder = mkdtempSync(join(tmpdir(), `sqlembic-bench-${count}-`));
  mkdirSync(join(folder, "versions"));
  const config = 'export default { dialect: "postgresql", targetVersion: "16", targetSchema: "schema.sql" };\n';
  for (const [name, text] of Object.entries({ "sqlembic.config.ts": config, ...files })) {
    writeFileSync(join(folder, name), text);
  }
  for (let position = 0; position < count; position++) {
    writeFileSync(join(folder, "versions", `${identifier(position)}_change.ts`), revision(position));
  }
  return folder;
}

/** Runs a command and returns its seconds and its peak memory, as the system counted them. */
function measure(node, args, cwd, status = 0) {
  const start = process.hrtime.bigint();
  const timed = existsSync("/usr/bin/time");
  const command = timed ? ["/usr/bin/time", "-f", "%M", node, ...args] : [node, ...args];
  const result = spawnSync(command[0], command.slice(1), {
    cwd,
    maxBuffer: 2 ** 30,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (result.status !== status) throw new Error(`${args.join(" ")} failed:\n${result.stderr}`);
  const lines = result.stderr.toString().trim().split("\n");
  return { seconds, kilobytes: timed ? Number(lines.at(-1)) : Number.NaN };
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

if (!existsSync(main)) {
  console.error("dist is missing: run npm run build first");
  process.exit(2);
}
const small = writeProject(chains.literal, 1000);
const large = writeProject(chains.literal, 5000);
const smallMixed = writeProject(chains.mixed, 1000);
const largeMixed = writeProject(chains.mixed, 5000);
const wide = writeProject(tables(1000, 50), 1);
const memory = 250;
const cases = [
  { name: "upgrade head, 1,000 revisions", args: [main, "upgrade", "head"], cwd: small, ratio: 6, memory },
  { name: "upgrade head, 5,000 revisions", args: [main, "upgrade", "head"], cwd: large, ratio: 16, memory },
  { name: "upgrade head, 1,000 mixed", args: [main, "upgrade", "head"], cwd: smallMixed, ratio: 6, memory },
  { name: "upgrade head, 5,000 mixed", args: [main, "upgrade", "head"], cwd: largeMixed, ratio: 16, memory },
  { name: "upgrade head-1:head of 5,000", args: [main, "upgrade", "head-1:head"], cwd: large, ratio: 6, memory },
  { name: "history of 1,000", args: [main, "history"], cwd: small, memory },
  { name: "history of 5,000", args: [main, "history"], cwd: large, memory },
  { name: "--help", args: [main, "--help"], cwd: small, ratio: 2.5, memory },
  { name: "schema of 1,000 tables", args: [main, "schema"], cwd: wide, memory },
  {
    name: "check of 1,000 tables, 50 differ",
    args: [main, "check"],
    cwd: wide,
    status: 1,
    base: "schema",
    ratio: 1.5,
    memory,
  },
];
/** Prints a line for each case, and gives how many miss their target. */
function table(node) {
  let missed = 0;
  // The two are run in turn, so that a machine whose speed drifts moves both sides of a ratio.
  for (const { name, args, cwd, ratio, memory, status, base } of cases) {
    measure(node, args, cwd, status);
    const pairs = Array.from({ length: runs }, () => ({
      own: measure(node, args, cwd, status),
      start: measure(node, base === undefined ? ["-e", "0"] : [main, base], cwd),
    }));
    const seconds = median(pairs.map(({ own }) => own.seconds));
    const times = median(pairs.map(({ own, start }) => own.seconds / start.seconds));
    const megabytes = Math.max(...pairs.map(({ own }) => own.kilobytes)) / 1024;
    const ok = (ratio === undefined || times <= ratio) && !(megabytes >= memory);
    if (!ok) missed += 1;
    const target = ratio === undefined ? "" : `target ${ratio} x, `;
    console.log(
      `${ok ? "ok    " : "MISSED"} ${name.padEnd(32)} ${seconds.toFixed(3)} s  ${times.toFixed(2)} x ${base ?? "node"}  ` +
        `${Number.isNaN(megabytes) ? "memory unknown" : `${megabytes.toFixed(0)} MB`}  (${target}< ${memory} MB)`,
    );
  }
  return missed;
}

let missed = 0;
try {
  for (const node of nodes) {
    console.log(`Node ${spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim()}`);
    missed += table(node);
  }
} finally {
  for (const folder of [small, large, smallMixed, largeMixed, wide]) rmSync(folder, { recursive: true, force: true });
}
process.exitCode = missed === 0 || options.lenient ? 0 : 1;
