import { beginsWord, Cursor, isDigit, notPlain, unescaped } from "./cursor.js";
import type { Expression, PlainFunction, PlainModule, Slot, Statement } from "./syntax.js";

/** Words that no declaration may take as its name, and names whose meaning would change if one did. */
const reserved = new Set(
  (
    "arguments async await break case catch class const continue debugger default delete do else enum eval export " +
    "extends false finally for function get if implements import in instanceof interface let new null of package " +
    "private protected public return set static super switch this throw true try typeof undefined var void while " +
    "with yield"
  ).split(" "),
);

/** Stands for the place of a name that is known, but is no value that a plain file could use. */
const unusable: Slot = -1;

/** Stands for a place that the engine has to say. */
const nowhere = -1;

const none: readonly Expression[] = [];

/** Text of a template, and the expression behind it, if one is. Braces and comments in that are left to the engine. */
const templatePart = /((?:[^\\$]|\\[^]|\$(?!\{))*)(?:\$\{([^{}/]*)\}|$)/y;

/** The types that have no capital letter. */
const simpleTypes = new Set(
  "any bigint boolean false never null number object string symbol true undefined unknown void".split(" "),
);

const constants = new Map<string, boolean | null | undefined>([
  ["true", true],
  ["false", false],
  ["null", null],
  ["undefined", undefined],
]);

const doubleQuote = 34;
const singleQuote = 39;
const letterA = 65;
const letterZ = 90;
const backtick = 96;

function isQuote(code: number): boolean {
  return code === doubleQuote || code === singleQuote;
}

function isCapital(code: number): boolean {
  return code >= letterA && code <= letterZ;
}

/** Most expressions end before one of these. */
function endsExpression(token: string): boolean {
  return token === "," || token === ")" || token === ";" || token === "}" || token === "]";
}

type Declaration = Extract<Statement, { kind: "constant" }> & { readonly name: string };

/**
 * Reads a file that is plain: imports from sqlembic, constants and functions, and in these nothing but calls with
 * literals, conditions and what calls give. Every name is declared once and before it is used, so that where its value
 * stands is known. Whatever else JavaScript and TypeScript have makes a file another kind, for the engine.
 */
class PlainReader {
  #cursor: Cursor;
  readonly #names = new Map<string, Slot>();
  readonly #imports: { name: string; slot: Slot }[] = [];
  readonly #exports: { name: string; slot: Slot }[] = [];
  #slots = 0;
  #hasFunctions = false;
  /** The cursor is inside the expression of a template. */
  #isInside = false;

  constructor(text: string) {
    this.#cursor = new Cursor(text);
  }

  module(): PlainModule {
    const cursor = this.#cursor;
    const statements: Statement[] = [];
    while (!cursor.isAtEnd) {
      if (cursor.take("import")) this.#import();
      else if (cursor.take("export")) statements.push(this.#export());
      else statements.push(this.#declaration() ?? this.#statement());
    }
    return {
      imports: this.#imports,
      statements,
      exports: this.#exports,
      slots: this.#slots,
      hasFunctions: this.#hasFunctions,
    };
  }

  /** `import { a, b as c, type D } from "sqlembic";`, and types from anywhere. */
  #import(): void {
    const cursor = this.#cursor;
    const ofTypes = cursor.take("type");
    cursor.expect("{");
    while (!cursor.take("}")) {
      const isType = ofTypes || cursor.take("type");
      const name = this.#word();
      const own = cursor.take("as") ? this.#word() : name;
      if (isType) this.#declareUnusable(own);
      else this.#imports.push({ name, slot: this.#declare(own) });
      if (!cursor.take(",")) {
        cursor.expect("}");
        break;
      }
    }
    if (!cursor.take("from") || !isQuote(cursor.code)) throw notPlain;
    const specifier = cursor.string();
    if (specifier !== "sqlembic" && !ofTypes) throw notPlain;
    this.#end();
  }

  #export(): Statement {
    const cursor = this.#cursor;
    if (cursor.take("default")) {
      const slot = this.#newSlot();
      this.#addExport("default", slot);
      return { kind: "constant", slot, value: this.#ended(this.#expression()) };
    }
    const declared = this.#declaration();
    if (declared === undefined) throw notPlain;
    this.#addExport(declared.name, declared.slot);
    return declared;
  }

  #addExport(name: string, slot: Slot): void {
    if (this.#exports.some((known) => known.name === name)) throw notPlain;
    this.#exports.push({ name, slot });
  }

  /** `const a = …;` or `function a(…) { … }`. */
  #declaration(): Declaration | undefined {
    const cursor = this.#cursor;
    if (cursor.take("const")) return this.#constant();
    const isAsync = cursor.take("async");
    if (isAsync && cursor.isOnNewLine) throw notPlain;
    if (cursor.take("function")) return this.#namedFunction(isAsync);
    if (isAsync) throw notPlain;
    return undefined;
  }

  #constant(): Declaration {
    const cursor = this.#cursor;
    const name = this.#word();
    if (cursor.take(":")) this.#type();
    cursor.expect("=");
    const value = this.#ended(this.#expression());
    return { kind: "constant", name, slot: this.#declare(name), value };
  }

  #namedFunction(isAsync: boolean): Declaration {
    const cursor = this.#cursor;
    const name = this.#word();
    // Whoever calls an asynchronous function gets a promise: only what runs the file, which waits for it, may do so.
    const slot = isAsync ? this.#newSlot() : this.#declare(name);
    if (isAsync) this.#declareUnusable(name);
    const outer = this.#names.size;
    cursor.expect("(");
    const parameters = this.#parameters();
    if (cursor.take(":")) this.#type();
    const value = this.#function(parameters, this.#block(), outer);
    return { kind: "constant", name, slot, value };
  }

  /** What stands between the parentheses of a function, and the one that closes them. */
  #parameters(): readonly Slot[] {
    const cursor = this.#cursor;
    const parameters: Slot[] = [];
    while (!cursor.take(")")) {
      parameters.push(this.#declare(this.#word()));
      if (cursor.take(":")) this.#type();
      if (!cursor.take(",")) {
        cursor.expect(")");
        break;
      }
    }
    return parameters;
  }

  /** `{ … }`: what is declared inside is not known outside. */
  #block(): readonly Statement[] {
    const cursor = this.#cursor;
    const outer = this.#names.size;
    const statements: Statement[] = [];
    cursor.expect("{");
    while (!cursor.take("}")) statements.push(this.#statement());
    this.#leave(outer);
    return statements;
  }

  #statement(): Statement {
    const cursor = this.#cursor;
    const start = cursor.index;
    const word = this.#word();
    if (word === "const") return this.#constant();
    if (word === "if") return this.#if();
    return { kind: "expression", expression: this.#ended(this.#expressionAfter(this.#named(word), start)) };
  }

  #if(): Statement {
    const cursor = this.#cursor;
    cursor.expect("(");
    const condition = this.#expression();
    cursor.expect(")");
    const then = this.#block();
    if (!cursor.take("else")) return { kind: "if", condition, then, otherwise: [] };
    const otherwise = cursor.take("if") ? [this.#if()] : this.#block();
    return { kind: "if", condition, then, otherwise };
  }

  #expression(): Expression {
    const start = this.#start();
    const primary = this.#primary();
    // Most arguments are done with that; thousands of files have many.
    return endsExpression(this.#cursor.token) ? primary : this.#expressionAfter(primary, start);
  }

  /** The expression that begins with what has been read from `start` on. */
  #expressionAfter(primary: Expression, start: number): Expression {
    const cursor = this.#cursor;
    let expression = this.#postfix(primary, start);
    if (endsExpression(cursor.token) || expression.kind === "function") return expression;
    while (cursor.token === "+") expression = { kind: "sum", left: expression, right: this.#operand() };
    const isForSame = cursor.token === "===";
    if (isForSame || cursor.token === "!==") {
      let right = this.#operand();
      while (cursor.token === "+") right = { kind: "sum", left: right, right: this.#operand() };
      expression = { kind: "comparison", isForSame, left: expression, right };
    }
    while ((cursor.token === "as" || cursor.token === "satisfies") && !cursor.isOnNewLine) {
      const isAssertion = this.#word() === "as";
      if (!isAssertion || !cursor.take("const")) this.#type();
    }
    return expression;
  }

  /** Where a call is that begins here: the engine has to say it unless a name is called, or a member. */
  #start(): number {
    const { code, index } = this.#cursor;
    return beginsWord(code) ? index : nowhere;
  }

  /** What stands behind the operator here. */
  #operand(): Expression {
    this.#cursor.pass();
    const start = this.#start();
    const operand = this.#postfix(this.#primary(), start);
    return operand.kind === "function" ? this.#refuse() : operand;
  }

  /** The members and calls behind something. */
  #postfix(primary: Expression, first: number): Expression {
    const cursor = this.#cursor;
    let expression = primary;
    let start = first;
    if (expression.kind === "function") return expression;
    for (;;) {
      const { token } = cursor;
      if (token === ".") {
        cursor.pass();
        start = cursor.index;
        const object: Expression = expression;
        const name = this.#word();
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
    const cursor = this.#cursor;
    const { token } = cursor;
    const code = token.charCodeAt(0);
    if (beginsWord(code)) return this.#named(this.#word());
    if (isQuote(code)) return { kind: "value", value: cursor.string() };
    if (isDigit(code)) return { kind: "value", value: cursor.number() };
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
        return { kind: "value", value: this.#negative() };
      default:
        throw notPlain;
    }
  }

  #negative(): number {
    const cursor = this.#cursor;
    cursor.pass();
    const value = -cursor.number();
    // Members and calls bind closer than the sign.
    const { token } = cursor;
    return token === "." || token === "(" || token.charCodeAt(0) === backtick ? this.#refuse() : value;
  }

  /** What a word stands for. */
  #named(word: string): Expression {
    if (this.#names.has(word)) return { kind: "name", slot: this.#slotOf(word) };
    if (constants.has(word)) return { kind: "value", value: constants.get(word) };
    return this.#arrowAfter(word) ?? this.#refuse();
  }

  #parenthesized(): Expression {
    this.#cursor.expect("(");
    const expression = this.#expression();
    this.#cursor.expect(")");
    return expression;
  }

  /** Expressions between commas, and the mark that closes them. */
  #list(close: ")" | "]"): readonly Expression[] {
    const cursor = this.#cursor;
    if (cursor.take(close)) return none;
    const items = [this.#expression()];
    while (!cursor.take(close)) {
      cursor.expect(",");
      if (cursor.take(close)) break;
      items.push(this.#expression());
    }
    return items;
  }

  #object(): Expression {
    const cursor = this.#cursor;
    const names: string[] = [];
    const values: Expression[] = [];
    while (!cursor.take("}")) {
      const isQuoted = isQuote(cursor.code);
      const name = isQuoted ? cursor.string() : this.#word();
      if (name === "__proto__") throw notPlain;
      names.push(name);
      if (cursor.take(":")) values.push(this.#expression());
      else if (isQuoted) throw notPlain;
      else values.push({ kind: "name", slot: this.#slotOf(name) });
      if (cursor.token !== "}") cursor.expect(",");
    }
    return { kind: "object", names, values };
  }

  #untagged(): Expression {
    const { texts, values } = this.#template();
    return { kind: "template", texts, values };
  }

  /** The texts of a template, and the expressions between them. */
  #template(): { texts: readonly string[]; raw: readonly string[]; values: readonly Expression[] } {
    const template = this.#cursor.template();
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
    const outer = this.#cursor;
    try {
      this.#cursor = new Cursor(text);
      this.#isInside = true;
      const expression = this.#expression();
      return this.#cursor.isAtEnd ? expression : this.#refuse();
    } finally {
      // What is no arrow function after all is read once more, as something else.
      this.#cursor = outer;
      this.#isInside = false;
    }
  }

  /** Where a call stands: inside a template the engine has to say it. */
  #placeOf(start: number): number {
    return this.#isInside ? nowhere : start;
  }

  /** `(batch) => …`; undefined, and the cursor back at its place, where the parentheses hold something else. */
  #arrow(): PlainFunction | undefined {
    const cursor = this.#cursor;
    const { index } = cursor;
    const slots = this.#slots;
    const outer = this.#names.size;
    try {
      cursor.expect("(");
      const parameters = this.#parameters();
      if (cursor.take(":")) this.#type();
      if (cursor.token === "=>" && !cursor.isOnNewLine) return this.#arrowBody(parameters, outer);
    } catch (error) {
      if (error !== notPlain) throw error;
    }
    this.#leave(outer);
    this.#slots = slots;
    cursor.goBack(index);
    return undefined;
  }

  /** `batch => …`. */
  #arrowAfter(parameter: string): PlainFunction | undefined {
    if (this.#cursor.token !== "=>" || this.#cursor.isOnNewLine) return undefined;
    const outer = this.#names.size;
    return this.#arrowBody([this.#declare(parameter)], outer);
  }

  /** The cursor stands at the arrow. */
  #arrowBody(parameters: readonly Slot[], outer: number): PlainFunction {
    const cursor = this.#cursor;
    cursor.pass();
    return this.#function(parameters, cursor.token === "{" ? this.#block() : this.#expression(), outer);
  }

  #function(parameters: readonly Slot[], body: PlainFunction["body"], outer: number): PlainFunction {
    this.#leave(outer);
    this.#hasFunctions = true;
    return { kind: "function", parameters, body };
  }

  /** Passes over a type: names, literals, arrays and unions. */
  #type(): void {
    const cursor = this.#cursor;
    do {
      const isReadonly = cursor.take("readonly");
      if (isQuote(cursor.code)) cursor.string();
      else this.#typeName();
      if (isReadonly && (cursor.token !== "[" || cursor.isOnNewLine)) throw notPlain;
      while (cursor.token === "[" && !cursor.isOnNewLine) {
        cursor.pass();
        cursor.expect("]");
      }
    } while (cursor.take("|"));
  }

  /** `void`, `Operations`, `Promise<void>`: a word without a capital letter may mean more than a type. */
  #typeName(): void {
    const cursor = this.#cursor;
    const word = this.#word();
    if (simpleTypes.has(word)) return;
    if (!isCapital(word.charCodeAt(0))) throw notPlain;
    if (cursor.token !== "<" || cursor.isOnNewLine) return;
    cursor.pass();
    do this.#type();
    while (cursor.take(","));
    cursor.expect(">");
  }

  /** A statement ends with a semicolon, before a brace, or where the next line begins with a word. */
  #end(): void {
    const cursor = this.#cursor;
    if (cursor.take(";") || cursor.token === "}" || cursor.isAtEnd) return;
    if (!beginsWord(cursor.code) || !cursor.isOnNewLine) throw notPlain;
  }

  #ended(expression: Expression): Expression {
    this.#end();
    return expression;
  }

  #word(): string {
    const word = this.#cursor.word();
    if (word === undefined) throw notPlain;
    return word;
  }

  #newSlot(): Slot {
    return this.#slots++;
  }

  #declare(name: string): Slot {
    const slot = this.#newSlot();
    this.#declareAt(name, slot);
    return slot;
  }

  /** Takes a name that has a meaning, but none that a plain file could use: nothing else may have it. */
  #declareUnusable(name: string): void {
    this.#declareAt(name, unusable);
  }

  #declareAt(name: string, slot: Slot): void {
    // Two underscores begin the names of the engine's own form of a module, and `__proto__`.
    if (this.#names.has(name) || reserved.has(name) || name.startsWith("__")) throw notPlain;
    this.#names.set(name, slot);
  }

  #slotOf(name: string): Slot {
    const slot = this.#names.get(name);
    return slot === undefined || slot === unusable ? this.#refuse() : slot;
  }

  #refuse(): never {
    throw notPlain;
  }

  /** Forgets what has been declared since there were so many names. */
  #leave(outer: number): void {
    if (this.#names.size === outer) return;
    for (const name of [...this.#names.keys()].slice(outer)) this.#names.delete(name);
  }
}

/**
 * Reads a file, if it is plain.
 *
 * @example readPlainModule('export const revision = "ae10";')?.exports // [{ name: "revision", slot: 0 }]
 */
export function readPlainModule(text: string): PlainModule | undefined {
  // The engine counts lines at these as well, and nothing else here does.
  if (text.includes("\u2028") || text.includes("\u2029") || (text.includes("\r") && /\r(?!\n)/.test(text)))
    return undefined;
  try {
    return new PlainReader(text).module();
  } catch (error) {
    // What is nested too deeply for this reader may not be for the engine.
    if (error === notPlain || error instanceof RangeError) return undefined;
    throw error;
  }
}
