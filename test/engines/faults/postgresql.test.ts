import { afterAll, expect } from "vitest";
import { detectEngine } from "../engines.js";
import { cutAtEveryLine, FaultMatrix, randomNumbers } from "./harness.js";
import type { ClientResult } from "../client.js";
import { dropDatabases, isForAnyClient, settings, Trial, type Setting } from "./postgresql-trial.js";

const detected = await detectEngine("postgresql");
const engine = detected?.embedded === true ? undefined : detected;

/** What a script for any client cannot make conditional is refused when it is compiled. */
const columns: Readonly<Record<"guarded" | "idempotent", readonly Setting[]>> = {
  guarded: settings,
  idempotent: settings.filter((setting) => !isForAnyClient(setting)),
};

const killsForEachSetting = 5;

afterAll(dropDatabases);

interface Fault {
  /** SQL that brings the database into the state that the fault is about. */
  readonly prepare?: string;
  /** How the script is applied, where that is not once and whole. */
  readonly attempt?: (trial: Trial, script: string) => Promise<readonly ClientResult[]>;
  /** What happens, and what is left in the end; in a few words. */
  readonly body: (trial: Trial) => Promise<string>;
}

async function applyOnce(trial: Trial, script: string): Promise<readonly ClientResult[]> {
  return [await trial.apply(script)];
}

/** What happens where the client is refused: always the same. */
async function refusedAnyway(trial: Trial, { attempt = applyOnce }: Fault): Promise<string> {
  const script = await trial.script("f002:head");
  const results = await trial.expectUnchanged(() => attempt(trial, script));
  for (const result of results) trial.expectRefused(result, /upgrade to f004 refused: the client sets savepoints/);
  return "refused";
}

for (const layout of ["guarded", "idempotent"] as const) {
  const matrix = new FaultMatrix("postgresql", engine, layout, columns[layout]);
  const fault = (title: string, about: Fault): void =>
    matrix.fault(title, (setting) =>
      Trial.run(engine, layout, setting, async (trial) => {
        if (about.prepare !== undefined) await trial.sql(about.prepare);
        return trial.isRefused ? refusedAnyway(trial, about) : about.body(trial);
      }),
    );

  fault("wrong version", {
    prepare: "UPDATE account SET balance = 100; UPDATE alembic_version SET version_num = 'f001';",
    body: async (trial) => {
      trial.expectRefused(await trial.apply(await trial.script("f002:head")), /refused: the database is at f001/);
      expect(await trial.place()).toBe("f001");
      return "refused";
    },
  });

  fault("version in another case", {
    prepare: "UPDATE alembic_version SET version_num = 'F002';",
    body: async (trial) => {
      trial.expectRefused(await trial.apply(await trial.script("f002:head")), /refused: the database is at F002/);
      await trial.sql("UPDATE alembic_version SET version_num = 'f002';");
      expect(await trial.place()).toBe("f002");
      return "refused";
    },
  });

  fault("missing version table", {
    prepare: "ALTER TABLE alembic_version RENAME TO kept;",
    body: async (trial) => {
      trial.expectRefused(
        await trial.apply(await trial.script("f002:head")),
        /refused: the database has no version table/,
      );
      await trial.sql("ALTER TABLE kept RENAME TO alembic_version;");
      expect(await trial.place()).toBe("f002");
      return "refused";
    },
  });

  fault("several heads", {
    prepare: "INSERT INTO alembic_version VALUES ('other');",
    body: async (trial) => {
      trial.expectRefused(
        await trial.apply(await trial.script("f002:head")),
        /refused: the database is at f002, other/,
      );
      await trial.sql("DELETE FROM alembic_version WHERE version_num = 'other';");
      expect(await trial.place()).toBe("f002");
      return "refused";
    },
  });

  fault("applied twice", {
    attempt: async (trial, script) => [await trial.apply(script), await trial.apply(script)],
    body: async (trial) => {
      const script = await trial.script("f002:head");
      expect(await trial.apply(script)).toMatchObject({ exitCode: 0 });
      const second = await trial.apply(script);
      if (trial.isIdempotent) expect(second).toMatchObject({ exitCode: 0 });
      else trial.expectRefused(second, /refused: the database is at f004, this script starts from f002/);
      expect(await trial.place()).toBe("f004");
      return trial.isIdempotent ? "skipped" : "refused";
    },
  });

  fault("two clients at once", {
    attempt: (trial, script) => Promise.all([trial.apply(script), trial.apply(script)]),
    body: async (trial) => {
      const script = await trial.script("f002:head");
      const results = await Promise.all([trial.apply(script), trial.apply(script)]);
      const refused = results.filter(({ stderr }) => /refused: (?:another run|the database)/.test(stderr));
      if (!trial.isIdempotent) expect(refused.length).toBe(1);
      expect(await trial.place()).toBe("f004");
      return "one applies, one is refused";
    },
  });

  fault("error in the middle", {
    prepare: "DROP TABLE audit;",
    body: async (trial) => {
      trial.expectRefused(await trial.apply(await trial.script("f002:head")), /relation "audit" does not exist/);
      expect(await trial.place()).toBe("f002");
      await trial.sql("CREATE TABLE audit (entry text);");
      await trial.finish();
      return "rolled back";
    },
  });

  fault("error in CREATE INDEX CONCURRENTLY", {
    prepare: "INSERT INTO account VALUES (7, 1000000), (7, 1000000);",
    body: async (trial) => {
      trial.expectRefused(await trial.apply(await trial.script("f002:head")), /could not create unique index/);
      expect(await trial.place()).toBe("f002 f003+1");
      const other = await trial.apply(await trial.script("f002:base", { direction: "downgrade" }));
      trial.expectRefused(other, /refused: the database is at f002, f003 half-applied \(1 of its parts done\)/);
      expect(await trial.place()).toBe("f002 f003+1");
      await trial.sql("DELETE FROM account WHERE id = 7;");
      await trial.finish();
      return "marked, goes on";
    },
  });

  fault("error in a later revision", {
    prepare: "DROP TABLE late;",
    body: async (trial) => {
      trial.expectRefused(await trial.apply(await trial.script("f002:head")), /relation "late" does not exist/);
      expect(await trial.place()).toBe("f002 f003+1");
      await trial.sql("CREATE TABLE late (entry text);");
      await trial.finish();
      return "marked, goes on";
    },
  });

  fault("lock timeout", {
    attempt: (trial, script) => trial.whileLocked("account", () => applyOnce(trial, script)),
    body: async (trial) => {
      await trial.reset();
      const script = await trial.script("f002:head", { lockTimeout: "200ms" });
      const result = await trial.whileLocked("account", () => trial.apply(script));
      trial.expectRefused(result, /canceling statement due to lock timeout/);
      expect(await trial.place()).toBe("f002");
      await trial.finish();
      return "rolled back";
    },
  });

  fault("file cut at every line", {
    attempt: async (trial, script) => {
      for (const cut of cutAtEveryLine(script)) await trial.expectUnchanged(() => trial.apply(cut));
      return [];
    },
    body: async (trial) => {
      const script = await trial.script("f002:head", { pause: 0 });
      const finished = new Set<string>();
      for (const [lines, cut] of cutAtEveryLine(script).entries()) {
        const { exitCode } = await trial.apply(cut);
        const place = await trial.place();
        expect(["f002", "f002 f003+1", "f004"], `cut before line ${lines + 1}`).toContain(place);
        if (place === "f002 f003+1" && !isForAnyClient(trial.setting)) expect(exitCode).toBe(3);
        if (place === "f002") continue;
        // from the same content all runs are the same
        const content = await trial.content();
        if (!finished.has(content)) await trial.finish({ pause: 0 });
        finished.add(content);
        await trial.reset();
      }
      return "nothing, marked or all";
    },
  });

  fault("client killed", {
    attempt: async (trial, script) => {
      const random = randomNumbers();
      for (let kills = 0; kills < killsForEachSetting; kills++) {
        await trial.applyAndKill(script, Math.round(random() * 300));
      }
      return [];
    },
    body: async (trial) => {
      const random = randomNumbers();
      const script = await trial.script("f002:head");
      for (let kills = 0; kills < killsForEachSetting; kills++) {
        if (kills > 0) await trial.reset();
        await trial.applyAndKill(script, Math.round(random() * 300));
        expect(["f002", "f002 f003+1", "f004"]).toContain(await trial.place());
        await trial.finish();
      }
      return `${killsForEachSetting} kills, all finish`;
    },
  });

  matrix.run();
}
