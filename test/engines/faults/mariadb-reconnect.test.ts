import { describe, expect, test } from "vitest";
import { runClient } from "../client.js";
import { detectEngines } from "../engines.js";
import { Trial } from "./mariadb-trial.js";
import { boundariesOf, expectTruth, finish } from "./mariadb-truth.js";

const { mariadb: engine } = await detectEngines();
const hasTerminal = (await runClient("script", ["-qec", "true", "/dev/null"])).exitCode === 0;

/** Where a statement of the guard's own begins: the next one is sent again to the new session. */
const own =
  /(?<=;\n+)(?=SET |START |EXECUTE |PREPARE |DO RELEASE|SELECT IF|UPDATE alembic|INSERT INTO alembic|DELETE FROM alembic|\/\*! REPLACE)/g;
/** The same in front of a revision's statement that commits by itself. */
const authored = /(?<=;\n+)(?=\/\*! (?!REPLACE))/g;

/** The script with each statement of the guard's own on a line of its own, so that something can stand between them. */
function oneByOne(script: string): string {
  return script.replace(/^SET @(?:all_well|finish) .*$/gm, (line) => line.replaceAll("; ", ";\n"));
}

const options = {
  meta: { engine: "mariadb" as const },
  skip: engine === undefined || !hasTerminal,
  timeout: 300_000,
};

/** Scripts, with ranges: one of rows alone, one with all sorts of statements. */
const scripts = [
  ["guarded", "f001:f002"],
  ["guarded", "f002:f003"],
  ["resumable", "f002:f003"],
  ["block", "f002:f003"],
] as const;

describe("a client that connects again in the middle of a script", () => {
  test.concurrent.each(scripts)("leaves the truth, %s %s", options, async (layout, range) => {
    if (engine === undefined) throw new Error("a test without its engine is skipped");
    const boundaries = await boundariesOf(engine, "mariadb");
    await Trial.run(engine, "mariadb", layout, "default", async (trial) => {
      const script = oneByOne(await trial.script(range));
      const places = [own, authored].flatMap((places) => [...script.matchAll(places)].map(({ index }) => index));
      const line = await trial.killIdleLine();
      let reconnected = 0;
      for (const place of places) {
        await trial.reset(range.slice(0, 4) as "f001" | "f002");
        const { stdout } = await trial.applyAtTerminal(`${script.slice(0, place)}${line}\n${script.slice(place)}`);
        if (stdout.includes("Trying to reconnect")) reconnected += 1;
        await expectTruth(trial, boundaries);
        await finish(trial, boundaries);
      }
      expect(reconnected).toBeGreaterThan(places.length / 2);
    });
  });
});
