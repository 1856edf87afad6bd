import type { ScriptModel, ScriptStep } from "../../src/compiler/script/model.js";

type Revision = ScriptStep["planned"]["revision"];

/** A change of the version rows that is right from whichever rows of a range it starts. */
export type AnyRowChange =
  | { readonly change: "remove"; readonly versions: readonly string[] }
  | { readonly change: "delete"; readonly version: string }
  | { readonly change: "insert"; readonly version: string }
  /** The row is added unless one of these says already that its revision is applied. */
  | { readonly change: "reopen"; readonly version: string; readonly unless: readonly string[] };

/** When a revision is to be applied, provided that those before it have had their turn. */
export interface Due {
  /** Of each of these lists one row has to be there: what the revision stands on is applied. */
  readonly needs: readonly (readonly string[])[];
  /** None of these rows may be there: the revision is applied. */
  readonly unless: readonly string[];
}

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
    const rows = steps.flatMap(({ planned, revision }) => [revision, ...planned.rowsAfter]);
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

  /**
   * Whether a row is there exactly as long as the revision that follows it is not applied: nothing else stands on it. That
   * would not be so for a dependency, which may have been added to a revision that databases have already.
   */
  #isReplacedBy(row: string, { revision, downRevisions }: Revision): boolean {
    const above = this.#above.get(row);
    if (above?.includes(row) !== true || !downRevisions.includes(row)) return false;
    return above.length === this.rowsOf(revision).length + 1;
  }

  /** The revisions that one stands on directly, without those that another of them stands on. */
  #highestBelow(revision: string): readonly string[] {
    const below = this.model.follows(revision);
    return below.filter((row) => !below.some((other) => other !== row && this.#withAncestors(other).has(row)));
  }

  /** When an upgrade has to apply a revision: mostly, one row tells. */
  due(revision: Revision): Due {
    const below = this.#highestBelow(revision.revision);
    const replaced = new Set(below.filter((row) => this.#isReplacedBy(row, revision)));
    return {
      needs: below.map((row) => (replaced.has(row) ? [row] : this.rowsOf(row))),
      unless: replaced.size > 0 ? [] : this.rowsOf(revision.revision),
    };
  }

  /** For each revision below the range, the rows of which one has to be there. */
  get below(): readonly (readonly string[])[] {
    const { plan, steps } = this.model;
    const isUpgrade = steps[0]?.planned.direction === "upgrade";
    return (isUpgrade ? plan.rowsBefore : plan.rowsAfter).map((row) => this.rowsOf(row));
  }

  /** What a step does to the version rows, in order. */
  changes({ direction, revision: changed }: ScriptStep["planned"]): readonly AnyRowChange[] {
    const { revision } = changed;
    if (direction === "upgrade") {
      const below = this.model.follows(revision);
      const added: AnyRowChange = { change: "insert", version: revision };
      return below.length === 0 ? [added] : [{ change: "remove", versions: below }, added];
    }
    return [
      { change: "delete", version: revision },
      ...this.#highestBelow(revision).map((row): AnyRowChange =>
        this.#isReplacedBy(row, changed)
          ? { change: "insert", version: row }
          : { change: "reopen", version: row, unless: this.rowsOf(row) },
      ),
    ];
  }
}
