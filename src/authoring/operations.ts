import type { CallBody, DirectiveCall, CallValues } from "../operations/call.js";
import { operations, type OperationKind, type OperationNode, type OperationOf } from "../operations/index.js";
import type { BatchTable } from "../operations/operation.js";
import type { NamingConvention } from "../schema/naming.js";
import { valueText, vocabularyText } from "./expressions.js";
import type { Imported, RenderedItem, Wording } from "./vocabulary.js";

/** What operations are printed for. */
export interface PrintOptions {
  /** The naming convention of the project that the text is for: what it names need not be named. */
  readonly namingConvention?: NamingConvention | undefined;
  /** What stands as comments before an operation, a line each. */
  readonly remarks?: ReadonlyMap<OperationNode, readonly string[]> | undefined;
  /** The text that the project gives an item or type of its own; undefined: the usual one. */
  readonly rendered?: ((item: RenderedItem) => string | undefined) | undefined;
}

function callOf<K extends OperationKind>(
  kind: K,
  operation: OperationOf<K>,
  batch: BatchTable | undefined,
  convention: NamingConvention | undefined,
): { readonly on: "op" | "batch"; readonly call: DirectiveCall } | undefined {
  const definition = operations[kind];
  const inBatch = batch && definition.batchCall?.(operation, batch, convention);
  if (inBatch !== undefined) return { on: "batch", call: inBatch };
  const call = definition.call(operation, convention);
  return call && { on: "op", call };
}

function isBody(value: unknown): value is CallBody<OperationNode> {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "body";
}

function isValues(value: unknown): value is CallValues<unknown> {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "values";
}

/** A line of comment. */
export function commentText(line: string): string {
  return `// ${line.replace(/\s*[\r\n]+\s*/g, " ")}\n`;
}

/** Prints operations of one body, noting what the text imports. */
class Printing {
  constructor(
    readonly wording: Wording,
    readonly convention: NamingConvention | undefined,
    readonly remarks: PrintOptions["remarks"],
  ) {}

  #body({ operations: held, batch }: CallBody<OperationNode>, outer: BatchTable | undefined): string {
    const statements = held.map((operation) => this.statement(operation, batch ?? outer));
    return `(${batch === undefined ? "" : "batch"}) => {${statements.join("\n")}}`;
  }

  #argument(value: unknown, batch: BatchTable | undefined): string {
    if (isBody(value)) return this.#body(value, batch);
    return isValues(value) ? valueText(value.values, this.wording) : vocabularyText(value, this.wording);
  }

  statement(operation: OperationNode, batch: BatchTable | undefined): string {
    const found = callOf(operation.kind, operation, batch, this.convention);
    const [directive, ...given] = found?.call ?? invocation(operation);
    // options that a body follows are left out when there are none
    const kept = given.filter((value, position) => !isBody(given[position + 1]) || !isEmpty(value));
    const remarks = (this.remarks?.get(operation) ?? []).map(commentText);
    return `${remarks.join("")}${found?.on ?? "op"}.${directive}(${kept.map((value) => this.#argument(value, batch)).join(", ")});`;
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** The call for an operation that no directive records: as the data that it is. */
function invocation({ origin: _origin, ...operation }: OperationNode): DirectiveCall {
  return ["invoke", operation];
}

/**
 * Operations as the statements that record them again, one text each, before they are laid out.
 *
 * @param used gets the names that the text imports
 * @example printOperations([{ kind: "dropTable", tableName: "account", … }], new Set()) // ['op.dropTable("account");']
 */
export function printOperations(
  list: readonly OperationNode[],
  used: Set<Imported>,
  { namingConvention, remarks, rendered = () => undefined }: PrintOptions = {},
): readonly string[] {
  const wording: Wording = {
    use(name) {
      used.add(name);
      return name;
    },
    rendered,
  };
  const printing = new Printing(wording, namingConvention, remarks);
  return list.map((operation) => printing.statement(operation, undefined));
}
