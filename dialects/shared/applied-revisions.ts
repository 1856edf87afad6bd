import type { ScriptModel, ScriptStep } from "../../src/compiler/script/model.js";

/** A change of the version rows that is right from whichever rows of a range it starts. */
export type AnyRowChange =
  | { readonly change: "remove"; readonly versions: readonly string[] }
  | { readonly change: "delete"; readonly version: string }
  | { readonly change: "insert"; readonly version: string }
  /** The row is added unless one of these says already that its revision is applied. */
  | { readonly change: "reopen"; readonly version: string; readonly unless: readonly string[] };

/**
 * Which revisions of a range are applied, by the version rows of a database that may be anywhere in it: a row says it of
 * its revision and of all that this one stands on.
 */
export class AppliedRevisions {
  /** Every version row that a database can have from the start of the range to its end, sorted. */
  readonly known: readonly string[];
  readonly #above = new Map<string, string[]>();

  constructor(readonly model: ScriptModel) {
    const { plan, steps } = model;
    const rows = steps.flatMap(({ step }) => [step.revision.revision, ...step.rowsAfter]);
    this.known = [...new Set([...plan.rowsBefore, ...rows])].sort();
    for (const row of this.known) {
      for (const below of this.#withAncestors(row)) {
        const above = this.#above.get(below);
        if (above === undefined) this.#above.set(below, [row]);
        else above.push(row);
      }
    }
  }

  #withAncestors(revision: string): ReadonlySet<string> {
    const found = new Set([revision]);
    for (const next of found) for (const below of this.model.follows(next)) found.add(below);
    return found;
  }

  /** The rows of which any says that the revision is applied, sorted. */
  rowsOf(revision: string): readonly string[] {
    return this.#above.get(revision) ?? [revision];
  }

  /** For each revision below the range, the rows of which one has to be there. */
  get below(): readonly (readonly string[])[] {
    const { plan, steps } = this.model;
    const isUpgrade = steps[0]?.step.direction === "upgrade";
    return (isUpgrade ? plan.rowsBefore : plan.rowsAfter).map((row) => this.rowsOf(row));
  }

  /** What a step does to the version rows, in order. */
  changes({ direction, revision: { revision } }: ScriptStep["step"]): readonly AnyRowChange[] {
    const below = this.model.follows(revision);
    if (direction === "upgrade") {
      const added: AnyRowChange = { change: "insert", version: revision };
      return below.length === 0 ? [added] : [{ change: "remove", versions: below }, added];
    }
    const highest = below.filter((row) => !below.some((other) => other !== row && this.#withAncestors(other).has(row)));
    return [
      { change: "delete", version: revision },
      ...highest.map((row): AnyRowChange => ({ change: "reopen", version: row, unless: this.rowsOf(row) })),
    ];
  }
}
