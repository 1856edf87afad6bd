import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { raised } from "./guard.js";
import { sortedRows, type Rows } from "./parts.js";

/** What the version rows of a range say of its revisions, whichever of them a database has. */
export class Ancestry {
  /** Every version row that a database can have from the start of the range to its end. */
  readonly known: Rows;
  readonly #above = new Map<string, Set<string>>();

  constructor(readonly model: ScriptModel) {
    const { plan, steps } = model;
    this.known = sortedRows([
      ...plan.rowsBefore,
      ...steps.flatMap(({ step }) => [step.revision.revision, ...step.rowsAfter]),
    ]);
    for (const row of this.known) {
      for (const below of this.#withAncestors(row)) {
        const above = this.#above.get(below) ?? new Set();
        this.#above.set(below, above.add(row));
      }
    }
  }

  #withAncestors(revision: string): ReadonlySet<string> {
    const found = new Set([revision]);
    for (const next of found) for (const below of this.model.follows(next)) found.add(below);
    return found;
  }

  /** The rows that say that a revision is applied: its own, and those of all that stand on it. */
  appliedWith(revision: string): Rows {
    return sortedRows([revision, ...(this.#above.get(revision) ?? [])]);
  }

  /** For each row of the start, the rows of which one has to be there. A downgrade may have left them behind. */
  get start(): readonly Rows[] {
    const { plan, steps } = this.model;
    const isUpgrade = steps[0]?.step.direction === "upgrade";
    return (isUpgrade ? plan.rowsBefore : plan.rowsAfter).map((row) => this.appliedWith(row));
  }

  /** PL/pgSQL that changes the version rows after a step. */
  rowLines({ step }: ScriptStep): readonly string[] {
    const { revision } = step.revision;
    return step.direction === "upgrade" ? this.#upgradeLines(revision) : this.#downgradeLines(revision);
  }

  #upgradeLines(revision: string): readonly string[] {
    const { versionTable, literal } = this.model;
    const table = versionTable.qualified;
    const below = this.model.follows(revision).map((row) => literal(row));
    return [
      ...(below.length === 0 ? [] : [`DELETE FROM ${table} WHERE version_num IN (${below.join(", ")});`]),
      `INSERT INTO ${table} (version_num) VALUES (${literal(revision)});`,
      `IF NOT FOUND THEN ${raised(`version row ${revision} was not written`, this.model)} END IF;`,
    ];
  }

  /** What a revision stands on gets a row of its own again, unless another row stands on it too. */
  #downgradeLines(revision: string): readonly string[] {
    const { versionTable, literal } = this.model;
    const table = versionTable.qualified;
    const below = this.model.follows(revision);
    const highest = below.filter((row) => !below.some((other) => other !== row && this.#withAncestors(other).has(row)));
    return [
      `DELETE FROM ${table} WHERE version_num = ${literal(revision)};`,
      `IF NOT FOUND THEN ${raised(`version row ${revision} is missing`, this.model)} END IF;`,
      ...highest.map((row) => {
        const others = this.appliedWith(row).map((version) => literal(version));
        const isAlone = `NOT EXISTS (SELECT FROM ${table} WHERE version_num IN (${others.join(", ")}))`;
        return `INSERT INTO ${table} (version_num) SELECT ${literal(row)} WHERE ${isAlone};`;
      }),
    ];
  }
}
