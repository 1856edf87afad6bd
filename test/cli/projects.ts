import { projectFolder } from "../support/project-folder.js";

export interface RevisionSource {
  readonly revision: string;
  readonly down?: string | readonly string[] | null;
  readonly labels?: string | readonly string[] | null;
  readonly dependsOn?: string | readonly string[] | null;
  readonly documentation?: string;
  readonly upgrade?: string;
  readonly downgrade?: string;
}

/** The text of a revision file. */
function revisionFile(source: RevisionSource): string {
  const { revision, down = null, labels = null, dependsOn = null, upgrade = "// pass", downgrade = "" } = source;
  const documentation = (source.documentation ?? revision).split("\n").map((line) => ` * ${line}`.trimEnd());
  return `/**
${documentation.join("\n")}
 */
import { check, column, sql, t, type Operations } from "sqlembic";

export const revision = ${JSON.stringify(revision)};
export const downRevision = ${JSON.stringify(down)};
export const branchLabels = ${JSON.stringify(labels)};
export const dependsOn = ${JSON.stringify(dependsOn)};

export function upgrade(op: Operations): void {
  ${upgrade}
}

export function downgrade(op: Operations): void {
  ${downgrade}
}
`;
}

export const configFile =
  'import { defineConfig } from "sqlembic";\n\nexport default defineConfig({ dialect: "postgresql" });\n';

/** A project in a temporary folder, with one file for each revision. */
export function project(revisions: readonly RevisionSource[], files: Readonly<Record<string, string>> = {}): string {
  const versions = revisions.map((source): [string, string] => [
    `versions/${source.revision}_x.ts`,
    revisionFile(source),
  ]);
  return projectFolder({
    "sqlembic.config.ts": configFile,
    "versions/.gitkeep": "",
    ...Object.fromEntries(versions),
    ...files,
  });
}

/** Three revisions, one above the other, each with a statement that names it. */
export const chain: readonly RevisionSource[] = [
  {
    revision: "aaaa1111",
    documentation: "add account",
    upgrade: 'op.execute("SELECT 1");',
    downgrade: 'op.execute("SELECT -1");',
  },
  {
    revision: "bbbb2222",
    down: "aaaa1111",
    documentation: "fill account",
    upgrade: 'op.execute("SELECT 2");',
    downgrade: 'op.execute("SELECT -2");',
  },
  {
    revision: "cccc3333",
    down: "bbbb2222",
    documentation: "close account",
    upgrade: 'op.execute("SELECT 3");',
    downgrade: 'op.execute("SELECT -3");',
  },
];

/** Two bases' worth of forks: labels, a merge, dependencies and a head that another revision needs. */
export const branched: readonly RevisionSource[] = [
  { revision: "a1a1", documentation: "first tables\n\nThey hold accounts." },
  { revision: "b1b1", down: "a1a1", labels: ["billing"], documentation: "begin billing" },
  { revision: "b2b2", down: "b1b1", documentation: "invoices" },
  { revision: "c1c1", down: "a1a1", documentation: "shop front" },
  { revision: "d1d1", down: ["b2b2", "c1c1"], documentation: "join billing and shop" },
  { revision: "e1e1", down: "d1d1", labels: ["left", "alpha"], documentation: "left hand" },
  { revision: "f1f1", down: "d1d1", dependsOn: "e1e1", documentation: "right hand needs left" },
  { revision: "g1g1", labels: ["reports"], dependsOn: ["billing", "c1c1"], documentation: "reports of their own" },
];
