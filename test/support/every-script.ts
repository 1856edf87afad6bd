import { readdirSync } from "node:fs";
import { loadDialect } from "../../dialects/index.js";
import { compilePlan, type CompiledStep } from "../../src/compiler/compile-plan.js";
import { scriptOf, type ScriptSettings } from "../../src/compiler/script.js";
import type { clientNames } from "../../src/compiler/script/clients.js";
import { layoutNames, type LayoutName } from "../../src/compiler/script/model.js";
import type { Script } from "../../src/compiler/script/text.js";
import { buildGraph } from "../../src/history/graph-builder.js";
import { planDowngrade, planUpgrade, type Plan } from "../../src/history/steps.js";
import { loadProject, SqlembicError } from "../../src/index.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { packageFolder } from "./scripts.js";

/** The program that applies scripts of each dialect when none is named. */
const ownClients = {
  postgresql: "psql",
  mysql: "mysql",
  mariadb: "mysql",
  sqlite: "sqlite3",
  mssql: "sqlcmd",
  oracle: "sqlplus",
} as const satisfies { readonly [D in DialectName]: (typeof clientNames)[number] };

/** The folders of all kept projects, from that of the package. */
export const keptFolders: readonly string[] = ["test/golden", "samples"].flatMap((parent) =>
  readdirSync(`${packageFolder}${parent}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${parent}/${name}`),
);

/** A named target of a project's configuration, where it has several. */
function targetOf(folder: string): string | undefined {
  if (folder.startsWith("test/golden/")) return "postgresql";
  return { "samples/saas": "mysql", "samples/warehouse": "mssql" }[folder];
}

/** One script of a project, with what it was made of. */
export interface LaidOut {
  readonly name: string;
  readonly dialect: DialectName;
  readonly layout: LayoutName;
  readonly steps: readonly CompiledStep[];
  readonly script: Script;
}

/** What is tried beside the layouts and clients. */
const settingsTried: readonly Partial<ScriptSettings>[] = [
  {},
  { transactionPerMigration: true },
  { ascii: true, withBefore: true, statementTimeout: 5000, session: [] },
];

/** The scripts of a plan in every layout, for the dialect's own client and any other. */
export function* everyLayout(
  name: string,
  plan: Plan,
  steps: readonly CompiledStep[],
  settings: ScriptSettings,
): Generator<LaidOut> {
  const dialect = settings.dialect.name;
  for (const layout of layoutNames) {
    for (const client of [ownClients[dialect], "any"] as const) {
      try {
        const script = scriptOf(plan, steps, { ...settings, layout, client });
        yield { name: `${name}, ${dialect} ${layout} ${client}`, dialect, layout, steps, script };
      } catch (error) {
        // not every dialect has every layout, nor a layout for every client
        if (!(error instanceof SqlembicError)) throw error;
      }
    }
  }
}

/** What compiles for one dialect, with what is not asked for left out. */
export async function settingsFor(name: DialectName, more: Partial<ScriptSettings> = {}): Promise<ScriptSettings> {
  const dialect = await loadDialect(name);
  const versionTable = { name: "alembic_version", schema: undefined, primaryKey: true };
  return { dialect, versionTable, layout: "guarded", resumable: true, schemaChecks: false, ...more };
}

/** Every script of a kept project, for all dialects that can have it. */
export async function* everyScript(folder: string): AsyncGenerator<LaidOut> {
  const target = targetOf(folder);
  const cwd = `${packageFolder}${folder}`;
  const project = await loadProject("sqlembic.config.ts", target === undefined ? { cwd } : { cwd, target });
  const graph = buildGraph(project.revisions);
  const follows = (id: string): readonly string[] => graph.get(id)?.effectiveDown.map((below) => below.id) ?? [];
  for (const name of dialectNames) {
    for (const more of settingsTried) {
      const settings = await settingsFor(name, { ...more, follows });
      for (const plan of [planUpgrade(graph, "heads"), planDowngrade(graph, "heads:base")]) {
        try {
          const steps = await compilePlan(plan, { ...project, graph }, { ...settings, parse: false });
          yield* everyLayout(
            `${folder} ${plan.steps[0]?.direction ?? ""} ${JSON.stringify(more)}`,
            plan,
            steps,
            settings,
          );
        } catch (error) {
          if (!(error instanceof SqlembicError)) throw error;
        }
      }
    }
  }
}
