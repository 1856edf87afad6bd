import { operation, withParts, type Tree } from "./tree.js";

/** What a dialect says about the meaning of expressions besides what holds everywhere. */
export interface Meaning {
  /** Operators and functions that are another one by another name. */
  readonly operators: Readonly<Record<string, string>>;
  readonly functions: Readonly<Record<string, string>>;
  /** Any number is a truth: zero is false, and `a` alone is the condition `a <> 0`. */
  readonly numbersAreTruths: boolean;
  /** What else is the same, of a tree whose parts are rewritten already. */
  readonly rewritten: (tree: Tree) => Tree;
}

const negated: Readonly<Record<string, string>> = { "=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">" };
const turned: Readonly<Record<string, string>> = { "=": "=", "<>": "<>", "<": ">", ">=": "<=", ">": "<", "<=": ">=" };
const truths: ReadonlySet<string> = new Set([
  ...[
    "and",
    "or",
    "not",
    "xor",
    "like",
    "glob",
    "match",
    "regexp",
    "in",
    "in query",
    "between",
    "is",
    "is distinct from",
  ],
  ...["member of", "<=>", ...Object.keys(negated)],
]);

function isConstant({ kind }: Tree): boolean {
  return kind === "number" || kind === "string" || kind === "word";
}

function isZero(tree: Tree | undefined): boolean {
  return tree?.kind === "number" && tree.text === "0";
}

/** Whether a tree is true, false or unknown, and never another value. */
function isTruth(tree: Tree): boolean {
  return tree.kind === "operation" && truths.has(tree.operator);
}

/** AND in AND is one AND, and so is OR. */
function flat(operator: string, operands: readonly Tree[]): Tree {
  const all = operands.flatMap((one) => (one.kind === "operation" && one.operator === operator ? one.operands : [one]));
  return { kind: "operation", operator, operands: all };
}

/**
 * Brings expressions that mean the same to one form, as far as servers write one for another: which side of a comparison
 * a constant is on, NOT in front of a comparison, one value in a list of one.
 */
export class Meanings {
  constructor(readonly rules: Meaning) {}

  /** An expression whose value counts. */
  value(tree: Tree): Tree {
    const parts = this.#withConditions(withParts(tree, (part) => this.value(part)));
    switch (parts.kind) {
      case "operation":
        return this.rules.rewritten(this.#operation(parts.operator, parts.operands));
      case "call":
        return this.rules.rewritten({ ...parts, name: this.rules.functions[parts.name] ?? parts.name });
      default:
        return this.rules.rewritten(parts);
    }
  }

  /** An expression of which only counts whether it is true. */
  condition(tree: Tree): Tree {
    return this.#truth(this.value(tree));
  }

  /** `a <> 0` as `a`, where no more than its truth is asked. */
  #truth(tree: Tree): Tree {
    if (!this.rules.numbersAreTruths || tree.kind !== "operation" || tree.operator !== "<>") return tree;
    const [left, right] = tree.operands;
    return left !== undefined && isZero(right) ? left : tree;
  }

  /** A tree in which what stands where a condition is asked for is one. */
  #withConditions(tree: Tree): Tree {
    if (tree.kind === "sequence") {
      const isAsked = (place: number): boolean => {
        const before = tree.items[place - 1];
        return before?.kind === "word" && (before.text === "where" || before.text === "having");
      };
      return { ...tree, items: tree.items.map((item, place) => (isAsked(place) ? this.#truth(item) : item)) };
    }
    if (tree.kind !== "operation") return tree;
    const { operator, operands } = tree;
    const isAsked = (place: number): boolean =>
      /^(?:and|or|xor|&&)$/.test(this.rules.operators[operator] ?? operator) ||
      (place === 0 && (operator === "is" || operator === "when")) ||
      (place === 2 && operator.endsWith("join"));
    return { ...tree, operands: operands.map((item, place) => (isAsked(place) ? this.#truth(item) : item)) };
  }

  #operation(written: string, operands: readonly Tree[]): Tree {
    const operator = this.rules.operators[written] ?? written;
    const [left, right] = operands;
    if (left === undefined) return { kind: "operation", operator, operands };
    if (operator === "and" || operator === "or") return flat(operator, operands);
    if (operator === "not") return this.#negation(left);
    // one value in a list of one
    if (operator === "in" && operands.length === 2) return this.#operation("=", operands);
    const other = turned[operator];
    if (right === undefined || other === undefined) return { kind: "operation", operator, operands };
    if (left.kind === "list" && right.kind === "list" && operator === "=" && left.items.length === right.items.length) {
      const pairs = left.items.map((item, place) => this.#operation("=", [item, right.items[place] ?? item]));
      return flat("and", pairs);
    }
    return isConstant(left) && !isConstant(right) ? operation(other, right, left) : operation(operator, left, right);
  }

  /** What is true where a tree is false. */
  #negation(tree: Tree): Tree {
    const { numbersAreTruths } = this.rules;
    if (tree.kind === "operation") {
      const { operator, operands } = tree;
      const [left, right] = operands;
      const other = negated[operator];
      if (other !== undefined && left !== undefined && right !== undefined) return operation(other, left, right);
      if (operator === "and" || operator === "or") {
        return flat(
          operator === "and" ? "or" : "and",
          operands.map((one) => this.#truth(this.#negation(one))),
        );
      }
      if (operator === "not" && left !== undefined) return left;
      if (isTruth(tree)) return operation("not", tree);
    }
    if (!numbersAreTruths || tree.kind === "call") return operation("not", tree);
    return operation("=", tree, { kind: "number", text: "0" });
  }
}
