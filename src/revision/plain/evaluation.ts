import { writtenCall, type WrittenFile } from "../origin.js";
import { notPlain, tokenOffset } from "./cursor.js";
import type { Expression, PlainFunction, PlainModule, Statement } from "./syntax.js";

/** A plain file, in which places are tokens. */
export class PlainFile implements WrittenFile {
  constructor(
    readonly relativeFile: string,
    readonly text: string,
  ) {}

  offsetOf(place: number): number {
    return tokenOffset(this.text, place);
  }
}

/** The values of names, by their slots. */
type Frame = unknown[];
type Callable = (...given: readonly unknown[]) => unknown;

function isBlock(body: PlainFunction["body"]): body is readonly Statement[] {
  return Array.isArray(body);
}

/** Evaluates what a plain file says, as the engine would. */
class PlainEvaluation {
  /** The functions that the file made. */
  readonly #functions = new Set<unknown>();

  constructor(readonly file: WrittenFile) {}

  run(statements: readonly Statement[], frame: Frame): void {
    // Loops by index: these run for every statement and value of every revision.
    for (let index = 0; index < statements.length; index++) {
      const statement = statements[index] as Statement;
      switch (statement.kind) {
        case "expression":
          this.value(statement.expression, frame);
          break;
        case "constant":
          frame[statement.slot] = this.value(statement.value, frame);
          break;
        case "if":
          this.run(this.value(statement.condition, frame) ? statement.then : statement.otherwise, frame);
      }
    }
  }

  value(expression: Expression, frame: Frame): unknown {
    if (typeof expression !== "object" || expression === null) return expression;
    switch (expression.kind) {
      case "name":
        return frame[expression.slot];
      case "method":
        return this.#method(expression, frame);
      case "call":
        return this.#call(expression, frame);
      case "member":
        return this.#member(this.value(expression.object, frame), expression.name);
      case "array":
        return this.#values(expression.items, frame);
      case "object": {
        const object: Record<string, unknown> = {};
        const { names, values } = expression;
        for (let index = 0; index < names.length; index++) {
          object[names[index] as string] = this.value(values[index], frame);
        }
        return object;
      }
      case "template":
        return this.#template(expression, frame);
      case "tagged":
        return this.#tagged(expression, frame);
      case "sum":
        // Whatever the two are: `+` itself knows what to make of them.
        return (
          (this.#primitive(expression.left, frame) as string) + (this.#primitive(expression.right, frame) as string)
        );
      case "comparison":
        return (this.value(expression.left, frame) === this.value(expression.right, frame)) === expression.isForSame;
      case "function":
        return this.#function(expression, frame);
    }
  }

  #values(expressions: readonly Expression[], frame: Frame): unknown[] {
    const { length } = expressions;
    const values = new Array<unknown>(length); // filled by pushing, each would take room for seventeen
    for (let index = 0; index < length; index++) values[index] = this.value(expressions[index], frame);
    return values;
  }

  /** A member of a value; what the functions of the file have as members depends on how the engine makes them. */
  #member(object: unknown, name: string): unknown {
    if (typeof object === "function" && this.#functions.has(object)) throw notPlain;
    return (object as Readonly<Record<string, unknown>>)[name];
  }

  /** A value that becomes a part of a text; what an object is as a text is left to the engine. */
  #primitive(expression: Expression, frame: Frame): unknown {
    const value = this.value(expression, frame);
    if ((typeof value === "object" && value !== null) || typeof value === "function") throw notPlain;
    return value;
  }

  #method({ object, name, given, place }: Extract<Expression, { kind: "method" }>, frame: Frame): unknown {
    const target = this.value(object, frame);
    const called = this.#member(target, name) as Callable;
    return this.#apply(called, target, this.#values(given, frame), place);
  }

  #call({ callee, given, place }: Extract<Expression, { kind: "call" }>, frame: Frame): unknown {
    const called = this.value(callee, frame) as Callable;
    return this.#apply(called, undefined, this.#values(given, frame), place);
  }

  #apply(called: Callable, target: unknown, values: readonly unknown[], place: number): unknown {
    writtenCall.place = place;
    return Reflect.apply(called, target, values);
  }

  /** What is called, and what `this` is to it. */
  #callee(callee: Expression, frame: Frame): { readonly called: Callable; readonly target: unknown } {
    if (typeof callee !== "object" || callee?.kind !== "member")
      return { called: this.value(callee, frame) as Callable, target: undefined };
    const target = this.value(callee.object, frame);
    return { called: this.#member(target, callee.name) as Callable, target };
  }

  #template({ texts, values }: Extract<Expression, { kind: "template" }>, frame: Frame): unknown {
    let text = texts[0] ?? "";
    for (const [index, value] of values.entries())
      text += `${this.#primitive(value, frame) as string}${texts[index + 1] ?? ""}`;
    return text;
  }

  #tagged({ tag, texts, raw, values, place }: Extract<Expression, { kind: "tagged" }>, frame: Frame): unknown {
    const { called, target } = this.#callee(tag, frame);
    const strings = Object.freeze(Object.defineProperty([...texts], "raw", { value: Object.freeze([...raw]) }));
    return this.#apply(called, target, [strings, ...this.#values(values, frame)], place);
  }

  #function({ parameters, body }: PlainFunction, frame: Frame): Callable {
    const made: Callable = (...given) => {
      const own = frame.slice();
      for (const [index, slot] of parameters.entries()) own[slot] = given[index];
      const outer = writtenCall.file;
      writtenCall.file = this.file;
      try {
        if (!isBlock(body)) return this.value(body, own);
        this.run(body, own);
        return undefined;
      } finally {
        writtenCall.file = outer;
      }
    };
    this.#functions.add(made);
    return made;
  }
}

/**
 * Evaluates a plain file and gives its exports. What goes wrong meanwhile is told in fewer words than the engine has
 * for it: whoever wants to tell an author has the engine evaluate the file.
 */
export function evaluatePlainModule(
  { imports, statements, exports, slots }: PlainModule,
  file: WrittenFile,
  self: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const frame: Frame = new Array<unknown>(slots).fill(undefined);
  for (let index = 0; index < imports.length; index++) {
    const { name, slot } = imports[index] as PlainModule["imports"][number];
    frame[slot] = self[name];
  }
  writtenCall.file = file;
  try {
    new PlainEvaluation(file).run(statements, frame);
  } finally {
    writtenCall.file = undefined;
  }
  const exported: Record<string, unknown> = {};
  for (const { name, slot } of exports) exported[name] = frame[slot];
  return exported;
}
