import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppliedRevisions } from "../../../dialects/shared/applied-revisions.js";
import type { ScriptModel } from "../../../src/compiler/script/model.js";
import type { Step } from "../../../src/history/revision.js";

/** What each revision stands on: earlier ones, of which all but the first are dependencies where it says so. */
interface RandomRevision {
  readonly id: string;
  readonly below: readonly string[];
  readonly dependencies: readonly string[];
}

const histories = fc
  .array(fc.tuple(fc.array(fc.nat({ max: 20 }), { maxLength: 3 }), fc.boolean()), { minLength: 1, maxLength: 9 })
  .map((shapes) =>
    shapes.map(([numbers, depends], index): RandomRevision => {
      const chosen = index === 0 ? [] : [...new Set(numbers.map((number) => `r${number % index}`))];
      const [first = [], rest = []] = depends ? [chosen.slice(0, 1), chosen.slice(1)] : [chosen, []];
      return { id: `r${index}`, below: first, dependencies: rest };
    }),
  );

class History {
  readonly follows: ReadonlyMap<string, readonly string[]>;

  constructor(readonly revisions: readonly RandomRevision[]) {
    this.follows = new Map(revisions.map(({ id, below, dependencies }) => [id, [...below, ...dependencies]]));
  }

  /** A revision and all that it stands on. */
  closure(ids: Iterable<string>): ReadonlySet<string> {
    const found = new Set(ids);
    for (const id of found) for (const below of this.follows.get(id) ?? []) found.add(below);
    return found;
  }

  /** The version rows of a database that has some revisions, with all that they stand on. */
  rows(applied: ReadonlySet<string>): readonly string[] {
    const ids = [...applied];
    return ids.filter((id) => !ids.some((other) => other !== id && this.closure([other]).has(id))).sort();
  }

  applied(direction: "upgrade" | "downgrade"): {
    readonly steps: readonly Step[];
    readonly revisions: AppliedRevisions;
  } {
    const ids = this.revisions.map(({ id }) => id);
    const upwards = this.revisions.map(({ id, below, dependencies }, index): Step => {
      const [before, after] = [ids.slice(0, index), ids.slice(0, index + 1)].map((some) => this.rows(new Set(some)));
      const revision = { revision: id, downRevisions: below, dependsOn: dependencies } as unknown as Step["revision"];
      return { direction: "upgrade", revision, rowsBefore: before, rowsAfter: after } as unknown as Step;
    });
    const downwards = upwards
      .map((step): Step => ({ ...step, direction, rowsBefore: step.rowsAfter, rowsAfter: step.rowsBefore }))
      .reverse();
    const steps = direction === "upgrade" ? upwards : downwards;
    const [rowsBefore, rowsAfter] = [steps[0]?.rowsBefore ?? [], steps.at(-1)?.rowsAfter ?? []];
    const model = {
      plan: { rowsBefore, rowsAfter },
      steps: steps.map((planned) => ({ planned, revision: planned.revision.revision })),
      follows: (id: string) => this.follows.get(id) ?? [],
    } as unknown as ScriptModel;
    return { steps, revisions: new AppliedRevisions(model) };
  }
}

/** Runs the steps as an idempotent script does, and says which were applied. */
function run(
  history: History,
  direction: "upgrade" | "downgrade",
  rows: Set<string>,
  fails?: string,
): readonly string[] {
  const { steps, revisions } = history.applied(direction);
  const any = (some: readonly string[]): boolean => some.some((row) => rows.has(row));
  const applied: string[] = [];
  for (const step of steps) {
    const id = step.revision.revision;
    const { needs, unless } = direction === "upgrade" ? revisions.due(step.revision) : { needs: [[id]], unless: [] };
    if (!needs.every(any) || any(unless) || id === fails) continue;
    applied.push(id);
    for (const change of revisions.changes(step)) {
      if (change.change === "remove") change.versions.forEach((version) => rows.delete(version));
      else if (change.change === "delete") expect(rows.delete(change.version)).toBe(true);
      else if (change.change === "insert" || !any(change.unless)) {
        expect([...rows]).not.toContain(change.version);
        rows.add(change.version);
      }
    }
  }
  return applied;
}

const options = { seed: Number(process.env["SQLEMBIC_TEST_SEED"] ?? 1), numRuns: 2000 };

describe("what is applied, by the version rows", () => {
  const placed = fc.tuple(histories, fc.array(fc.nat({ max: 8 }), { maxLength: 4 })).map(([revisions, numbers]) => {
    const history = new History(revisions);
    const start = history.closure(numbers.map((number) => `r${number % revisions.length}`));
    return { history, start, ids: revisions.map(({ id }) => id) };
  });

  it("lets an upgrade apply exactly what is missing, from wherever it starts, and nothing a second time", () => {
    fc.assert(
      fc.property(placed, ({ history, start, ids }) => {
        const rows = new Set(history.rows(start));
        expect(run(history, "upgrade", rows)).toEqual(ids.filter((id) => !start.has(id)));
        expect([...rows].sort()).toEqual(history.rows(new Set(ids)));
        expect(run(history, "upgrade", rows)).toEqual([]);
      }),
      options,
    );
  });

  it("lets an upgrade leave out what stands on a revision that failed", () => {
    fc.assert(
      fc.property(placed, fc.nat({ max: 8 }), ({ history, start, ids }, number) => {
        const failed = ids[number % ids.length] as string;
        const rows = new Set(history.rows(start));
        const applied = run(history, "upgrade", rows, failed);
        if (start.has(failed)) return;
        expect(applied).toEqual(ids.filter((id) => !start.has(id) && !history.closure([id]).has(failed)));
        expect([...rows].sort()).toEqual(history.rows(new Set([...start, ...applied])));
      }),
      options,
    );
  });

  it("lets a downgrade take back exactly what is there", () => {
    fc.assert(
      fc.property(placed, ({ history, start, ids }) => {
        const rows = new Set(history.rows(start));
        expect(run(history, "downgrade", rows)).toEqual(ids.filter((id) => start.has(id)).reverse());
        expect([...rows]).toEqual([]);
      }),
      options,
    );
  });

  it("is told by one row for each revision of a chain", () => {
    const ids = Array.from({ length: 9 }, (_, index) => `r${index}`);
    const chain = new History(ids.map((id, index) => ({ id, below: ids.slice(index - 1, index), dependencies: [] })));
    const { steps, revisions } = chain.applied("upgrade");
    expect(steps.slice(1).map(({ revision }) => revisions.due(revision))).toEqual(
      ids.slice(0, -1).map((id) => ({ needs: [[id]], unless: [] })),
    );
    const down = chain.applied("downgrade");
    expect(down.steps.map((step) => down.revisions.changes(step).map(({ change }) => change))).toEqual([
      ...ids.slice(1).map(() => ["delete", "insert"]),
      ["delete"],
    ]);
  });

  it("is not told by a dependency alone, which may be younger than the rows", () => {
    const revisions = [
      { id: "r0", below: [], dependencies: [] },
      { id: "r1", below: [], dependencies: ["r0"] },
    ];
    const rows = new Set(["r0", "r1"]);
    expect(run(new History(revisions), "upgrade", rows)).toEqual([]);
    expect([...rows]).toEqual(["r0", "r1"]);
  });
});
