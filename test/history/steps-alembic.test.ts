import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { selectHistory } from "../../src/history/selector-history.js";
import { currentRevisions } from "../../src/history/selector-target.js";
import { planStamp } from "../../src/history/steps-stamp.js";
import { planDowngrade, planUpgrade } from "../../src/history/steps.js";
import type { RevisionGraph } from "../../src/history/graph.js";
import { graphOf, ids, stepText, type RevisionSketch } from "./graph-fixtures.js";

type AlembicCase = { readonly expected: readonly string[] } & (
  | { readonly command: "upgrade" | "downgrade"; readonly range: string }
  | { readonly command: "upgrade" | "downgrade"; readonly rows: readonly string[]; readonly target: string }
  | { readonly command: "stamp"; readonly rows?: readonly string[]; readonly targets: readonly string[] }
  | { readonly command: "history"; readonly range: string }
  | { readonly command: "current"; readonly rows: readonly string[] }
);

interface AlembicHistory {
  readonly revisions: readonly RevisionSketch[];
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly heads: readonly string[];
  readonly realHeads: readonly string[];
  readonly cases: readonly AlembicCase[];
}

/**
 * Random histories, and what Alembic 1.19 does with them. Where Alembic takes the members of a Python set in the order
 * of their hashes (several `depends_on`, the rows of a merge or of a branch opening), the expected values have the order
 * of the revision file.
 */
const histories = JSON.parse(
  readFileSync(new URL("./graph-cases.json", import.meta.url), "utf8"),
) as readonly AlembicHistory[];

function run(graph: RevisionGraph, alembicCase: AlembicCase): readonly string[] {
  switch (alembicCase.command) {
    case "upgrade":
    case "downgrade": {
      const plan = alembicCase.command === "upgrade" ? planUpgrade : planDowngrade;
      return plan(graph, "range" in alembicCase ? alembicCase.range : alembicCase).steps.map(stepText);
    }
    case "stamp":
      return planStamp(graph, alembicCase.targets, { rows: alembicCase.rows }).steps.map(stepText);
    case "history":
      return ids(selectHistory(graph, alembicCase.range));
    case "current": {
      const rows = alembicCase.rows.map((row) => graph.nodes.filter((node) => node.id === row)).flat();
      return ids(currentRevisions(graph, rows)).sort();
    }
  }
}

function title(alembicCase: AlembicCase): string {
  const { command } = alembicCase;
  if ("range" in alembicCase) return `${command} ${alembicCase.range}`;
  const from = alembicCase.rows === undefined ? "" : ` from rows [${alembicCase.rows.join(", ")}]`;
  if (command === "current") return `${command}${from}`;
  return `${command} ${command === "stamp" ? alembicCase.targets.join(" ") : alembicCase.target}${from}`;
}

describe.each(histories.map((history, index) => ({ history, name: `history ${index + 1}` })))(
  "as Alembic 1.19: $name",
  ({ history }) => {
    const graph = graphOf(...history.revisions);

    test("heads, and the labels of every revision", () => {
      expect(ids(graph.heads)).toEqual(history.heads);
      expect(ids(graph.realHeads)).toEqual(history.realHeads);
      for (const node of graph.nodes) expect(graph.branchLabels(node)).toEqual(history.labels[node.id] ?? []);
    });

    test.each(history.cases.map((alembicCase) => ({ alembicCase, name: title(alembicCase) })))(
      "$name",
      ({ alembicCase }) => {
        expect(run(graph, alembicCase)).toEqual(alembicCase.expected);
      },
    );
  },
);
