import { beginsWord, Cursor, isDigit, isQuote, notPlain, unescaped } from "./cursor.js";
import { Scope } from "./scope.js";
import { isFunction, type Expression, type PlainFunction, type Slot, type Statement } from "./syntax.js";
import { passAnnotation, passType } from "./types.js";

/** Stands for a place that the engine has to say. */
const nowhere = -1;

/** Text of a template, and the expression behind it, if one is. Braces and comments in that are left to the engine. */
const templatePart = /((?:[^\\$]|\\[^]|\$(?!\{))*)(?:\$\{([^{}/]*)\}|$)/y;

const constants = new Map<string, boolean | null | undefined>([
  ["true", true],
  ["false", false],
  ["null", null],
  ["undefined", undefined],
]);

const backtick = 96;

/** Most expressions end before one of these. */
function endsExpression(token: string): boolean {
  return token === "," || token === ")" || token === ";" || token === "}" || token === "]";
}

function refuse(): never {
  throw notPlain;
}

/** Reads expressions: literals, names, members, calls, templates, sums, comparisons and arrow functions. */
export abstract class ExpressionReader {
  protected readonly scope = new Scope();
  protected hasFunctions = false;
  /** The cursor is inside the expression of a template. */
  #isInside = false;
  /** The items of the lists that are being read, the outer ones first. */
  readonly #collection: Expression[] = [];
  #collected = 0;

  constructor(protected cursor: Cursor) {}

  /** `{ … }`: the statements of a function. */
  protected abstract block(): readonly Statement[];

  protected expression(): Expression {
    const start = this.#start();
    const primary = this.#primary();
    // Most arguments are done with that; thousands of files have many.
    return endsExpression(this.cursor.token) ? primary : this.expressionAfter(primary, start);
  }

  /** The expression that begins with what has been read from `start` on. */
  protected expressionAfter(primary: Expression, start: number): Expression {
    const { cursor } = this;
    let expression = this.#postfix(primary, start);
    if (endsExpression(cursor.token) || isFunction(expression)) return expression;
    while (cursor.token === "+") expression = { kind: "sum", left: expression, right: this.#operand() };
    const isForSame = cursor.token === "===";
    if (isForSame || cursor.token === "!==") {
      let right = this.#operand();
      while (cursor.token === "+") right = { kind: "sum", left: right, right: this.#operand() };
      expression = { kind: "comparison", isForSame, left: expression, right };
    }
    while ((cursor.token === "as" || cursor.token === "satisfies") && !cursor.isOnNewLine) {
      const isAssertion = cursor.word() === "as";
      if (!isAssertion || !cursor.take("const")) passType(cursor);
    }
    return expression;
  }

  /** Where a call is that begins here: the engine has to say it unless a name is called, or a member. */
  #start(): number {
    const { code, index } = this.cursor;
    return beginsWord(code) ? index : nowhere;
  }

  /** What stands behind the operator here. */
  #operand(): Expression {
    this.cursor.pass();
    const start = this.#start();
    const operand = this.#postfix(this.#primary(), start);
    return isFunction(operand) ? refuse() : operand;
  }

  /** The members and calls behind something. */
  #postfix(primary: Expression, first: number): Expression {
    const { cursor } = this;
    let expression = primary;
    let start = first;
    if (isFunction(expression)) return expression;
    for (;;) {
      const { token } = cursor;
      if (token === ".") {
        cursor.pass();
        start = cursor.index;
        const object: Expression = expression;
        const name = cursor.word();
        if (cursor.take("(")) {
          expression = { kind: "method", object, name, given: this.#list(")"), place: this.#placeOf(start) };
          start = nowhere;
        } else expression = { kind: "member", object, name };
      } else if (token === "(") {
        cursor.pass();
        if (start === nowhere) throw notPlain;
        expression = { kind: "call", callee: expression, given: this.#list(")"), place: this.#placeOf(start) };
        start = nowhere;
      } else if (token.charCodeAt(0) === backtick) {
        const place = this.#placeOf(cursor.index);
        const { texts, raw, values } = this.#template();
        expression = { kind: "tagged", tag: expression, texts, raw, values, place };
        start = nowhere;
      } else return expression;
    }
  }

  #primary(): Expression {
    const { cursor } = this;
    const { token } = cursor;
    const code = token.charCodeAt(0);
    if (beginsWord(code)) return this.named(cursor.word());
    if (isQuote(code)) return cursor.string();
    if (isDigit(code)) return cursor.number();
    if (code === backtick) return this.#untagged();
    switch (token) {
      case "[":
        cursor.pass();
        return { kind: "array", items: this.#list("]") };
      case "{":
        cursor.pass();
        return this.#object();
      case "(":
        return this.#arrow() ?? this.#parenthesized();
      case "-":
        return this.#negative();
      default:
        throw notPlain;
    }
  }

  #negative(): number {
    const { cursor } = this;
    cursor.pass();
    const value = -cursor.number();
    // Members and calls bind closer than the sign.
    const { token } = cursor;
    return token === "." || token === "(" || token.charCodeAt(0) === backtick ? refuse() : value;
  }

  /** What a word stands for. */
  protected named(word: string): Expression {
    const slot = this.scope.slotOf(word);
    if (slot !== undefined) return { kind: "name", slot };
    if (constants.has(word)) return constants.get(word);
    return this.#arrowAfter(word) ?? refuse();
  }

  #parenthesized(): Expression {
    this.cursor.expect("(");
    const expression = this.expression();
    this.cursor.expect(")");
    return expression;
  }

  /** Expressions between commas, and the mark that closes them. */
  #list(close: ")" | "]"): readonly Expression[] {
    const { cursor } = this;
    const start = this.#collected;
    while (!cursor.take(close)) {
      const item = this.expression();
      this.#collection[this.#collected++] = item;
      if (cursor.token !== close) cursor.expect(",");
    }
    return this.#taken(start);
  }

  #object(): Expression {
    const { cursor } = this;
    const start = this.#collected;
    const names: string[] = [];
    while (!cursor.take("}")) {
      const isQuoted = isQuote(cursor.code);
      const name = isQuoted ? cursor.string() : cursor.word();
      if (name === "__proto__") throw notPlain;
      let value: Expression;
      if (cursor.take(":")) value = this.expression();
      else if (isQuoted) throw notPlain;
      else value = { kind: "name", slot: this.scope.slotOf(name) ?? refuse() };
      names.push(name);
      this.#collection[this.#collected++] = value;
      if (cursor.token !== "}") cursor.expect(",");
    }
    return { kind: "object", names, values: this.#taken(start) };
  }

  /** What has been collected since, as a list that takes no more room than it needs. */
  #taken(start: number): readonly Expression[] {
    const taken = this.#collection.slice(start, this.#collected);
    this.#collected = start;
    return taken;
  }

  #untagged(): Expression {
    const { texts, values } = this.#template();
    return { kind: "template", texts, values };
  }

  /** The texts of a template, and the expressions between them. */
  #template(): { texts: readonly string[]; raw: readonly string[]; values: readonly Expression[] } {
    const template = this.cursor.template();
    const raw: string[] = [];
    const values: Expression[] = [];
    let end = 0;
    while (end <= template.length) {
      templatePart.lastIndex = end;
      const [all = "", text = "", expression] = templatePart.exec(template) ?? [];
      if (expression === undefined && end + all.length < template.length) throw notPlain;
      raw.push(text);
      if (expression === undefined) break;
      values.push(this.#inside(expression));
      end += all.length;
    }
    return { texts: raw.map((text) => (text.includes("\\") ? unescaped(text) : text)), raw, values };
  }

  /** The expression that a part of the text holds. */
  #inside(text: string): Expression {
    const outer = this.cursor;
    try {
      this.cursor = new Cursor(text);
      this.#isInside = true;
      const expression = this.expression();
      return this.cursor.isAtEnd ? expression : refuse();
    } finally {
      // What is no arrow function after all is read once more, as something else.
      this.cursor = outer;
      this.#isInside = false;
    }
  }

  /** Where a call stands: inside a template the engine has to say it. */
  #placeOf(start: number): number {
    return this.#isInside ? nowhere : start;
  }

  /** `(batch) => …`; undefined, and the cursor back at its place, where the parentheses hold something else. */
  #arrow(): PlainFunction | undefined {
    const { cursor } = this;
    const { index } = cursor;
    const { slots, size: outer } = this.scope;
    const collected = this.#collected;
    try {
      cursor.expect("(");
      const parameters = this.parameters();
      passAnnotation(cursor);
      if (cursor.token === "=>" && !cursor.isOnNewLine) return this.#arrowBody(parameters, outer);
    } catch (error) {
      if (error !== notPlain) throw error;
    }
    this.scope.leave(outer);
    this.scope.slots = slots;
    this.#collected = collected;
    cursor.goBack(index);
    return undefined;
  }

  /** `batch => …`. */
  #arrowAfter(parameter: string): PlainFunction | undefined {
    if (this.cursor.token !== "=>" || this.cursor.isOnNewLine) return undefined;
    const outer = this.scope.size;
    return this.#arrowBody([this.scope.declare(parameter)], outer);
  }

  /** The cursor stands at the arrow. */
  #arrowBody(parameters: readonly Slot[], outer: number): PlainFunction {
    const { cursor } = this;
    cursor.pass();
    return this.function(parameters, cursor.token === "{" ? this.block() : this.expression(), outer);
  }

  protected function(parameters: readonly Slot[], body: PlainFunction["body"], outer: number): PlainFunction {
    this.scope.leave(outer);
    this.hasFunctions = true;
    return { kind: "function", parameters, body };
  }

  /** What stands between the parentheses of a function, and the one that closes them. */
  protected parameters(): readonly Slot[] {
    const { cursor } = this;
    const parameters: Slot[] = [];
    while (!cursor.take(")")) {
      parameters.push(this.scope.declare(cursor.word()));
      passAnnotation(cursor);
      if (!cursor.take(",")) {
        cursor.expect(")");
        break;
      }
    }
    return parameters;
  }
}
