import { beginsWord, Cursor, isQuote, notPlain } from "./cursor.js";
import { ExpressionReader } from "./expression-reader.js";
import type { Expression, PlainModule, Slot, Statement } from "./syntax.js";
import { passAnnotation } from "./types.js";

type Declaration = Extract<Statement, { kind: "constant" }> & { readonly name: string };

/**
 * Reads a file that is plain: imports from sqlembic, constants and functions, and in these nothing but calls with
 * literals, conditions and what calls give. Every name is declared once and before it is used, so that where its value
 * stands is known. Whatever else JavaScript and TypeScript have makes a file another kind, for the engine.
 */
class PlainReader extends ExpressionReader {
  readonly #imports: { name: string; slot: Slot }[] = [];
  readonly #exports: { name: string; slot: Slot }[] = [];

  module(): PlainModule {
    const { cursor } = this;
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
      slots: this.scope.slots,
      hasFunctions: this.hasFunctions,
    };
  }

  /** `import { a, b as c, type D } from "sqlembic";`, and types from anywhere. */
  #import(): void {
    const { cursor } = this;
    const ofTypes = cursor.take("type");
    cursor.expect("{");
    while (!cursor.take("}")) {
      const isType = ofTypes || cursor.take("type");
      const name = cursor.word();
      const own = cursor.take("as") ? cursor.word() : name;
      if (isType) this.scope.declareUnusable(own);
      else this.#imports.push({ name, slot: this.scope.declare(own) });
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
    const { cursor } = this;
    if (cursor.take("default")) {
      const slot = this.scope.newSlot();
      this.#addExport("default", slot);
      return { kind: "constant", slot, value: this.#ended(this.expression()) };
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
    const { cursor } = this;
    if (cursor.take("const")) return this.#constant();
    const isAsync = cursor.take("async");
    if (isAsync && cursor.isOnNewLine) throw notPlain;
    if (cursor.take("function")) return this.#namedFunction(isAsync);
    if (isAsync) throw notPlain;
    return undefined;
  }

  #constant(): Declaration {
    const { cursor } = this;
    const name = cursor.word();
    passAnnotation(cursor);
    cursor.expect("=");
    const value = this.#ended(this.expression());
    return { kind: "constant", name, slot: this.scope.declare(name), value };
  }

  #namedFunction(isAsync: boolean): Declaration {
    const { cursor } = this;
    const name = cursor.word();
    // Whoever calls an asynchronous function gets a promise: only what runs the file, which waits for it, may do so.
    const slot = isAsync ? this.scope.newSlot() : this.scope.declare(name);
    if (isAsync) this.scope.declareUnusable(name);
    const outer = this.scope.size;
    cursor.expect("(");
    const parameters = this.parameters();
    passAnnotation(cursor);
    const value = this.function(parameters, this.block(), outer);
    return { kind: "constant", name, slot, value };
  }

  /** `{ … }`: what is declared inside is not known outside. */
  protected override block(): readonly Statement[] {
    const { cursor } = this;
    const outer = this.scope.size;
    const statements: Statement[] = [];
    cursor.expect("{");
    while (!cursor.take("}")) statements.push(this.#statement());
    this.scope.leave(outer);
    return statements;
  }

  #statement(): Statement {
    const { cursor } = this;
    const start = cursor.index;
    const word = cursor.word();
    if (word === "const") return this.#constant();
    if (word === "if") return this.#if();
    return { kind: "expression", expression: this.#ended(this.expressionAfter(this.named(word), start)) };
  }

  #if(): Statement {
    const { cursor } = this;
    cursor.expect("(");
    const condition = this.expression();
    cursor.expect(")");
    const then = this.block();
    if (!cursor.take("else")) return { kind: "if", condition, then, otherwise: [] };
    const otherwise = cursor.take("if") ? [this.#if()] : this.block();
    return { kind: "if", condition, then, otherwise };
  }

  /** A statement ends with a semicolon, before a brace, or where the next line begins with a word. */
  #end(): void {
    const { cursor } = this;
    if (cursor.take(";") || cursor.token === "}" || cursor.isAtEnd) return;
    if (!beginsWord(cursor.code) || !cursor.isOnNewLine) throw notPlain;
  }

  #ended(expression: Expression): Expression {
    this.#end();
    return expression;
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
    return new PlainReader(new Cursor(text)).module();
  } catch (error) {
    // What is nested too deeply for this reader may not be for the engine.
    if (error === notPlain || error instanceof RangeError) return undefined;
    throw error;
  }
}
