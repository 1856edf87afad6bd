import { Catalog } from "../catalog/catalog.js";
import type { OperationNode } from "../operations/index.js";
import { applyOperation } from "../operations/index.js";
import type { HistoryBefore } from "./history-before.js";

/**
 * The schema at a point of a compilation: the whole of it, and the part of it that the compiled operations themselves show.
 * The two are the same when the compilation began with an empty database; where it began in the middle of a history,
 * checks look only at what is shown, so that they do not force the whole history to be replayed.
 */
export interface ReplayState {
  readonly whole: ReplayPoint;
  readonly shown: ReplayPoint;
  /** What the whole schema has to be replayed from when it is first asked for; undefined where it is at hand. */
  readonly history?: HistoryBefore | undefined;
}

/** A state whose whole and shown are the same. */
export function stateAt(point: ReplayPoint, history?: HistoryBefore): ReplayState {
  return { whole: point, shown: point, history };
}

/** The state after an operation. */
export function stateAfter(state: ReplayState, operation: OperationNode): ReplayState {
  const whole = state.whole.after(operation);
  return { whole, shown: state.shown === state.whole ? whole : state.shown.after(operation), history: state.history };
}

/**
 * A point of the replayed schema: the point before it, and the operation between them. The catalog of a point is
 * made when it is first asked for, so that a compilation that asks nothing replays nothing.
 */
export class ReplayPoint {
  #catalog: Catalog | undefined;
  #start: (() => Catalog) | undefined;
  #before: ReplayPoint | undefined;
  #operation: OperationNode | undefined;

  private constructor(
    start: (() => Catalog) | undefined,
    before: ReplayPoint | undefined,
    operation: OperationNode | undefined,
  ) {
    this.#start = start;
    this.#before = before;
    this.#operation = operation;
  }

  /** The point at which the replay begins; the catalog there may itself be made on demand. */
  static start(catalog: () => Catalog = () => Catalog.empty()): ReplayPoint {
    return new ReplayPoint(catalog, undefined, undefined);
  }

  /** The point after an operation. */
  after(operation: OperationNode): ReplayPoint {
    return new ReplayPoint(undefined, this, operation);
  }

  get catalog(): Catalog {
    return this.#catalog ?? this.#make();
  }

  /** Makes the catalogs up to here, of the nearest one that there is. */
  #make(): Catalog {
    // most points are made in their order, and wait for no other one
    const before = this.#before;
    if (before !== undefined && before.#catalog !== undefined) return this.#settle();
    const waiting: ReplayPoint[] = [];
    let point: ReplayPoint = this; // eslint-disable-line @typescript-eslint/no-this-alias
    while (point.#catalog === undefined) {
      waiting.push(point);
      if (point.#before === undefined) break;
      point = point.#before;
    }
    for (const next of waiting.reverse()) next.#settle();
    return this.#catalog ?? Catalog.empty();
  }

  /** Makes the catalog here of the one before; the points before are needed no more. */
  #settle(): Catalog {
    const start = this.#start;
    const before = this.#before;
    const operation = this.#operation;
    if (start !== undefined) this.#catalog = start();
    else if (before !== undefined && operation !== undefined) {
      this.#catalog = applyOperation(before.catalog, operation);
    }
    this.#start = this.#before = this.#operation = undefined;
    return this.#catalog ?? Catalog.empty();
  }
}
