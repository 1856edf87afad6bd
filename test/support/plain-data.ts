import { compileNodes, type CompileSettings } from "../../src/compiler/compile.js";
import { stateAt, ReplayPoint, type ReplayState } from "../../src/compiler/replay.js";
import { schemaScript } from "../../src/compiler/schema-script.js";
import type { OperationNode } from "../../src/operations/index.js";
import { renderScript } from "../../src/render/render-script.js";
import { schemaJson } from "../../src/render/schema-json.js";
import { expect } from "vitest";

/** The ways in which an operation is copied that has to lose nothing by it. */
const copies: Readonly<Record<string, (nodes: readonly OperationNode[]) => readonly OperationNode[]>> = {
  structuredClone: (nodes) => structuredClone(nodes),
  JSON: (nodes) => JSON.parse(JSON.stringify(nodes)) as readonly OperationNode[],
};

/** What operations give: their statements, and the schema that they leave. */
interface Outcome {
  readonly statements: readonly string[];
  readonly state: ReplayState;
}

function outcomeOf(nodes: readonly OperationNode[], state: ReplayState, settings: CompileSettings): Outcome {
  const { statements, after } = compileNodes(nodes, settings, state);
  return {
    statements: statements.map(({ sql, operation }) => `${sql} -- line ${operation.origin?.line}`),
    state: after,
  };
}

function schemaAt({ whole: { catalog } }: ReplayState, settings: CompileSettings): readonly string[] {
  const json = JSON.stringify(schemaJson(catalog, [], settings), null, 1);
  return [json, renderScript({ fragments: schemaScript(catalog, ["The schema"], settings), header: undefined })];
}

/** Expects that copies of some operations give the same statements and the same schema as the operations themselves. */
export class CopyCheck {
  readonly #own: { state: ReplayState };
  readonly #copied: Record<string, ReplayState> = {};

  constructor(
    readonly start: ReplayPoint,
    readonly settings: CompileSettings,
  ) {
    this.#own = { state: stateAt(start) };
    for (const name of Object.keys(copies)) this.#copied[name] = stateAt(start);
  }

  /** The next operations of one history. */
  next(nodes: readonly OperationNode[]): void {
    const own = outcomeOf(nodes, this.#own.state, this.settings);
    for (const [name, copy] of Object.entries(copies)) {
      const copied = outcomeOf(copy(nodes), this.#copied[name] ?? this.#own.state, this.settings);
      expect(copied.statements, name).toEqual(own.statements);
      this.#copied[name] = copied.state;
    }
    this.#own.state = own.state;
  }

  /** Compares the schemas that the operations and their copies have led to. */
  expectSameSchema(): void {
    const own = schemaAt(this.#own.state, this.settings);
    for (const [name, state] of Object.entries(this.#copied)) expect(schemaAt(state, this.settings), name).toEqual(own);
  }
}

const plainPrototypes: ReadonlySet<object | null> = new Set([Object.prototype, Array.prototype, null]);

/** Where in some data something stands that is no plain data: a function, a symbol, a value that JSON does not have. */
export function impurities(value: unknown, path = ""): readonly string[] {
  if (typeof value === "object" && value !== null) {
    const isKnown = plainPrototypes.has(Object.getPrototypeOf(value) as object | null);
    const named = ["SqlType", "LazyOrigin"].includes(value.constructor?.name ?? "");
    const own = isKnown || named ? [] : [`${path} is ${value.constructor?.name}`];
    return [...own, ...Object.entries(value).flatMap(([key, item]) => impurities(item, `${path}.${key}`))];
  }
  const isWritable = typeof value === "number" && Number.isFinite(value) && !Object.is(value, -0);
  const isPlain = value === null || ["string", "boolean", "undefined"].includes(typeof value) || isWritable;
  return isPlain ? [] : [`${path} is a ${typeof value}`];
}
