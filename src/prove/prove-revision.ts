import type { Catalog, Unknown } from "../catalog/catalog.js";
import { compareSchemas, type Difference } from "../catalog/compare.js";
import { describeCatalog } from "../catalog/describe.js";
import type { SchemaWriter } from "../catalog/normal-form.js";
import { catalogFreeContext } from "../compiler/compile.js";
import type { Dialect } from "../compiler/dialect.js";
import type { RenderContext } from "../compiler/render-context.js";
import { stateAt, ReplayPoint } from "../compiler/replay.js";
import { mayChangeSchema } from "../compiler/sql-reader.js";
import type { CompiledStep, StepCompiler } from "../compiler/step-compiler.js";
import { SqlembicError, type Origin } from "../errors.js";
import { bodyFactsOf } from "../facts/body.js";
import type { OperationNode } from "../operations/index.js";
import type { Step } from "../history/revision.js";
import { isSqlText, textOfSql } from "../schema/expressions.js";
import { excuseMovedColumns } from "./column-order.js";
import type { Reason, RevisionProof, Verdict } from "./proof.js";

/** A step up and the step that takes it back. */
export interface StepPair {
  readonly up: Step;
  readonly down: Step;
}

/** One way, compiled, with the schema that it leads to. */
export interface CompiledWay {
  readonly compiled: CompiledStep;
  readonly after: Catalog;
}

/** A revision with its proof, and what it was made of. */
export interface ProvenRevision {
  readonly proof: RevisionProof;
  /** The schema before the way up. */
  readonly before: Catalog;
  /** Undefined where the way cannot be compiled. */
  readonly up: CompiledWay | undefined;
  readonly down: CompiledWay | undefined;
}

async function compileWay(step: Step, before: Catalog, compiler: StepCompiler): Promise<CompiledWay> {
  const place = stateAt(ReplayPoint.start(() => before));
  const { compiled, after } = compiler.compile(await compiler.prepare(step, place));
  return { compiled, after: after.whole.catalog };
}

async function attempt(action: () => Promise<CompiledWay>): Promise<CompiledWay | SqlembicError> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof SqlembicError) return error;
    throw error;
  }
}

/** Whether a body says by an error of its own that there is no way; those of the language are mistakes. */
function isRefusal({ code, cause }: SqlembicError): boolean {
  const mistakes = new Set(["TypeError", "ReferenceError", "RangeError", "SyntaxError", "EvalError", "URIError"]);
  return code === "body-failed" && cause instanceof Error && !mistakes.has(cause.name);
}

function shortSql(sql: string): string {
  const flat = sql.replace(/\s+/g, " ").trim();
  return flat.length > 80 ? `${flat.slice(0, 80)}…` : flat;
}

/** The SQL of some operations of which the replay does not know what it does to the schema. */
function notUnderstood(operations: readonly OperationNode[]): readonly Reason[] {
  return operations.flatMap((operation): readonly Reason[] => {
    if (operation.kind === "batchAlterTable" || operation.kind === "autocommitBlock") {
      return notUnderstood(operation.operations);
    }
    if (operation.kind !== "execute") return [];
    const { effects, statement, origin } = operation;
    const isUnderstood = effects === undefined ? !mayChangeSchema(operation) : effects.unknown.length === 0;
    if (isUnderstood) return [];
    return [notUnderstoodReason(isSqlText(statement) ? textOfSql(statement) : statement.sql, origin)];
  });
}

function notUnderstoodReason(sql: string, origin: Origin | undefined): Reason {
  return { text: `cannot be proven: the replay does not understand the SQL: ${shortSql(sql)}`, origin };
}

/** The SQL that is understood by itself, but not on top of the replayed schema, and left objects unknown. */
function leftUnknown(before: Catalog, after: Catalog, said: readonly Reason[]): readonly Reason[] {
  const causes = new Set(
    after.unknown.keys().flatMap((key) => (before.unknown.has(key) ? [] : (after.unknown.get(key) ?? []))),
  );
  return [...causes]
    .map(({ sql, origin }) => notUnderstoodReason(sql, origin))
    .filter(({ text }) => !said.some((reason) => reason.text === text));
}

/** What earlier SQL left unknown of the objects that a revision touches. */
function unknownBefore(before: Catalog, after: Catalog): readonly Reason[] {
  if (before.unknown.size === 0) return [];
  const touched = before.differences(after);
  const keys = [...(touched?.tables ?? []), ...(touched?.enums ?? [])];
  const causes = new Map<Unknown, string>();
  for (const key of ["*", ...keys]) {
    const unknown = before.unknown.get(key);
    if (unknown !== undefined && !causes.has(unknown)) causes.set(unknown, key);
  }
  return [...causes].map(([{ sql, origin }, key]) => ({
    text: `cannot be proven: ${key === "*" ? "nothing" : `nothing of ${key}`} is known since: ${shortSql(sql)}`,
    origin,
  }));
}

/** Whether a difference is about an object of which nothing is known. */
function isCertain(difference: Difference, catalog: Catalog): boolean {
  const key =
    difference.difference === "order" ? difference.table : (difference.object.table ?? difference.object.name);
  return catalog.unknown.get("*") === undefined && catalog.unknown.get(key) === undefined;
}

/** Proves single revisions, whichever come. */
export class RevisionProver {
  readonly #context: RenderContext;

  constructor(readonly compiler: StepCompiler) {
    this.#context = catalogFreeContext(compiler.settings);
  }

  get dialect(): Dialect {
    return this.compiler.settings.dialect;
  }

  /** How the dialect writes what a catalog holds. */
  get writer(): SchemaWriter {
    return this.#context;
  }

  async prove({ up: upStep, down: downStep }: StepPair, before: Catalog): Promise<ProvenRevision> {
    const up = await attempt(() => compileWay(upStep, before, this.compiler));
    if (up instanceof SqlembicError) {
      const reason = { text: `the upgrade cannot be compiled: ${up.message}`, origin: up.origin };
      return {
        proof: proofOf(upStep, "failed", { reasons: [reason], error: up }),
        before,
        up: undefined,
        down: undefined,
      };
    }
    const down = await attempt(() => compileWay(downStep, up.after, this.compiler));
    if (down instanceof SqlembicError) {
      const reason = { text: `the downgrade cannot be compiled: ${down.message}`, origin: down.origin };
      const changes = this.#rowChanges(up.compiled.operations, before, [], up.after);
      const found = { reasons: [reason], error: down, ...changes };
      const verdict = isRefusal(down) ? "irreversible" : "downgradeFailed";
      return { proof: proofOf(upStep, verdict, found), before, up, down: undefined };
    }
    return { proof: await this.#compare(upStep, before, up, down), before, up, down };
  }

  async #compare(step: Step, before: Catalog, up: CompiledWay, down: CompiledWay): Promise<RevisionProof> {
    const upwards = up.compiled.operations;
    const downwards = down.compiled.operations;
    const changes = this.#rowChanges(upwards, before, downwards, up.after);
    if (upwards.length > 0 && downwards.length === 0) {
      return proofOf(step, "irreversible", { ...changes, reasons: [await this.#noDowngrade(step)] });
    }
    const notRead = [...notUnderstood(upwards), ...notUnderstood(downwards)];
    const unknown = [...notRead, ...leftUnknown(before, down.after, notRead), ...unknownBefore(before, up.after)];
    const isRead = this.dialect.loadReader !== undefined || unknown.length === 0;
    const all = isRead
      ? this.compareCatalogs(before, down.after).filter((difference) => isCertain(difference, down.after))
      : [];
    const { differences, movedColumns } = excuseMovedColumns(all, downwards);
    const verdict: Verdict =
      differences.length > 0
        ? "notInverse"
        : unknown.length > 0
          ? "unproven"
          : changes.losses.length > 0
            ? "lossy"
            : "reversible";
    return proofOf(step, verdict, { ...changes, reasons: unknown, differences, movedColumns });
  }

  async #noDowngrade({ revision }: Step): Promise<Reason> {
    const hasDowngrade = (await this.compiler.source.bodyOf(revision)).downgrade !== undefined;
    const text = hasDowngrade ? "the downgrade does nothing" : "there is no downgrade";
    return { text, origin: { file: revision.file, line: 1, column: 1 } };
  }

  /** How a replayed schema differs from another one of the same replay. */
  compareCatalogs(expected: Catalog, found: Catalog): readonly Difference[] {
    const only = expected.differences(found);
    return compareSchemas(describeCatalog(expected, this.writer, only), describeCatalog(found, this.writer, only));
  }

  #rowChanges(
    upwards: readonly OperationNode[],
    before: Catalog,
    downwards: readonly OperationNode[],
    after: Catalog,
  ): Pick<RevisionProof, "losses" | "hazards" | "dataStatements"> {
    const up = bodyFactsOf(upwards, before, (type) => this.#context.variant(type));
    const down = bodyFactsOf(downwards, after, (type) => this.#context.variant(type));
    return {
      losses: [...marked(up.losses, "upgrade"), ...marked(down.losses, "downgrade")],
      // What does not fit a new type is told as lost already.
      hazards: down.failures.filter(({ cause }) => cause !== "doesNotFit"),
      dataStatements: [...marked(up.rowChanges, "upgrade"), ...marked(down.rowChanges, "downgrade")],
    };
  }
}

function marked<T extends { readonly origin: Origin | undefined }, D extends "upgrade" | "downgrade">(
  list: readonly T[],
  direction: D,
): readonly (T & { readonly direction: D })[] {
  return list.map((item) => ({ ...item, direction }));
}

function proofOf({ revision }: Step, verdict: Verdict, found: Partial<RevisionProof>): RevisionProof {
  const { revision: id, message, file } = revision;
  const nothing = { reasons: [], differences: [], losses: [], hazards: [], dataStatements: [], movedColumns: [] };
  return { revision: id, message, file, verdict, ...nothing, ...found };
}
