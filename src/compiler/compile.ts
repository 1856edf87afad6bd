import { Catalog } from "../catalog/catalog.js";
import { SqlembicError } from "../errors.js";
import type { OperationKind, OperationNode, OperationOf } from "../operations/index.js";
import { checkOperation } from "../operations/index.js";
import type { NamingConvention } from "../schema/naming.js";
import type { Dialect, Rendered } from "./dialect.js";
import { RenderContext } from "./render-context.js";
import { placeAfter, placeAt, ReplayPoint, type Place } from "./replay.js";
import type { Resumption, Statement } from "./statement.js";
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

/** A context for names and literals alone, where no operation is being compiled. */
export function catalogFreeContext(settings: CompileSettings): RenderContext {
  const { dialect, version = dialect.defaultVersion, namingConvention, ascii } = settings;
  const none = Catalog.empty();
  const catalog = (): Catalog => none;
  return new RenderContext({
    dialect,
    version,
    namingConvention,
    ascii,
    operation: undefined,
    before: catalog,
    after: catalog,
  });
}

/** The statements of some operations, and the place after them. */
export interface Compiled {
  readonly statements: readonly Statement[];
  readonly after: Place;
}

/** Turns operations into statements, keeping the replayed schema beside them. */
class Compilation {
  readonly statements: Statement[] = [];

  constructor(
    readonly settings: CompileSettings,
    public place: Place,
  ) {}

  /** Compiles one operation of a revision; what it is lowered to keeps its origin. */
  compile(operation: OperationNode, autocommit: boolean): void {
    if (operation.kind === "autocommitBlock") {
      for (const inner of operation.operations) this.compile(inner, true);
      return;
    }
    if (this.settings.schemaChecks !== false) checkOperation(this.place.shown.catalog, operation);
    const end = placeAfter(this.place, operation);
    let point = this.place.whole;
    let comments = this.#whatWasThere(operation, point, end.whole);
    const own = this.#context(operation, point, end.whole);
    for (const lowered of own.lower(operation)) {
      const next = lowered === operation ? end.whole : point.after(lowered);
      for (const [part, isOutside] of partsOf(lowered, autocommit)) {
        const context = part === operation ? own : this.#context(part, point, next);
        for (const sql of [this.#render(part.kind, part, context)].flat()) {
          const resumption = this.#resumption(sql, part, context);
          this.statements.push({
            sql,
            operation,
            autocommit: isOutside || this.#runsOutside(sql),
            isAuthored: isAuthored(part, operation),
            ...(comments.length > 0 && { comments }),
            ...(resumption && { resumption }),
          });
          comments = [];
        }
      }
      point = next;
    }
    this.place = end;
  }

  #context(operation: OperationNode, before: ReplayPoint, after: ReplayPoint): RenderContext {
    const { dialect, version = dialect.defaultVersion, namingConvention, onTrust, ascii, notice } = this.settings;
    return new RenderContext({
      dialect,
      version,
      namingConvention,
      onTrust,
      ascii,
      operation,
      before: () => before.catalog,
      after: () => after.catalog,
      ...(notice && { notice: (text: string) => notice(text, operation) }),
    });
  }

  #whatWasThere(operation: OperationNode, before: ReplayPoint, after: ReplayPoint): readonly string[] {
    if (this.settings.withBefore !== true) return [];
    return whatWasThere(operation, before.catalog, this.#context(operation, before, after)).map(
      (line) => `was ${line}`,
    );
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

/** A lowered operation, or those inside it when it is an autocommit block, each with whether it runs outside. */
function partsOf(operation: OperationNode, autocommit: boolean): readonly (readonly [OperationNode, boolean])[] {
  if (operation.kind !== "autocommitBlock") return [[operation, autocommit]];
  return operation.operations.map((inner) => [inner, true]);
}

/**
 * Compiles operations, beginning at a place of the replayed schema.
 *
 * @throws UnsupportedError, LiteralError, SchemaError or OperationError with the position of the call
 */
export function compileNodes(
  operations: readonly OperationNode[],
  settings: CompileSettings,
  start: Place = placeAt(ReplayPoint.start(() => Catalog.empty({ rules: settings.dialect.rules }))),
): Compiled {
  const compilation = new Compilation(settings, start);
  for (const operation of operations) {
    try {
      compilation.compile(operation, false);
    } catch (error) {
      if (error instanceof SqlembicError) error.origin ??= operation.origin;
      throw error;
    }
  }
  return { statements: compilation.statements, after: compilation.place };
}
