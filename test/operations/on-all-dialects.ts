import { parse } from "libpg-query";
import { describe, expect, it } from "vitest";
import type { Operations } from "../../src/index.js";
import { UnsupportedError } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { dialectNames } from "../../src/schema/dialect-names.js";
import { compileInHistory } from "./compile.js";

/** What a dialect answers instead of statements. */
export interface Refusal {
  readonly refused: string;
}

export function refused(message: string): Refusal {
  return { refused: message };
}

/** One behaviour, side by side. Tables that a body makes first are not among the statements. */
export interface Behaviour {
  readonly does: string;
  readonly body: (op: Operations) => void;
  readonly statements: Readonly<Record<DialectName, readonly string[] | Refusal>>;
}

/** What each directive compiles to, or why not, on every dialect. */
export function onAllDialects(what: string, behaviours: readonly Behaviour[]): void {
  describe(what, () => {
    for (const { does, body, statements } of behaviours) {
      describe(does, () => {
        it.each(dialectNames)("on %s", async (dialect) => {
          const expected = statements[dialect];
          const compiled = compileInHistory(body, dialect);
          if ("refused" in expected) {
            const error = await compiled.catch((reason: unknown) => reason);
            expect(error).toBeInstanceOf(UnsupportedError);
            expect((error as UnsupportedError).message).toBe(expected.refused);
            expect((error as UnsupportedError).hint).toMatch(/\w.*\.$|\)$/);
          } else {
            const all = await compiled;
            const given = all.filter((sql) => !/^CREATE (?:TABLE account|INDEX ix_name )/.test(sql));
            expect(given).toEqual(expected);
            if (dialect === "postgresql") for (const sql of all) await parse(sql);
          }
        });
      });
    }
  });
}
