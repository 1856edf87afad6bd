import { beforeAll, expect } from "vitest";
import type { ClientResult } from "../client.js";
import { detectEngines } from "../engines.js";
import { cutAtEveryLine, FaultMatrix, randomNumbers } from "./harness.js";
import { betweenStatements, cutInStatements } from "./mariadb-cuts.js";
import { obstacles, settings, Trial, type Layout, type ServerName, type Setting } from "./mariadb-trial.js";
import { boundariesOf, expectTruth, finish, type Boundaries } from "./mariadb-truth.js";

const engines = await detectEngines();

/** Kills of clients, for each setting: the resumable scripts get most of them. */
const kills: Readonly<Record<Layout, number>> = { guarded: 4, idempotent: 4, resumable: 26, block: 4 };

/** A client tells of errors by its exit status, unless it was told to go on after them. */
function expectFailure({ exitCode, stdout, stderr }: ClientResult, setting: Setting): string {
  expect(stderr).toMatch(/ERROR/);
  expect(stdout).not.toMatch(/OK: /);
  const goesOn = setting === "--force" || setting === "source";
  if (!goesOn) expect(exitCode).not.toBe(0);
  return goesOn ? "told at the end" : `exit ${exitCode}`;
}

/** The trials of a server, by a matrix for each layout that it has. */
export function faultsOn(server: ServerName): void {
  const engine = engines[server];
  let boundaries: Boundaries = {};
  beforeAll(async () => {
    if (engine !== undefined) boundaries = await boundariesOf(engine, server);
  });

  for (const layout of [
    "guarded",
    "idempotent",
    "resumable",
    ...(server === "mariadb" ? (["block"] as const) : []),
  ] as const) {
    /** The script runs on one version alone, and never again. */
    const isExact = layout === "guarded" || layout === "block";
    const matrix = new FaultMatrix<Setting>(server, engine, layout, settings);

    /** Finishes, from each state once, since from the same state all runs are the same; the database is at f003 again then. */
    const finishingOnce = (trial: Trial): (() => Promise<void>) => {
      const finished = new Set<string>();
      return async () => {
        const state = JSON.stringify(await expectTruth(trial, boundaries));
        if (!finished.has(state)) await finish(trial, boundaries);
        finished.add(state);
        await trial.reset("f003");
      };
    };

    /** A row of the matrix: each cell has a database of its own, at f002. */
    const fault = (name: string, body: (trial: Trial) => Promise<string>): void =>
      matrix.fault(name, (setting) => {
        if (engine === undefined) throw new Error("a test without its engine is skipped");
        return Trial.run(engine, server, layout, setting, async (trial) => {
          await trial.reset("f002");
          return body(trial);
        });
      });

    /** Applies to a database that the file is not for, which has to stay as it is. */
    const refused = (name: string, preparation: string, repair: string, message = /refused: found \[/): void =>
      fault(name, async (trial) => {
        await trial.prepare(preparation);
        const before = await trial.state();
        const result = await trial.apply(await trial.script("f002:f004"));
        const how = expectFailure(result, trial.setting);
        expect(result.stderr).toMatch(message);
        expect(await trial.state()).toEqual(before);
        await trial.prepare(repair);
        await finish(trial, boundaries);
        return `refused, ${how}`;
      });

    refused(
      "wrong version",
      "UPDATE alembic_version SET version_num = 'f001'",
      "UPDATE alembic_version SET version_num = 'f002'",
    );
    refused(
      "wrong case",
      "UPDATE alembic_version SET version_num = 'F002'",
      "UPDATE alembic_version SET version_num = 'f002'",
    );
    refused("no version table", "RENAME TABLE alembic_version TO away", "RENAME TABLE away TO alembic_version");
    refused(
      "version table of another shape",
      "RENAME TABLE alembic_version TO away; CREATE TABLE alembic_version (other VARCHAR(32))",
      "DROP TABLE alembic_version; RENAME TABLE away TO alembic_version",
      /refused: the table alembic_version has no column version_num/,
    );
    refused("no row", "DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('f002')");
    refused(
      "several heads",
      "INSERT INTO alembic_version VALUES ('f00x')",
      "DELETE FROM alembic_version WHERE version_num = 'f00x'",
    );

    fault("applied twice", async (trial) => {
      const script = await trial.script("f002:f004");
      expect(await trial.apply(script)).toMatchObject({ exitCode: 0, stderr: "" });
      const second = await trial.apply(script);
      expect(await trial.state()).toEqual(boundaries["f004"]);
      if (isExact) return `refused, ${expectFailure(second, trial.setting)}`;
      expect(second).toMatchObject({ exitCode: 0, stderr: "" });
      return "nothing to do";
    });

    fault("data applied twice", async (trial) => {
      await trial.reset("f001");
      const script = await trial.script("f001:f002");
      await trial.apply(script);
      await trial.apply(script);
      expect(await trial.state()).toEqual(boundaries["f002"]);
      return "applied once";
    });

    fault("two clients at once", async (trial) => {
      const script = await trial.script("f002:f004");
      const results = await Promise.all([trial.apply(script), trial.apply(script)]);
      const succeeded = results.filter(({ stdout }) => stdout.includes("OK: the database is at f004"));
      expect(succeeded).toHaveLength(isExact ? 1 : 2);
      expect(await trial.state()).toEqual(boundaries["f004"]);
      return isExact ? "the second refused" : "the second had nothing to do";
    });

    for (const [revision, table] of Object.entries(obstacles)) {
      fault(`error in the middle of ${revision}`, async (trial) => {
        await trial.prepare(`RENAME TABLE ${table} TO away`);
        const script = await trial.script("f002:f004");
        expectFailure(await trial.apply(script), trial.setting);
        await trial.prepare(`RENAME TABLE away TO ${table}`);
        const { halfApplied } = await expectTruth(trial, boundaries);
        expect(halfApplied).toMatch(new RegExp(`^${revision} `));
        if (layout !== "resumable") {
          const again = await trial.apply(script);
          expect(again.stderr).toMatch(new RegExp(`refused: half applied is the upgrade of ${revision} after step`));
        }
        return finish(trial, boundaries);
      });
    }

    fault("file cut at every line", async (trial) => {
      const cuts = cutAtEveryLine(await trial.script("f003:f004"));
      const share = cuts.filter((_cut, line) => line % settings.length === settings.indexOf(trial.setting));
      const finishAndReset = finishingOnce(trial);
      await trial.reset("f003");
      let changed = 0;
      for (const cut of share) {
        expect((await trial.apply(cut)).stdout).not.toMatch(/OK: /);
        const { versions, halfApplied } = await expectTruth(trial, boundaries);
        if (versions.join() === "f003" && halfApplied === undefined) continue;
        changed += 1;
        await finishAndReset();
      }
      await finish(trial, boundaries);
      return `${share.length} cuts, ${changed} changed something, all finished`;
    });

    fault("file cut in a statement", async (trial) => {
      const random = randomNumbers(settings.indexOf(trial.setting) + 1);
      const all = cutInStatements(await trial.script("f003:f004"), "-- Running");
      const cuts = Array.from({ length: 30 }, () => all[Math.floor(random() * all.length)] ?? "");
      const dropped = all.findLast((cut) => cut.endsWith("DROP TABLE alembic_version"));
      if (layout !== "block") expect(dropped).toBeDefined();
      const finishAndReset = finishingOnce(trial);
      await trial.reset("f003");
      for (const cut of [...cuts, dropped ?? ""]) {
        await trial.apply(cut);
        await finishAndReset();
      }
      return `${cuts.length} cuts, all finished`;
    });

    fault("connection lost between statements", async (trial) => {
      const script = await trial.script("f003:f004");
      const places = betweenStatements(script);
      const share = places.filter((_place, index) => index % settings.length === settings.indexOf(trial.setting));
      const line = await trial.killIdleLine();
      for (const place of share) {
        await trial.reset("f003");
        const withKill = `${script.slice(0, place)}${line}\n${script.slice(place)}`;
        expect((await trial.apply(withKill, "--reconnect")).stdout).not.toMatch(/OK: /);
        await finish(trial, boundaries);
      }
      return `${share.length} kills, all finished`;
    });

    fault("client killed", async (trial) => {
      const script = await trial.script("f002:f004");
      const random = randomNumbers(settings.indexOf(trial.setting) + 1);
      const begin = Date.now();
      await trial.apply(script);
      let duration = Date.now() - begin;
      let count = 0;
      let halfway = 0;
      let state = await trial.state();
      for (let attempts = 0; count < kills[layout]; attempts += 1) {
        expect(attempts).toBeLessThan(20 * kills[layout]);
        if (state.versions.join() === "f004") await trial.reset("f002");
        const { killed } = await trial.applyAndKill(script, random() * duration);
        if (killed) count += 1;
        else duration *= 0.8; // the machine was busier when the time was taken
        state = await expectTruth(trial, boundaries);
        if (state.halfApplied === undefined) continue;
        halfway += 1;
        if (layout === "resumable") continue;
        await finish(trial, boundaries);
        state = await trial.state();
      }
      await finish(trial, boundaries);
      return `${count} kills, ${halfway} half applied, all finished`;
    });

    fault("connection lost", async (trial) => {
      const script = await trial.script("f002:f004");
      const withNap = script.replace(/^START TRANSACTION;$/m, `$&\nDO SLEEP(60);`);
      expect(withNap).not.toBe(script);
      const running = trial.apply(withNap, "--reconnect");
      await trial.killSleeping();
      const { stdout, stderr } = await running;
      expect(stderr).toMatch(/ERROR (?:1927|2006|2013|2026|3169)/);
      expect(stdout).not.toMatch(/OK: /);
      return finish(trial, boundaries);
    });

    fault("lock timeout", async (trial) => {
      const holder = trial.database.apply("START TRANSACTION; SELECT * FROM account; DO SLEEP(60);");
      await trial.sleeping();
      const result = await trial.apply(await trial.script("f002:f004", "1s"));
      await trial.killSleeping();
      expectFailure(result, trial.setting);
      expect(result.stderr).toMatch(/ERROR 1205/);
      await holder;
      return finish(trial, boundaries);
    });

    matrix.run();
  }
}
