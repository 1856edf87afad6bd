import { Catalog } from "../catalog/catalog.js";
import { SqlembicError } from "../errors.js";
import type { OperationKind, OperationNode, OperationOf } from "../operations/index.js";
import type { NamingConvention } from "../schema/naming.js";
import type { Dialect, Rendered } from "./dialect.js";
import { RenderContext } from "./render-context.js";
import { ReplayPoint } from "./replay.js";
import type { Statement } from "./statement.js";

/** What operations are compiled for. */
export interface CompileSettings {
  readonly dialect: Dialect;
  /** The version of the server; the dialect's default when left out. */
  readonly version?: string | undefined;
  readonly namingConvention?: NamingConvention | undefined;
  /** The operations stand outside any history; see `RenderContext.onTrust`. */
  readonly onTrust?: boolean | undefined;
  /** Receives remarks about operations that compile, but not as their author may expect. */
  readonly notice?: ((text: string, operation: OperationNode) => void) | undefined;
}

/** A context for names and literals alone, where no operation is being compiled. */
export function catalogFreeContext(settings: CompileSettings): RenderContext {
  const { dialect, version = dialect.defaultVersion, namingConvention } = settings;
  const none = Catalog.empty();
  const catalog = (): Catalog => none;
  return new RenderContext({
    dialect,
    version,
    namingConvention,
    operation: undefined,
    before: catalog,
    after: catalog,
  });
}

/** The statements of some operations, and the schema after them. */
export interface Compiled {
  readonly statements: readonly Statement[];
  readonly after: ReplayPoint;
}

/** Turns operations into statements, keeping the replayed schema beside them. */
class Compilation {
  readonly statements: Statement[] = [];

  constructor(
    readonly settings: CompileSettings,
    public point: ReplayPoint,
  ) {}

  /** Compiles one operation of a revision; lowered operations keep its origin. */
  compile(operation: OperationNode, autocommit: boolean): void {
    if (operation.kind === "autocommitBlock") {
      for (const inner of operation.operations) this.compile(inner, true);
      return;
    }
    const end = this.point.after(operation);
    for (const lowered of this.#context(operation, this.point, end).lower(operation)) {
      if (lowered.kind === "autocommitBlock") {
        for (const inner of lowered.operations) this.compile(inner, true);
        continue;
      }
      const next = lowered === operation ? end : this.point.after(lowered);
      const context = this.#context(lowered, this.point, next);
      for (const sql of [this.#render(lowered.kind, lowered, context)].flat()) {
        this.statements.push({ sql, operation, autocommit, isAuthored: lowered.kind === "execute" });
      }
      this.point = next;
    }
    this.point = end;
  }

  #context(operation: OperationNode, before: ReplayPoint, after: ReplayPoint): RenderContext {
    const { dialect, version = dialect.defaultVersion, namingConvention, onTrust, notice } = this.settings;
    return new RenderContext({
      dialect,
      version,
      namingConvention,
      onTrust,
      operation,
      before: () => before.catalog,
      after: () => after.catalog,
      ...(notice && { notice: (text: string) => notice(text, operation) }),
    });
  }

  #render<K extends OperationKind>(kind: K, operation: OperationOf<K>, context: RenderContext): Rendered {
    return this.settings.dialect.operations[kind](operation, context);
  }
}

/**
 * Compiles operations, beginning at a point of the replayed schema.
 *
 * @throws UnsupportedError, LiteralError or OperationError with the position of the call
 */
export function compileNodes(
  operations: readonly OperationNode[],
  settings: CompileSettings,
  start: ReplayPoint = ReplayPoint.start(),
): Compiled {
  const compilation = new Compilation(settings, start);
  for (const operation of operations) {
    try {
      compilation.compile(operation, false);
    } catch (error) {
      if (error instanceof SqlembicError) {
        error.origin ??= operation.origin;
        error.operation ??= operation.kind;
      }
      throw error;
    }
  }
  return { statements: compilation.statements, after: compilation.point };
}
