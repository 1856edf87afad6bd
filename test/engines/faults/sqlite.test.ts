import { afterAll, beforeAll, expect } from "vitest";
import type { ClientResult } from "../client.js";
import { detectEngines } from "../engines.js";
import { cutAtEveryLine, FaultMatrix, randomNumbers } from "./harness.js";
import { Boundaries, guardedSettings, idempotentSettings, Trial, type Layout, type Setting } from "./sqlite-trial.js";

const detected = (await detectEngines()).sqlite;
// the one inside this process has no client to be killed
const engine = detected?.embedded === true ? undefined : detected;

const kills = 10;
let boundaries: Boundaries;

beforeAll(async () => {
  if (engine !== undefined) boundaries = await Boundaries.make();
});
afterAll(() => {
  if (engine !== undefined) boundaries.remove();
});

function expectFailure({ exitCode, stdout, stderr }: ClientResult): string {
  expect(stderr).not.toBe("");
  expect(exitCode).not.toBe(0);
  expect(stdout).not.toMatch(/OK: /);
  return `exit ${exitCode}`;
}

function expectSuccess({ exitCode, stdout, stderr }: ClientResult, { setting }: Trial): void {
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  if (setting !== "driver") expect(stdout).toMatch(/OK: the database is at f004/);
}

/** The right script for where the database is brings it to the end, with the shell where the client refuses scripts. */
async function finish(trial: Trial): Promise<void> {
  const at = boundaries.revisionOf(trial.state());
  const { layout, setting } = trial;
  const isRefused = setting === "sqlite3, for any";
  if (layout === "guarded" && at === "f004") return;
  const range = layout === "idempotent" ? "base:f004" : `${at}:f004`;
  const finisher = new Trial(layout, isRefused ? "sqlite3" : setting);
  finisher.copyFrom(trial.file);
  expectSuccess(await finisher.apply(await finisher.script(range)), finisher);
  expect(boundaries.revisionOf(finisher.state())).toBe("f004");
  finisher.remove();
}

for (const layout of ["guarded", "idempotent"] as const satisfies readonly Layout[]) {
  const settings: readonly Setting[] = layout === "guarded" ? guardedSettings : idempotentSettings;
  const matrix = new FaultMatrix<Setting>("sqlite", engine, layout, settings);
  /** The script that is tried: for the database at f002, or for any on the way. */
  const range = layout === "guarded" ? "f002:f004" : "f001:f004";

  const fault = (name: string, body: (trial: Trial) => Promise<string>): void =>
    matrix.fault(name, async (setting) => {
      const trial = new Trial(layout, setting);
      try {
        trial.copyFrom(boundaries.file("f002"));
        return await body(trial);
      } finally {
        trial.remove();
      }
    });

  /** Scripts that a client has to refuse in any case are tried with faults all the same: nothing may be changed. */
  const whenRun = (trial: Trial, outcome: string): string =>
    trial.setting === "sqlite3, for any" ? "refused, exit 1" : outcome;

  /** Applies to a database that is not as the script needs it, which has to stay as it is. */
  const refused = (name: string, preparation: string, message: RegExp, repair: string): void =>
    fault(name, async (trial) => {
      await trial.prepare(preparation);
      const before = trial.state();
      const result = await trial.apply(await trial.script(range));
      const how = expectFailure(result);
      expect(result.stderr).toMatch(trial.setting === "sqlite3, for any" ? /refused: the sqlite3 shell/ : message);
      expect(trial.state()).toEqual(before);
      await trial.prepare(repair);
      await finish(trial);
      return `refused, ${how}`;
    });

  const set = (version: string): string => `UPDATE alembic_version SET version_num = '${version}';`;
  refused("wrong version", set("f000"), /refused: alembic_version holds f000, and this script/, set("f002"));
  refused("wrong case", set("F002"), /refused: alembic_version holds F002, and this script/, set("f002"));
  refused(
    "several heads",
    "INSERT INTO alembic_version VALUES ('a1');",
    /refused: alembic_version holds a1, f002, and this script/,
    "DELETE FROM alembic_version WHERE version_num = 'a1';",
  );
  refused(
    "no version row",
    "DELETE FROM alembic_version;",
    /refused: alembic_version holds no revision, and this script/,
    "INSERT INTO alembic_version VALUES ('f002');",
  );
  refused(
    "no version table",
    "ALTER TABLE alembic_version RENAME TO elsewhere;",
    /refused: there is no table alembic_version, and this script/,
    'PRAGMA writable_schema = ON; ALTER TABLE elsewhere RENAME TO "alembic_version"; ' +
      "UPDATE sqlite_master SET sql = replace(sql, '\"alembic_version\"', 'alembic_version');",
  );
  refused(
    "rows that refer to none",
    "INSERT INTO entry VALUES (7, 70);",
    /refused: 1 rows refer to rows that do not exist, the first of table entry/,
    "DELETE FROM entry WHERE id = 7;",
  );
  refused(
    "an error in the middle of a revision",
    "ALTER TABLE audit RENAME TO elsewhere;",
    /no such table: audit/,
    'PRAGMA writable_schema = ON; ALTER TABLE elsewhere RENAME TO "audit"; ' +
      "UPDATE sqlite_master SET sql = replace(sql, '\"audit\"', 'audit');",
  );
  refused(
    "an error in a later revision",
    "ALTER TABLE late RENAME TO elsewhere;",
    /no such table: late/,
    'PRAGMA writable_schema = ON; ALTER TABLE elsewhere RENAME TO "late"; ' +
      "UPDATE sqlite_master SET sql = replace(sql, '\"late\"', 'late');",
  );

  fault("applied twice", async (trial) => {
    const script = await trial.script(range);
    if (trial.setting === "sqlite3, for any") return `refused, ${expectFailure(await trial.apply(script))}`;
    expectSuccess(await trial.apply(script), trial);
    const again = await trial.apply(script);
    expect(boundaries.revisionOf(trial.state())).toBe("f004");
    if (layout === "idempotent") {
      expectSuccess(again, trial);
      return "nothing to do, exit 0";
    }
    expect(again.stderr).toMatch(/refused: alembic_version holds f004, and this script needs exactly f002/);
    return `refused, ${expectFailure(again)}`;
  });

  fault("two clients at once", async (trial) => {
    const script = await trial.script(range);
    const results = await Promise.all([trial.applyInProcess(script), trial.applyInProcess(script)]);
    const failures = results.filter(({ exitCode }) => exitCode !== 0);
    for (const failure of failures) expectFailure(failure);
    const expected = { "sqlite3, for any": 2 }[trial.setting as string] ?? (layout === "guarded" ? 1 : 0);
    expect(failures.length).toBe(expected);
    expect(boundaries.revisionOf(trial.state())).toBe(expected === 2 ? "f002" : "f004");
    return ["both applied, once", "one waited, then refused", "refused, exit 1"][expected] ?? "";
  });

  fault("lock timeout", async (trial) => {
    const release = await trial.holdLock();
    const result = await trial.apply(await trial.script(range, { lockTimeout: "200ms" }));
    await release();
    expect(result.stderr).toMatch(/database is locked/);
    const how = expectFailure(result);
    expect(boundaries.revisionOf(trial.state())).toBe("f002");
    await finish(trial);
    return `refused, ${how}`;
  });

  for (const perMigration of [false, true]) {
    fault(`cut at every line${perMigration ? ", a transaction for each revision" : ""}`, async (trial) => {
      const reached = new Set<string>();
      for (const [line, beginning] of cutAtEveryLine(await trial.script(range, { perMigration })).entries()) {
        if (line % (perMigration || trial.setting !== "sqlite3" ? 4 : 1) !== 0) continue;
        trial.copyFrom(boundaries.file("f002"));
        const { stdout } = await trial.apply(beginning);
        expect(stdout).not.toMatch(/OK: /);
        const at = boundaries.revisionOf(trial.state());
        if (!reached.has(at)) await finish(trial);
        reached.add(at);
      }
      const possible = perMigration ? ["f002", "f003", "f004"] : ["f002", "f004"];
      for (const at of reached) expect(possible).toContain(at);
      return whenRun(trial, `at ${[...reached].sort().join(" or ")}, no end line`);
    });
  }

  fault(`killed at ${kills} moments`, async (trial) => {
    const script = await trial.script(range);
    const start = performance.now();
    await trial.applyInProcess(script);
    let longest = performance.now() - start;
    const random = randomNumbers();
    const reached = new Map<string, number>();
    for (let kill = 0; kill < kills;) {
      trial.copyFrom(boundaries.file("f002"));
      const { killed } = await trial.applyAndKill(script, random() * longest);
      const at = boundaries.revisionOf(trial.state());
      if (killed) {
        reached.set(at, (reached.get(at) ?? 0) + 1);
        await finish(trial);
        kill += 1;
      } else {
        longest *= 0.8; // the machine was busier when the time was taken
      }
    }
    return whenRun(
      trial,
      [...reached]
        .sort()
        .map(([at, count]) => `${count} at ${at}`)
        .join(", "),
    );
  });

  matrix.run();
}
