import { Catalog } from "../catalog/catalog.js";
import { SqlembicError } from "../errors.js";
import type { OperationKind, OperationNode, OperationOf } from "../operations/index.js";
import { applyOperation, checkOperation } from "../operations/index.js";
import { completesNames, type NamingConvention } from "../schema/naming.js";
import { settled, type AuthoredStatement, type JudgedStatement } from "./authored-sql.js";
import type { Dialect, Rendered } from "./dialect.js";
import { refuseSecondStatement } from "./one-statement.js";
import { repeatedPrefixes } from "./repeated-prefix.js";
import { RenderContext, type ContextSettings } from "./render-context.js";
import { stateAfter, stateAt, ReplayPoint, type ReplayState } from "./replay.js";
import { checkServerRules } from "./server-rules.js";
import type { Resumption, Statement } from "./statement.js";
import { asciiText } from "./script/comments.js";
import { whatWasThere } from "./what-was-there.js";

/** What operations are compiled for. */
export interface CompileSettings {
  readonly dialect: Dialect;
  /** The version of the server; the dialect's default when left out. */
  readonly version?: string | undefined;
  readonly namingConvention?: NamingConvention | undefined;
  /** The operations stand outside any history; see `RenderContext.onTrust`. */
  readonly onTrust?: boolean | undefined;
  /** Values are written in ASCII only. */
  readonly ascii?: boolean | undefined;
  /** Whether operations are checked against the replayed schema; true unless said otherwise. */
  readonly schemaChecks?: boolean | undefined;
  /** What an operation takes away or changes stands as comments before its first statement. */
  readonly withBefore?: boolean | undefined;
  /** Statements say how a run that was cut off goes on. */
  readonly resumable?: boolean | undefined;
  /** Receives remarks about operations that compile, but not as their author may expect. */
  readonly notice?: ((text: string, operation: OperationNode) => void) | undefined;
}

function contextSettings(settings: CompileSettings): ContextSettings {
  const { dialect, version = dialect.defaultVersion, namingConvention, onTrust = false, ascii = false } = settings;
  return { dialect, version, namingConvention, onTrust, ascii, notice: settings.notice };
}

/** A context for names and literals alone, where no operation is being compiled. */
export function catalogFreeContext(settings: CompileSettings): RenderContext {
  const nothing = { catalog: Catalog.empty() };
  return new RenderContext({ ...contextSettings(settings), onTrust: false }, undefined, nothing, nothing);
}

/** An operation at its place in the replayed schema. */
interface ReplayedOperation {
  readonly operation: OperationNode;
  /** It stands in an autocommit block. */
  readonly autocommit: boolean;
  readonly before: ReplayState;
  readonly after: ReplayState;
}

/** Operations at their places, one behind the other. */
export interface ReplayedOperations {
  readonly operations: readonly ReplayedOperation[];
  readonly after: ReplayState;
}

/** The first operation that does not fit the schema before it. */
export interface Misfit {
  readonly position: number;
  readonly error: unknown;
}

/** The statements of some operations, and the place after them. */
export interface Compiled {
  readonly statements: readonly Statement[];
  readonly after: ReplayState;
}

/** Puts operations at their places, of which none is made yet; those inside autocommit blocks in the place of the block. */
export function replayOperations(operations: readonly OperationNode[], start: ReplayState): ReplayedOperations {
  const replayed: ReplayedOperation[] = [];
  const replay = (inside: readonly OperationNode[], autocommit: boolean, first: ReplayState): ReplayState => {
    let before = first;
    for (const operation of inside) {
      if (operation.kind === "autocommitBlock") before = replay(operation.operations, true, before);
      else {
        const after = stateAfter(before, operation);
        replayed.push({ operation, autocommit, before, after });
        before = after;
      }
    }
    return before;
  };
  return { operations: replayed, after: replay(operations, false, start) };
}

/**
 * Checks an operation against the rules of the server. A batch is as many statements as it has operations, except where it
 * makes the table anew. On trust nothing is known of the tables, and all is written as it is asked.
 */
function checkRules({ operation, before, after }: ReplayedOperation, settings: CompileSettings): void {
  const { dialect, onTrust = false } = settings;
  const { serverRules } = dialect;
  if (serverRules === undefined || onTrust) return;
  const common = contextSettings(settings);
  if (operation.kind !== "batchAlterTable" || !dialect.features.alterConstraints) {
    const context = new RenderContext(common, operation, before.shown, after.shown);
    checkServerRules(serverRules, { operation, before: context.before, after: context.after, context });
    return;
  }
  let catalog = before.shown.catalog;
  for (const inner of operation.operations) {
    const next = applyOperation(catalog, inner);
    const context = new RenderContext(common, inner, { catalog }, { catalog: next });
    checkServerRules(serverRules, { operation: inner, before: catalog, after: next, context });
    catalog = next;
  }
}

/** Looks for an operation that does not fit the schema before it; undefined when all do, or nobody wants to know. */
export function misfitAmong({ operations }: ReplayedOperations, settings: CompileSettings): Misfit | undefined {
  if (settings.schemaChecks === false) return undefined;
  let position = 0;
  try {
    for (; position < operations.length; position++) {
      const replayed = operations[position] as ReplayedOperation;
      checkOperation(replayed.before.shown.catalog, replayed.operation);
      checkRules(replayed, settings);
    }
  } catch (error) {
    return { position, error };
  }
  return undefined;
}

const noComments: readonly string[] = [];

/** Turns operations into statements. */
class Compilation {
  readonly #statements: Statement[] = [];
  /** What the author's own statements are, by their numbers; empty for most revisions. */
  readonly #authored = new Map<number, AuthoredStatement>();
  readonly #contextSettings: ContextSettings;
  /** Whether the naming convention adds to names that are given; a batch may have a convention of its own. */
  readonly #completesNames: boolean;
  /** What stands before the next statement. */
  #comments = noComments;

  constructor(readonly settings: CompileSettings) {
    this.#contextSettings = contextSettings(settings);
    this.#completesNames = completesNames(settings.namingConvention);
  }

  /** Compiles one operation of a revision; what it is lowered to keeps its origin. */
  compile({ operation, autocommit, ...states }: ReplayedOperation): void {
    let point = states.before.whole;
    const after = states.after.whole;
    const own = new RenderContext(this.#contextSettings, operation, point, after);
    this.#comments = this.#whatWasThere(operation, own);
    if (this.#completesNames || operation.kind === "batchAlterTable") {
      repeatedPrefixes(operation).forEach((text) => own.notice(text));
    }
    for (const lowered of own.lower(operation)) {
      const next = lowered === operation ? after : point.after(lowered);
      if (lowered.kind === "autocommitBlock") {
        for (const part of lowered.operations) this.#add(part, operation, true, this.#contextOf(part, point, next));
      } else
        this.#add(lowered, operation, autocommit, lowered === operation ? own : this.#contextOf(lowered, point, next));
      point = next;
    }
  }

  #contextOf(part: OperationNode, before: ReplayPoint, after: ReplayPoint): RenderContext {
    return new RenderContext(this.#contextSettings, part, before, after);
  }

  /** Adds the statements of a part of an operation, which may be all of it. */
  #add(part: OperationNode, operation: OperationNode, isOutside: boolean, context: RenderContext): void {
    const rendered = this.#render(part.kind, part, context);
    if (typeof rendered === "string" && isAuthored(part, operation)) {
      for (const authored of this.#authoredStatements(rendered)) {
        if (typeof authored !== "string") this.#authored.set(this.#statements.length, authored);
        const sql = typeof authored === "string" ? authored : authored.sql;
        this.#addStatement(sql, part, operation, isOutside, context);
      }
      return;
    }
    if (typeof rendered === "string") this.#addStatement(rendered, part, operation, isOutside, context);
    else for (const sql of rendered) this.#addStatement(sql, part, operation, isOutside, context);
  }

  #addStatement(
    sql: string,
    part: OperationNode,
    operation: OperationNode,
    isOutside: boolean,
    context: RenderContext,
  ): void {
    if (part.kind !== "execute") refuseSecondStatement(sql, operation, this.settings.dialect);
    this.#statements.push({
      sql: this.settings.dialect.script.inClient?.(sql, part) ?? sql,
      operation,
      autocommit: isOutside || this.#runsOutside(sql),
      comments: this.#comments.length === 0 ? undefined : this.#comments,
      isAuthored: isAuthored(part, operation),
      ...(context.isInUtc && { isInUtc: true }),
      resumption: this.#resumption(sql, part, context),
    });
    this.#comments = noComments;
  }

  /** The statements of an author's text; as a mere text where nothing else has to be known of it. */
  #authoredStatements(text: string): readonly (string | AuthoredStatement)[] {
    return this.settings.dialect.script.authored?.(text) ?? [text];
  }

  /** What was compiled. A copy takes no more room than it needs, and is kept until the script is laid out. */
  statements(): readonly Statement[] {
    if (this.#authored.size === 0) return this.#statements.slice();
    return settled(this.#statements.map((statement, state): JudgedStatement => [statement, this.#authored.get(state)]));
  }

  #whatWasThere(operation: OperationNode, context: RenderContext): readonly string[] {
    if (this.settings.withBefore !== true) return noComments;
    const lines = whatWasThere(operation, context.before, context).map((line) => `was ${line}`);
    return this.settings.ascii === true ? lines.map(asciiText) : lines;
  }

  #resumption(sql: string, part: OperationNode, context: RenderContext): Resumption | undefined {
    return this.settings.resumable === true ? this.settings.dialect.script.resumption?.(sql, part, context) : undefined;
  }

  #runsOutside(sql: string): boolean {
    return this.settings.dialect.script.runsOutsideTransaction?.(sql) ?? false;
  }

  #render<K extends OperationKind>(kind: K, operation: OperationOf<K>, context: RenderContext): Rendered {
    return this.settings.dialect.operations[kind](operation, context);
  }
}

/** Whether a statement is the author's own SQL, and not what the dialect made of an operation. */
function isAuthored(part: OperationNode, operation: OperationNode): boolean {
  if (part.kind !== "execute") return false;
  return part === operation || (operation.kind === "batchAlterTable" && operation.operations.includes(part));
}

/**
 * Compiles operations at their places. The one that does not fit the schema is refused when those before it have been
 * compiled, so that of several errors the first is told.
 *
 * @throws UnsupportedError, LiteralError, SchemaError or OperationError with the position of the call
 */
export function compileReplayed(
  { operations, after }: ReplayedOperations,
  settings: CompileSettings,
  misfit: Misfit | undefined,
): Compiled {
  const compilation = new Compilation(settings);
  let position = 0;
  try {
    for (; position < operations.length; position++) {
      if (position === misfit?.position) throw misfit.error;
      compilation.compile(operations[position] as ReplayedOperation);
    }
  } catch (error) {
    if (error instanceof SqlembicError) error.origin ??= operations[position]?.operation.origin;
    throw error;
  }
  return { statements: compilation.statements(), after };
}

/**
 * Compiles operations, beginning at a place of the replayed schema.
 *
 * @throws UnsupportedError, LiteralError, SchemaError or OperationError with the position of the call
 */
export function compileNodes(
  operations: readonly OperationNode[],
  settings: CompileSettings,
  start: ReplayState = stateAt(ReplayPoint.start(() => Catalog.empty({ rules: settings.dialect.rules }))),
): Compiled {
  const replayed = replayOperations(operations, start);
  return compileReplayed(replayed, settings, misfitAmong(replayed, settings));
}
