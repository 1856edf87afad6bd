import { catalogKey } from "../catalog/catalog-key.js";
import type { Catalog } from "../catalog/catalog.js";
import type { Origin } from "../errors.js";
import { applyOperation, type OperationNode } from "../operations/index.js";
import { nameText } from "../schema/names.js";
import type { SqlType } from "../schema/types/type.js";
import type { Breakage, Loss, ObjectName, OperationFacts, RowChange, RowFailure, Touch, TouchedKind } from "./facts.js";
import { factsOf } from "./index.js";

/** A fact with the call that it is about. */
export type WithOrigin<F> = F & { readonly origin: Origin | undefined };

/** What a body does to a database that stood before it: nothing is told of what the body made itself. */
export interface BodyFacts {
  readonly losses: readonly WithOrigin<Loss>[];
  readonly failures: readonly WithOrigin<RowFailure>[];
  readonly breaks: readonly WithOrigin<Breakage>[];
  readonly rowChanges: readonly WithOrigin<RowChange>[];
}

const partKinds: ReadonlySet<TouchedKind> = new Set(["column", "constraint", "index", "comment"]);

/** Parts of a table lie below it, so that they are forgotten and renamed with it. */
function keysOf({ kind, schema, name, tableName }: ObjectName): readonly string[] {
  const own = name === undefined ? "" : nameText(name);
  const isPart = tableName !== undefined && partKinds.has(kind);
  if (!isPart) return [`${kind} ${name === undefined ? "" : catalogKey(schema, name)}`];
  const table = `table ${catalogKey(schema, tableName)}`;
  return [`${table}\n${kind} ${own}`, table];
}

/** What was made by the operations so far, and therefore holds nothing that was there before. */
class Newborn {
  readonly #keys = new Set<string>();

  /** Whether the object, or the table of which it is a part, is new. */
  has(object: ObjectName): boolean {
    return keysOf(object).some((key) => this.#keys.has(key));
  }

  follow(touch: Touch): void {
    const [key = ""] = keysOf(touch);
    if (touch.how === "makes") this.#keys.add(key);
    if (touch.how === "drops") this.#move(key, undefined);
    if (touch.how === "renames") {
      this.#move(key, keysOf({ ...touch, schema: touch.toSchema ?? touch.schema, name: touch.to })[0]);
    }
  }

  #move(from: string, to: string | undefined): void {
    for (const key of [...this.#keys]) {
      if (key !== from && !key.startsWith(`${from}\n`)) continue;
      this.#keys.delete(key);
      if (to !== undefined) this.#keys.add(to + key.slice(from.length));
    }
  }
}

/** The operations that an operation holds, each of which has its own facts: those of a batch, and those that SQL stands for. */
export function operationsIn(operation: OperationNode): readonly OperationNode[] {
  switch (operation.kind) {
    case "batchAlterTable":
    case "autocommitBlock":
      return operation.operations;
    case "execute":
      return operation.effects?.operations ?? [];
    default:
      return [];
  }
}

/** Follows the operations of a body, one after the other. */
class BodyWatch {
  readonly #newborn = new Newborn();
  readonly losses: WithOrigin<Loss>[] = [];
  readonly failures: WithOrigin<RowFailure>[] = [];
  readonly breaks: WithOrigin<Breakage>[] = [];
  readonly rowChanges: WithOrigin<RowChange>[] = [];

  constructor(
    public catalog: Catalog,
    readonly variant: (type: SqlType) => SqlType,
  ) {}

  follow(operation: OperationNode): void {
    this.#note(factsOf(operation, { before: this.catalog, variant: this.variant }), operation.origin);
    const before = this.catalog;
    for (const inner of operationsIn(operation)) this.follow(inner);
    this.catalog = applyOperation(before, operation);
  }

  #note({ touches, losses, failures, breaks, rowChanges }: OperationFacts, origin: Origin | undefined): void {
    const concerns = ({ of }: { readonly of: ObjectName | undefined }): boolean =>
      of === undefined || !this.#newborn.has(of);
    const placed = <F extends { readonly of: ObjectName | undefined }>(list: readonly F[]): readonly WithOrigin<F>[] =>
      list.filter(concerns).map((fact) => ({ ...fact, origin }));
    this.losses.push(...placed(losses));
    this.failures.push(...placed(failures));
    this.breaks.push(...placed(breaks));
    this.rowChanges.push(...placed(rowChanges));
    for (const touch of touches) this.#newborn.follow(touch);
  }
}

/** What the operations of a body do to a database with this schema. */
export function bodyFactsOf(
  operations: readonly OperationNode[],
  before: Catalog,
  variant: (type: SqlType) => SqlType,
): BodyFacts {
  const watch = new BodyWatch(before, variant);
  for (const operation of operations) watch.follow(operation);
  const { losses, failures, breaks, rowChanges } = watch;
  return { losses, failures, breaks, rowChanges };
}
