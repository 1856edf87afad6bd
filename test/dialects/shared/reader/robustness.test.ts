import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadDialect } from "../../../../dialects/index.js";
import { dialectNames } from "../../../../src/schema/dialect-names.js";

const dumps = ["postgresql", "mariadb", "sqlite"]
  .map((name) => readFileSync(new URL(`../../${name}/dump.sql`, import.meta.url), "utf8"))
  .join("\n");

/** A piece out of real SQL with something put into it that changes what it means. */
const damaged = fc
  .tuple(
    fc.nat(dumps.length),
    fc.integer({ min: 1, max: 1200 }),
    fc.array(
      fc.tuple(
        fc.nat(1200),
        fc.constantFrom("(", ")", "'", '"', "`", ",", ";", " NOT ", "$$", "/*", "*/", " DEFAULT "),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([start, length, insertions]) =>
    insertions.reduce(
      (text, [at, piece]) => text.slice(0, at) + piece + text.slice(at),
      dumps.slice(start, start + length),
    ),
  );

describe.each(dialectNames)("the reader of %s", (name) => {
  it("throws at no text, and makes it unknown instead", async () => {
    const reader = await (await loadDialect(name)).loadReader?.();
    fc.assert(
      fc.property(damaged, (text) => {
        const { operations, unknown } = reader?.read(text, undefined) ?? {};
        expect(Array.isArray(operations) && Array.isArray(unknown)).toBe(true);
      }),
      { numRuns: 150, seed: 4 },
    );
  });
});
