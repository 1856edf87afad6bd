import { afterAll, expect } from "vitest";
import { postgresql } from "../postgresql.js";
import { cutAtEveryLine, FaultMatrix, randomNumbers } from "./harness.js";
import { dropArenas, settings, Trial, type Setting } from "./postgresql-trial.js";

const detected = await postgresql.detect();
const engine = detected?.embedded === true ? undefined : detected;

/** What a script for any client cannot make conditional is refused when it is compiled. */
const columns: Readonly<Record<"guarded" | "idempotent", readonly Setting[]>> = {
  guarded: settings,
  idempotent: settings.filter((setting) => setting !== "--client any"),
};

/** Lines between two cuts: at every line with the defaults of psql, and at some of them with each other setting. */
const cutDistances: Readonly<Record<Setting, number>> = {
  default: 1,
  "--client any": 4,
  ON_ERROR_STOP: 7,
  ON_ERROR_ROLLBACK: 7,
  "AUTOCOMMIT off": 7,
};

const killsForEachSetting = 5;

afterAll(dropArenas);

for (const layout of ["guarded", "idempotent"] as const) {
  const matrix = new FaultMatrix("postgresql", engine, layout, columns[layout]);
  const fault = (title: string, body: (trial: Trial) => Promise<string>): void =>
    matrix.fault(title, (setting) => Trial.run(engine, layout, setting, body));

  fault("wrong version", async (trial) => {
    await trial.sql("UPDATE account SET balance = 100; UPDATE alembic_version SET version_num = 'f001';");
    trial.expectRefused(await trial.apply(await trial.script("f002:head")), /refused: the database is at f001/);
    expect(await trial.place()).toBe("f001");
    return "refused";
  });

  fault("version in another case", async (trial) => {
    await trial.sql("UPDATE alembic_version SET version_num = 'F002';");
    trial.expectRefused(await trial.apply(await trial.script("f002:head")), /refused: the database is at F002/);
    await trial.sql("UPDATE alembic_version SET version_num = 'f002';");
    expect(await trial.place()).toBe("f002");
    return "refused";
  });

  fault("missing version table", async (trial) => {
    await trial.sql("ALTER TABLE alembic_version RENAME TO kept;");
    trial.expectRefused(
      await trial.apply(await trial.script("f002:head")),
      /refused: the database has no version table/,
    );
    await trial.sql("ALTER TABLE kept RENAME TO alembic_version;");
    expect(await trial.place()).toBe("f002");
    return "refused";
  });

  fault("several heads", async (trial) => {
    await trial.sql("INSERT INTO alembic_version VALUES ('other');");
    trial.expectRefused(await trial.apply(await trial.script("f002:head")), /refused: the database is at f002, other/);
    await trial.sql("DELETE FROM alembic_version WHERE version_num = 'other';");
    expect(await trial.place()).toBe("f002");
    return "refused";
  });

  fault("applied twice", async (trial) => {
    const script = await trial.script("f002:head");
    expect(await trial.apply(script)).toMatchObject({ exitCode: 0 });
    const second = await trial.apply(script);
    if (trial.isIdempotent) expect(second).toMatchObject({ exitCode: 0 });
    else trial.expectRefused(second, /refused: the database is at f004, this script starts from f002/);
    expect(await trial.place()).toBe("f004");
    return trial.isIdempotent ? "skipped" : "refused";
  });

  fault("two clients at once", async (trial) => {
    const script = await trial.script("f002:head");
    const results = await Promise.all([trial.apply(script), trial.apply(script)]);
    const refused = results.filter(({ stderr }) => /refused: (?:another run|the database)/.test(stderr));
    if (!trial.isIdempotent) expect(refused.length).toBe(1);
    expect(await trial.place()).toBe("f004");
    return "one applies, one is refused";
  });

  fault("error in the middle", async (trial) => {
    await trial.sql("DROP TABLE audit;");
    trial.expectRefused(await trial.apply(await trial.script("f002:head")), /relation "audit" does not exist/);
    expect(await trial.place()).toBe("f002");
    await trial.sql("CREATE TABLE audit (entry text);");
    await trial.finish();
    return "rolled back";
  });

  fault("error in CREATE INDEX CONCURRENTLY", async (trial) => {
    await trial.sql("INSERT INTO account VALUES (7, 1000000), (7, 1000000);");
    trial.expectRefused(await trial.apply(await trial.script("f002:head")), /could not create unique index/);
    expect(await trial.place()).toBe("f002 f003+1");
    const other = await trial.apply(await trial.script("f002:base", { direction: "downgrade" }));
    trial.expectRefused(other, /refused: the database is at f002, f003 half-applied \(1 of its parts done\)/);
    expect(await trial.place()).toBe("f002 f003+1");
    await trial.sql("DELETE FROM account WHERE id = 7;");
    await trial.finish();
    return "marked, goes on";
  });

  fault("error in a later revision", async (trial) => {
    await trial.sql("DROP TABLE late;");
    trial.expectRefused(await trial.apply(await trial.script("f002:head")), /relation "late" does not exist/);
    expect(await trial.place()).toBe("f002 f003+1");
    await trial.sql("CREATE TABLE late (entry text);");
    await trial.finish();
    return "marked, goes on";
  });

  fault("lock timeout", async (trial) => {
    await trial.reset();
    const script = await trial.script("f002:head", { lockTimeout: "200ms" });
    const result = await trial.whileLocked("account", () => trial.apply(script));
    trial.expectRefused(result, /canceling statement due to lock timeout/);
    expect(await trial.place()).toBe("f002");
    await trial.finish();
    return "rolled back";
  });

  fault("file cut at a line", async (trial) => {
    const script = await trial.script("f002:head");
    const cuts = cutAtEveryLine(script);
    for (let lines = 0; lines < cuts.length; lines += cutDistances[trial.setting]) {
      const { exitCode } = await trial.apply(cuts[lines] ?? "");
      const place = await trial.place();
      expect(["f002", "f002 f003+1", "f004"], `cut before line ${lines + 1}`).toContain(place);
      if (place === "f002 f003+1" && trial.setting !== "--client any") expect(exitCode).toBe(3);
      if (place === "f002") continue;
      await trial.finish();
      await trial.reset();
    }
    return "nothing, marked or all";
  });

  fault("client killed", async (trial) => {
    const random = randomNumbers();
    const script = await trial.script("f002:head");
    for (let kills = 0; kills < killsForEachSetting; kills++) {
      if (kills > 0) await trial.reset();
      await trial.applyAndKill(script, Math.round(random() * 300));
      expect(["f002", "f002 f003+1", "f004"]).toContain(await trial.place());
      await trial.finish();
    }
    return `${killsForEachSetting} kills, all finish`;
  });

  matrix.run();
}
