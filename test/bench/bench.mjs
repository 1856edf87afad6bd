/**
 * Measures whole processes on a chain of revisions, six operations each: time, peak memory, and the ratio to starting
 * Node alone in the same run. Targets are printed beside; a missed one makes the exit code 1.
 *
 *   npm run bench                        with the Node that runs this
 *   npm run bench -- --nodes 20,24      with each of these, got by `npm run nodes`
 *   npm run bench -- --runs 3           5 without
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeExecutable, remedy } from "../support/nodes.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const main = join(root, "dist/bundle/cli.cjs");
const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
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

/** The identifier of the revision at a position: twelve hexadecimal digits that do not look alike. */
function identifier(position) {
  return (
    ((position * 2654435761 + 97) % 2 ** 32).toString(16).padStart(8, "0") + position.toString(16).padStart(4, "0")
  );
}

function revisionFile(position) {
  const table = `table_${position}`;
  const down = position === 0 ? "null" : JSON.stringify(identifier(position - 1));
  return `/**
 * change number ${position}
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "${identifier(position)}";
export const downRevision = ${down};
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("${table}", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(50), { nullable: false }),
    column("created", t.dateTime(), { serverDefault: "2020-01-01" }),
  ]);
  op.addColumn("${table}", column("amount", t.numeric(10, 2)));
  op.createIndex("ix_${table}_name", "${table}", ["name"], { unique: true });
  op.alterColumn("${table}", "amount", { nullable: false });
  op.execute("UPDATE ${table} SET amount = 0 WHERE amount IS NULL");
  op.createCheckConstraint("ck_${table}_amount", "${table}", "amount >= 0");
}

export function downgrade(op: Operations): void {
  op.dropTable("${table}");
}
`;
}

function writeProject(count) {
  const folder = mkdtempSync(join(tmpdir(), `sqlembic-bench-${count}-`));
  mkdirSync(join(folder, "versions"));
  writeFileSync(join(folder, "sqlembic.config.ts"), 'export default { dialect: "postgresql", targetVersion: "16" };\n');
  for (let position = 0; position < count; position++) {
    writeFileSync(join(folder, "versions", `${identifier(position)}_change.ts`), revisionFile(position));
  }
  return folder;
}

/** Runs a command and returns its seconds and its peak memory, as the system counted them. */
function measure(node, args, cwd) {
  const start = process.hrtime.bigint();
  const timed = existsSync("/usr/bin/time");
  const command = timed ? ["/usr/bin/time", "-f", "%M", node, ...args] : [node, ...args];
  const result = spawnSync(command[0], command.slice(1), {
    cwd,
    maxBuffer: 2 ** 30,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (result.status !== 0) throw new Error(`${args.join(" ")} failed:\n${result.stderr}`);
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
const small = writeProject(1000);
const large = writeProject(5000);
const memory = 250;
const cases = [
  { name: "upgrade head, 1,000 revisions", args: [main, "upgrade", "head"], cwd: small, ratio: 6, memory },
  { name: "upgrade head, 5,000 revisions", args: [main, "upgrade", "head"], cwd: large, ratio: 16, memory },
  { name: "upgrade head-1:head of 5,000", args: [main, "upgrade", "head-1:head"], cwd: large, ratio: 6, memory },
  { name: "history of 1,000", args: [main, "history"], cwd: small, memory },
  { name: "history of 5,000", args: [main, "history"], cwd: large, memory },
  { name: "--help", args: [main, "--help"], cwd: small, ratio: 2.5, memory },
];
/** Prints a line for each case, and gives how many miss their target. */
function table(node) {
  let missed = 0;
  // The two are run in turn, so that a machine whose speed drifts moves both sides of a ratio.
  for (const { name, args, cwd, ratio, memory } of cases) {
    measure(node, args, cwd);
    const pairs = Array.from({ length: runs }, () => ({
      own: measure(node, args, cwd),
      start: measure(node, ["-e", "0"], cwd),
    }));
    const seconds = median(pairs.map(({ own }) => own.seconds));
    const times = median(pairs.map(({ own, start }) => own.seconds / start.seconds));
    const megabytes = Math.max(...pairs.map(({ own }) => own.kilobytes)) / 1024;
    const ok = (ratio === undefined || times <= ratio) && !(megabytes >= memory);
    if (!ok) missed += 1;
    const target = ratio === undefined ? "" : `target ${ratio} x, `;
    console.log(
      `${ok ? "ok    " : "MISSED"} ${name.padEnd(32)} ${seconds.toFixed(3)} s  ${times.toFixed(2)} x node  ` +
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
  rmSync(small, { recursive: true, force: true });
  rmSync(large, { recursive: true, force: true });
}
process.exitCode = missed === 0 ? 0 : 1;
