import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VersionRows } from "../../src/history/steps-rows.js";
import { planDowngrade, planUpgrade } from "../../src/history/steps.js";
import type { RevisionGraph, RevisionNode } from "../../src/history/graph.js";
import type { Step } from "../../src/history/revision.js";
import { graphOf, ids, type RevisionSketch } from "./graph-fixtures.js";

interface Choice {
  readonly below: readonly number[];
  readonly dependencies: number;
}

/**
 * Histories of up to sixteen revisions in any file order. Every revision stands on revisions of which none implies
 * another one, some of them as dependencies: with a dependency that is an ancestor as well, Alembic's rows after a
 * downgrade are not those from before the upgrade.
 */
const graphs: fc.Arbitrary<RevisionGraph> = fc
  .tuple(
    fc.array(fc.record({ below: fc.array(fc.nat(), { maxLength: 3 }), dependencies: fc.nat({ max: 2 }) }), {
      minLength: 1,
      maxLength: 16,
    }),
    fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
  )
  .map(([choices, shuffle]) => {
    const sketches = sketch(choices);
    const keyed = sketches.map((revision, index) => ({ revision, key: shuffle[index] ?? 0 }));
    return graphOf(...keyed.sort((left, right) => left.key - right.key).map(({ revision }) => revision));
  });

function sketch(choices: readonly Choice[]): RevisionSketch[] {
  const implied: ReadonlySet<number>[] = [];
  return choices.map(({ below, dependencies }, index) => {
    const candidates = index === 0 ? [] : [...new Set(below.map((number) => number % index))];
    const highest = candidates.filter((one) => !candidates.some((other) => other !== one && implied[other]?.has(one)));
    implied.push(new Set(highest.flatMap((one) => [one, ...(implied[one] ?? [])])));
    const names = highest.map((one) => `revision${one}`);
    const split = Math.max(0, names.length - dependencies);
    return { id: `revision${index}`, down: names.slice(0, split), dependsOn: names.slice(split) };
  });
}

const graphsWithRows = graphs.chain((graph) =>
  fc.subarray([...graph.nodes]).map((nodes) => {
    const implied = graph.ancestors(nodes.flatMap((node) => node.effectiveDown));
    return { graph, rows: nodes.filter((node) => !implied.has(node)) };
  }),
);

function applyChanges(step: Step): string[] {
  const rows = new Set(step.rowsBefore);
  for (const change of step.versionRowChanges) {
    if (change.change !== "insert")
      expect(rows.delete(change.change === "update" ? change.from : change.version)).toBe(true);
    if (change.change !== "delete") rows.add(change.change === "update" ? change.to : change.version);
  }
  return [...rows].sort();
}

function expectChained(steps: readonly Step[], start: readonly string[]): void {
  let rows = [...start].sort();
  for (const step of steps) {
    expect(step.rowsBefore).toEqual(rows);
    rows = applyChanges(step);
    expect(step.rowsAfter).toEqual(rows);
  }
}

/** What has no other applied revision above it: the rows that a version table should hold. */
function tips(graph: RevisionGraph, applied: ReadonlySet<RevisionNode>): string[] {
  return ids(
    graph.nodes.filter((node) => applied.has(node) && !node.allNext.some((above) => applied.has(above))),
  ).sort();
}

describe("for any history", () => {
  test("an upgrade runs what is missing, each revision after all that it stands on, and keeps the rows true", () => {
    fc.assert(
      fc.property(graphsWithRows, ({ graph, rows }) => {
        const plan = planUpgrade(graph, { rows: ids(rows), target: "heads" });
        expectChained(plan.steps, ids(rows));
        const applied = graph.ancestors(rows);
        for (const step of plan.steps) {
          const node = graph.nodes.filter(({ revision }) => revision === step.revision);
          const below = graph.ancestors(node.flatMap(({ effectiveDown }) => effectiveDown));
          for (const one of below) expect(applied.has(one)).toBe(true);
          for (const one of node) applied.add(one);
          expect(step.rowsAfter).toEqual(tips(graph, applied));
        }
        expect(applied.size).toBe(graph.nodes.length);
        expect(new Set(plan.steps.map((step) => step.revision)).size).toBe(plan.steps.length);
      }),
    );
  });

  test("a downgrade to the base takes back all that is applied, each revision before all that it stands on", () => {
    fc.assert(
      fc.property(graphsWithRows, ({ graph, rows }) => {
        const plan = planDowngrade(graph, { rows: ids(rows), target: "base" });
        expectChained(plan.steps, ids(rows));
        const applied = graph.ancestors(rows);
        expect(plan.steps).toHaveLength(applied.size);
        for (const step of plan.steps) {
          for (const node of graph.nodes.filter(({ revision }) => revision === step.revision)) {
            expect(node.allNext.some((above) => applied.has(above))).toBe(false);
            applied.delete(node);
          }
          expect(step.rowsAfter).toEqual(tips(graph, applied));
        }
        expect(plan.rowsAfter).toEqual([]);
      }),
    );
  });

  test("a downgrade to a revision ends with that revision applied and nothing that stands on it", () => {
    fc.assert(
      fc.property(graphs, fc.nat(), (graph, choice) => {
        const target = graph.nodes[choice % graph.nodes.length];
        if (target === undefined || target.next.length === 0) return;
        const plan = planDowngrade(graph, target.id);
        expectChained(plan.steps, ids(graph.realHeads));
        const left = graph.ancestors(graph.nodes.filter(({ id }) => plan.rowsAfter.includes(id)));
        expect(left.has(target)).toBe(true);
        for (const above of graph.descendants(target.next)) expect(left.has(above)).toBe(false);
      }),
    );
  });

  test("taking a step back restores the rows from before it", () => {
    fc.assert(
      fc.property(graphsWithRows, ({ graph, rows }) => {
        for (const step of planUpgrade(graph, { rows: ids(rows), target: "heads" }).steps) {
          const present = graph.nodes.filter(({ id }) => step.rowsAfter.includes(id));
          const versions = new VersionRows(graph, present);
          for (const node of graph.nodes.filter(({ revision }) => revision === step.revision)) versions.downgrade(node);
          expect(versions.versions).toEqual(step.rowsBefore);
        }
      }),
    );
  });

  test("a plan does not depend on the order in which version rows were read", () => {
    fc.assert(
      fc.property(graphsWithRows, ({ graph, rows }) => {
        const target = "heads";
        const backwards = planUpgrade(graph, { rows: ids(rows).reverse(), target });
        expect(backwards).toEqual(planUpgrade(graph, { rows: ids(rows), target }));
      }),
    );
  });
});
