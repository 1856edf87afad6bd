import type { Execute, SqlEffects } from "../operations/execute.js";
import type { OperationNode } from "../operations/index.js";
import { NotReady } from "../revision/not-ready.js";
import type { Dialect } from "./dialect.js";
import type { RenderContext } from "./render-context.js";
import type { Accounting } from "./statement-account.js";

/** Reads SQL text of a dialect as operations: DDL in `op.execute`, and dumps of a whole schema. */
export interface SqlReader {
  /** Never throws: what cannot be read is among the unknown objects, with `*` when none can be named. */
  read(sql: string, origin: OperationNode["origin"], accounting?: Accounting): SqlEffects;
  /**
   * Reads a dump, in the form of the dialect's own dump program, as the statements that make the schema.
   *
   * @param file the name of the dump, for the origins of the statements
   * @throws ConfigError with the line of a statement that is no SQL of the dialect
   */
  readDump(dump: string, file: string, accounting?: Accounting): readonly Execute[];
}

/** Words without which SQL text changes no schema: most statements of authors change rows, and are not read at all. */
const schemaWords =
  /\b(?:create|alter|drop|rename|comment|truncate|do|call|exec|execute|begin|declare|import|attach|load|sp_rename|sqlite_master|sqlite_schema|select\b[^;]*?\binto)\b/i;

/** Gives the SQL of authors its effects on the schema; the reader is loaded only when one may have any. */
export class EffectReading {
  #reader: SqlReader | undefined;
  readonly #known = new WeakMap<OperationNode, OperationNode>();

  constructor(
    readonly dialect: Dialect,
    /** Writes names and values of SQL text as the dialect does. */
    readonly context: RenderContext,
  ) {}

  /** Loads the reader of the dialect. */
  async load(): Promise<void> {
    this.#reader ??= await this.dialect.loadReader?.();
  }

  /** Whether some of the operations hold SQL that may have effects. */
  areWanted(operations: readonly OperationNode[]): boolean {
    return this.dialect.loadReader !== undefined && operations.some(mayChangeSchema);
  }

  /** Whether the effects of operations can be read synchronously. */
  areReadable(operations: readonly OperationNode[]): boolean {
    return this.#reader !== undefined || !this.areWanted(operations);
  }

  /** The same operations, where `execute` has effects. */
  async read(operations: readonly OperationNode[]): Promise<readonly OperationNode[]> {
    await this.load();
    return this.readSync(operations);
  }

  /**
   * The same synchronously: for a body that asks about the schema while it is running, and for the many
   * that need none.
   *
   * @throws NotReady when there is something to be read and the reader has not been loaded
   */
  readSync(operations: readonly OperationNode[]): readonly OperationNode[] {
    if (!this.areWanted(operations)) return operations;
    const reader = this.#reader;
    if (reader === undefined) throw new NotReady(() => this.load());
    return operations.map((operation) => {
      const known = this.#known.get(operation) ?? this.#withEffects(operation, reader);
      this.#known.set(operation, known);
      return known;
    });
  }

  /** Says what became of each statement of the SQL text among operations, also of those that change no schema. */
  async account(operations: readonly OperationNode[], accounting: Accounting): Promise<void> {
    const texts = operations.flatMap(executedIn);
    if (texts.length === 0) return;
    await this.load();
    for (const operation of texts) this.#reader?.read(this.#textOf(operation.statement), operation.origin, accounting);
  }

  #withEffects(operation: OperationNode, reader: SqlReader): OperationNode {
    switch (operation.kind) {
      case "execute": {
        if (!mayChangeSchema(operation)) return operation;
        return { ...operation, effects: reader.read(this.#textOf(operation.statement), operation.origin) };
      }
      case "batchAlterTable":
      case "autocommitBlock":
        return { ...operation, operations: operation.operations.map((inner) => this.#withEffects(inner, reader)) };
      default:
        return operation;
    }
  }

  #textOf(statement: Extract<OperationNode, { kind: "execute" }>["statement"]): string {
    return "parts" in statement ? this.context.sql(statement) : statement.sql;
  }
}

/** The SQL text in an operation. */
function executedIn(operation: OperationNode): readonly Execute[] {
  switch (operation.kind) {
    case "execute":
      return [operation];
    case "batchAlterTable":
    case "autocommitBlock":
      return operation.operations.flatMap(executedIn);
    default:
      return [];
  }
}

/** Whether an operation holds SQL text that may change the schema. */
export function mayChangeSchema(operation: OperationNode): boolean {
  switch (operation.kind) {
    case "execute": {
      const { statement } = operation;
      if (!("parts" in statement)) return schemaWords.test(statement.sql);
      return statement.parts.some((part) => typeof part === "string" && schemaWords.test(part));
    }
    case "batchAlterTable":
    case "autocommitBlock":
      return operation.operations.some(mayChangeSchema);
    default:
      return false;
  }
}
