import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";

/** One revision stands directly on another. */
export interface Edge {
  readonly revision: string;
  readonly below: string;
}

/** What version rows say of the revisions of a range: those that have one are applied, and all that they stand on. */
export class Lineage {
  readonly isUpgrade: boolean;
  /** The revisions that the version rows may name, besides those of the steps, sorted. */
  readonly others: readonly string[];
  /** The revisions that have to be applied, whichever of the range's are. */
  readonly ground: readonly string[];

  constructor(readonly model: ScriptModel) {
    const { plan, steps } = model;
    this.isUpgrade = steps[0]?.planned.direction === "upgrade";
    this.ground = this.isUpgrade ? plan.rowsBefore : plan.rowsAfter;
    const own = new Set(steps.map(({ revision }) => revision));
    const rows = [...plan.rowsBefore, ...steps.flatMap(({ planned }) => planned.rowsAfter)];
    this.others = [...new Set(rows)].filter((row) => !own.has(row)).sort();
  }

  /** What stands on what, as far as it takes to tell of each revision of the range and its ground if it is applied. */
  get edges(): readonly Edge[] {
    const { steps, follows } = this.model;
    const own = steps.map(({ revision }) => revision);
    const found = new Set([...own, ...this.others]);
    const edges: Edge[] = [];
    const above = new Map<string, string[]>();
    for (const revision of found) {
      for (const below of follows(revision)) {
        found.add(below);
        edges.push({ revision, below });
        above.set(below, [...(above.get(below) ?? []), revision]);
      }
    }
    const telling = new Set([...own, ...this.ground, ...this.others]);
    for (const revision of telling) for (const higher of above.get(revision) ?? []) telling.add(higher);
    return edges.filter(({ below }) => telling.has(below));
  }

  /** The revisions that a downgrade leaves without one above, as far as its own step can tell. */
  opened({ revision: { revision } }: ScriptStep["planned"]): readonly string[] {
    const below = this.model.follows(revision);
    return below.filter((row) => !below.some((other) => other !== row && this.#stands(other, row)));
  }

  #stands(revision: string, on: string): boolean {
    const found = new Set([revision]);
    for (const next of found) {
      if (next === on) return true;
      for (const below of this.model.follows(next)) found.add(below);
    }
    return false;
  }
}
