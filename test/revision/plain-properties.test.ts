import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlainModule } from "../../src/revision/plain/reader.js";
import { packageFolder } from "../support/scripts.js";
import { difference, newLoader, observePlain } from "./plain-parity.js";
import { Choices, plainProgram, withMistakes } from "./plain-programs.js";

const loader = newLoader();

/** Choices of which up to so many are not the first one. */
function choices(most: number): fc.Arbitrary<Choices> {
  return fc.array(fc.nat({ max: 5039 }), { maxLength: most, size: "max" }).map((numbers) => new Choices(numbers));
}

const samples = readdirSync(`${packageFolder}samples`, { recursive: true, encoding: "utf8" })
  .filter((file) => /versions.*\.ts$/.test(file))
  .sort()
  .map((file) => readFileSync(`${packageFolder}samples/${file}`, "utf8"));

describe("for any plain text", () => {
  it("the calls and exports are the same as when the engine evaluates it, at the same positions", async () => {
    let followed = 0;
    const runs = 600;
    await fc.assert(
      fc.asyncProperty(choices(500), async (program) => {
        const text = plainProgram(program);
        expect(await difference(loader, text)).toBeUndefined();
        if ((await observePlain(loader, text)) !== undefined) followed += 1;
      }),
      { numRuns: runs, seed: 20261120 },
    );
    expect(followed).toBeGreaterThan(runs * 0.9);
  });

  it("a mistake in it is one to the engine as well, or makes it not plain, or means the same to both", async () => {
    let followed = 0;
    await fc.assert(
      fc.asyncProperty(
        choices(160),
        fc.option(fc.constantFrom(...samples)),
        choices(24),
        async (program, sample, mistakes) => {
          const text = withMistakes(sample ?? plainProgram(program), mistakes);
          if (readPlainModule(text) === undefined) return;
          followed += 1;
          expect(await difference(loader, text)).toBeUndefined();
        },
      ),
      { numRuns: 8000, seed: 20261120 },
    );
    expect(followed).toBeGreaterThan(1000);
  });
});
