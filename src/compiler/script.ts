import { UnsupportedError, UsageError } from "../errors.js";
import type { Plan } from "../history/steps.js";
import type { CompiledStep } from "./compile-plan.js";
import { catalogFreeContext, compileNodes, type CompileSettings } from "./compile.js";
import { asciiSteps, requireAscii } from "./script/ascii.js";
import { headerLines } from "./script/header.js";
import { clients, type Client, type ClientName } from "./script/clients.js";
import type { LayoutName, ScriptModel } from "./script/model.js";
import { stepTitle } from "./script/comments.js";
import type { Fragment, Script } from "./script/text.js";
import { plain } from "./script/plain.js";
import { createVersionTable, purgeStatement, versionRowStatements, type VersionTable } from "./version-table.js";

/** How a script is laid out. */
export interface ScriptSettings extends CompileSettings {
  readonly versionTable: VersionTable;
  /** Makes the schema of the version table, where one of the steps makes it only later. */
  readonly schemaFirst?: readonly string[];
  readonly layout: LayoutName;
  /** The program that applies the script; the dialect's own when left out. */
  readonly client?: ClientName | undefined;
  /** Whether the server rolls DDL back; undefined: as the dialect does. */
  readonly transactionalDdl?: boolean | undefined;
  readonly transactionPerMigration?: boolean | undefined;
  readonly lockTimeout?: number | undefined;
  readonly statementTimeout?: number | undefined;
  readonly session?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly madeBy?: ((plan: Plan) => string | undefined) | undefined;
  /** The revisions that one stands on directly, for layouts that have to know what is applied with another one. */
  readonly follows?: ((revision: string) => readonly string[]) | undefined;
}

/** @throws UsageError when the client is that of another dialect */
function clientOf({ client, dialect }: ScriptSettings): Client {
  const own = dialect.script.client;
  if (client === undefined || client === own || client === "any") return clients[client ?? own];
  throw new UsageError("foreign-client", `${client} does not apply scripts for ${dialect.name}.`, {
    hint: `Its client is ${own}; any stands for drivers and everything else.`,
    data: { client, dialect: dialect.name },
  });
}

function modelOf(
  plan: Plan,
  steps: readonly CompiledStep[],
  settings: ScriptSettings,
  makesTableAlone = false,
): ScriptModel {
  const { dialect, version = dialect.defaultVersion, versionTable } = settings;
  const context = catalogFreeContext(settings);
  const qualified = context.qualified(versionTable.schema, versionTable.name);
  const create = (ifNotExists: boolean): readonly string[] =>
    compileNodes([createVersionTable(versionTable, ifNotExists)], settings).statements.map(({ sql }) => sql);
  const schemaFirst = settings.schemaFirst ?? [];
  return {
    dialect,
    version,
    client: clientOf(settings),
    plan,
    steps: steps.map(({ step, statements }) => ({
      planned: step,
      revision: step.revision.revision,
      title: stepTitle(step),
      statements,
      versionRows: versionRowStatements(step.versionRowChanges, qualified, context),
    })),
    makesTableAlone,
    madeBy: settings.madeBy?.(plan),
    versionTable: {
      name: versionTable.name,
      schema: versionTable.schema,
      qualified,
      createIfMissing: [...schemaFirst, ...create(true)],
      create: [...schemaFirst, ...create(false)],
      purge: purgeStatement(versionTable, settings),
    },
    transactionalDdl: settings.transactionalDdl ?? dialect.script.transactionalDdl,
    transactionPerMigration: settings.transactionPerMigration ?? false,
    lockTimeout: settings.lockTimeout,
    statementTimeout: settings.statementTimeout,
    session: settings.session ?? [],
    literal: (value) => context.literal(value),
    follows: (revision) => settings.follows?.(revision) ?? [],
  };
}

/**
 * The script of a plan.
 *
 * @throws UnsupportedError when the dialect has no such layout
 */
export function scriptOf(plan: Plan, steps: readonly CompiledStep[], settings: ScriptSettings): Script {
  const { ascii = false } = settings;
  return laidOut(modelOf(plan, ascii ? asciiSteps(steps) : steps, settings), settings);
}

/** The fragments of a script, with what it says of itself. */
function laidOut(model: ScriptModel, { layout, ascii = false }: ScriptSettings): Script {
  const fragments = lay(model, layout);
  if (ascii) requireAscii(fragments);
  const isWorthHeader = layout !== "plain" && fragments.length > 0;
  return { fragments, header: isWorthHeader ? (sha256) => headerLines(model, layout, sha256) : undefined };
}

/** What to do where a dialect has no such layout. */
const hintsWithoutLayout = {
  idempotent: "Compile a guarded script for the range that the database lacks: --from reads its version rows.",
  resumable:
    "Its DDL is transactional: a run that was cut off leaves nothing behind, and the same file can be run again.",
  block: "Leave --block out: scripts are guarded without it; the blocks are MariaDB's BEGIN NOT ATOMIC.",
} as const;

function lay(model: ScriptModel, layout: LayoutName): readonly Fragment[] {
  const { dialect } = model;
  if (layout === "plain") return plain(model);
  const { layouts } = dialect.script;
  if (layout === "guarded") return layouts.guarded(model);
  const own = layouts[layout];
  if (own !== undefined) return own(model);
  throw new UnsupportedError("unsupported-layout", `${dialect.name} has no ${layout} scripts.`, {
    hint: hintsWithoutLayout[layout],
  });
}

const nothingToApply: Plan = {
  steps: [],
  rowsBefore: [],
  rowsAfter: [],
  createsVersionTable: true,
  startsFromHeads: false,
  purges: false,
};

/**
 * The script that makes the version table and changes nothing else. Guarded, it may be applied again and again, so that
 * there is no other form of it but the plain one.
 */
export function versionTableScript(settings: ScriptSettings): Script {
  const layout = settings.layout === "plain" ? "plain" : "guarded";
  return laidOut(modelOf(nothingToApply, [], settings, true), { ...settings, layout });
}
