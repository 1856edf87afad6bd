/** Answers "which of so many" from a list of numbers, and with the first one when the list is at its end. */
export class Choices {
  #position = 0;

  constructor(readonly numbers: readonly number[]) {}

  below(count: number): number {
    return (this.numbers[this.#position++] ?? 0) % count;
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  /** Up to `most` pieces, one after the other. */
  text(pieces: readonly string[], most: number): string {
    return Array.from({ length: this.below(most + 1) }, () => this.of(pieces)).join("");
  }
}

/** What can be used at a place of the program. */
interface Scope {
  /** Names of strings and numbers. */
  readonly primitives: readonly string[];
  /** Names of any other values. */
  readonly values: readonly string[];
  /** Names of functions that give a value for a value. */
  readonly makers: readonly string[];
  /** Names of functions that take an `op` and a value. */
  readonly helpers: readonly string[];
}

const stringPieces = [
  "a",
  "\\n",
  "\\t",
  "\\r",
  "\\\\",
  "\\'",
  '\\"',
  "\\`",
  "\\$",
  "${a}",
  "//",
  "/*",
  "`",
  "é😀",
  "\t",
  ";",
];
const templatePieces = [
  "a",
  "\\n",
  "\\`",
  "\\${",
  "\\\\",
  "$ ",
  "{",
  "}",
  "'",
  '"',
  "//",
  "/*",
  "\n",
  "\t",
  "é😀",
  "\\t",
];
const types = [
  "string",
  "string[]",
  "readonly string[]",
  "string | null",
  "\"a\" | 'b'",
  "Promise<readonly string[]>",
  "Operations",
];
const names = [
  "a",
  "b",
  "type",
  "as",
  "of",
  "toString",
  "constructor",
  "hasOwnProperty",
  "satisfies",
  "declare",
  "$",
  "_",
];
const keys = ["a", "if", "toString", "constructor", '"b c"', "'2'", '"1"', "await", "hasOwnProperty"];
const directives = ["addColumn", "dropTable", "execute", "bulkInsert"];
const gaps = ["", " ", "\n", "\t", "  ", " /* c */ ", " // c\n", "/*\n*/", "\n\n  "];
const gapsOnLine = ["", " ", "\t", " /* `c' */ "];

/** Whether two characters would be one token if nothing stood between them. */
function wouldJoin(left: string, right: string): boolean {
  const both = left + right;
  return /^[\w$]{2}$/.test(both) || /^[=!<>|+-]{2}$/.test(both);
}

/** Writes a plain file, in every form that there is of one. */
class Writer {
  #text = "";
  #mustBreak = false;
  #declared = 0;
  /** Whether this writes a part of a template: comments and braces there are for the engine. */
  #isInside = false;

  constructor(readonly choices: Choices) {}

  /** Writes tokens, with anything between them that may stand there; after a `~` no line may end before the token. */
  #write(...tokens: readonly string[]): void {
    for (const token of tokens) {
      const isTight = token.startsWith("~");
      const text = isTight ? token.slice(1) : token;
      const some = this.#isInside || isTight ? gapsOnLine : gaps;
      let gap = this.choices.below(3) > 0 ? "" : this.choices.of(some);
      if (this.#isInside && gap.includes("/")) gap = " ";
      if (this.#mustBreak && !gap.includes("\n")) gap = "\n";
      if (gap === "" && wouldJoin(this.#text.at(-1) ?? "", text[0] ?? "")) gap = " ";
      this.#mustBreak = false;
      this.#text += gap + text;
    }
  }

  /** Ends a statement. */
  #end(): void {
    if (this.choices.below(3) > 0) this.#write(";");
    else this.#mustBreak = true;
  }

  #name(): string {
    return `${this.choices.of(names)}${this.#declared++}`;
  }

  #type(): void {
    if (this.choices.below(3) === 0) this.#write(":", this.choices.of(types));
  }

  #list(write: () => void, most: number): void {
    const count = this.choices.below(most + 1);
    for (let item = 0; item < count; item++) {
      write();
      if (item < count - 1 || this.choices.below(4) === 0) this.#write(",");
    }
  }

  #string(): string {
    const quote = this.choices.of(['"', "'"]);
    return `${quote}${this.choices.text(this.#isInside ? ["a", "\\n", "é😀", ";"] : stringPieces, 4)}${quote}`;
  }

  /** Writes a template; its text takes nothing between its parts. */
  #template(scope: Scope): void {
    this.#write("`");
    for (let part = this.choices.below(3); part > 0; part--) {
      this.#text += `${this.choices.text(templatePieces, 4)}\${`;
      this.#isInside = true;
      this.#primitive(scope, 0);
      this.#isInside = false;
      this.#text += "}";
    }
    this.#text += `${this.choices.text(templatePieces, 4)}\``;
  }

  #operand(scope: Scope, depth: number): void {
    const { choices } = this;
    const [name] = scope.primitives.slice(choices.below(scope.primitives.length + 1));
    switch (depth > 0 ? choices.below(7) : choices.below(3)) {
      case 0:
        return this.#write(this.#string());
      case 1:
        return this.#write(choices.of(["0", "12", "1.50", "true", "null", "undefined"]));
      case 2:
        return this.#write(name ?? '"none"');
      case 3:
        return this.#write("-", choices.of(["1", "0", "2.5"]));
      case 4:
        return this.#template(scope);
      case 5:
        this.#write("(");
        this.#primitive(scope, depth - 1);
        return this.#write(")");
      default:
        return this.#write(this.#string(), ".", "toUpperCase", "(", ")");
    }
  }

  /** Writes what is a string, a number, or nothing. */
  #primitive(scope: Scope, depth: number): void {
    this.#operand(scope, depth);
    while (this.choices.below(4) === 1) {
      this.#write("+");
      this.#operand(scope, depth - 1);
    }
    if (this.choices.below(6) === 1) {
      this.#write(this.choices.of(["===", "!=="]));
      this.#operand(scope, depth - 1);
    }
    if (this.choices.below(6) === 1) this.#write("~as", this.choices.of(["const", ...types]));
    if (this.choices.below(8) === 1) this.#write("~satisfies", this.choices.of(types));
  }

  #property(scope: Scope, depth: number): void {
    const { choices } = this;
    const shorthand = [...scope.primitives, ...scope.values];
    if (shorthand.length > 0 && choices.below(4) === 1) return this.#write(choices.of(shorthand));
    this.#write(choices.of(keys), ":");
    this.#value(scope, depth - 1);
  }

  #value(scope: Scope, depth: number): void {
    const { choices } = this;
    const some = (of: readonly string[], otherwise: string): string => (of.length === 0 ? otherwise : choices.of(of));
    switch (depth > 0 ? choices.below(10) : 0) {
      case 1:
        this.#write("[");
        this.#list(() => this.#value(scope, depth - 1), 3);
        return this.#write("]");
      case 2:
        this.#write("{");
        this.#list(() => this.#property(scope, depth), 3);
        return this.#write("}");
      case 3:
        this.#write("list", "(", this.#string(), ",");
        this.#value(scope, depth - 1);
        return this.#write(")");
      case 4:
        this.#write(choices.of(["tagged", "sql"]));
        return this.#template(scope);
      case 5:
        return this.#write("types", ".", "integer", "(", ")");
      case 6:
        return this.#write(some(scope.values, "null"));
      case 7:
        this.#write(some(scope.makers, "list"), "(");
        this.#value(scope, depth - 1);
        return this.#write(")");
      case 8:
        return this.#maker(scope, depth);
      case 9:
        this.#write("[", '"x"', "]", ".", "map", "(");
        this.#maker(scope, depth);
        return this.#write(")");
      default:
        return this.#primitive(scope, depth);
    }
  }

  /** `(a) => …` */
  #maker(scope: Scope, depth: number): void {
    const name = this.#name();
    if (this.choices.below(2) === 0) this.#write(name, "~=>");
    else {
      this.#write("(", name);
      this.#type();
      if (this.choices.below(4) === 0) this.#write(",");
      this.#write(")");
      this.#type();
      this.#write("~=>");
    }
    const inside = { ...scope, values: [...scope.values, name] };
    const body = this.choices.below(3);
    if (body === 0) return this.#primitive(inside, depth - 1);
    this.#write(...(body === 1 ? ["(", "{"] : ["list", "("]));
    this.#list(() => (body === 1 ? this.#property(inside, depth) : this.#value(inside, depth - 1)), 2);
    this.#write(...(body === 1 ? ["}", ")"] : [")"]));
  }

  /** `{ … }` with calls of `op`. */
  #block(outer: Scope, op: string, depth: number): void {
    let scope = outer;
    this.#write("{");
    for (let statement = this.choices.below(4); statement > 0; statement--) scope = this.#statement(scope, op, depth);
    this.#write("}");
    this.#mustBreak = false;
  }

  #statement(scope: Scope, op: string, depth: number): Scope {
    const { choices } = this;
    switch (choices.below(depth > 0 ? 8 : 4)) {
      case 1:
        return this.#constant(scope);
      case 2: {
        const name = this.#name();
        this.#write("const", name, "=", op, ".", "f", "(", this.#string(), ")");
        this.#end();
        return { ...scope, values: [...scope.values, name] };
      }
      case 3:
        if (scope.helpers.length === 0) return scope;
        this.#write(choices.of(scope.helpers), "(", op, ",");
        this.#value(scope, 1);
        this.#write(")");
        this.#end();
        return scope;
      case 4:
      case 5:
        this.#if(scope, op, depth);
        return scope;
      case 6: {
        const batch = this.#name();
        this.#write(op, ".", "batchAlterTable", "(", this.#string(), ",");
        this.#write(...(choices.below(2) === 0 ? ["(", batch, ")"] : [batch]), "~=>");
        if (choices.below(2) === 0) this.#block(scope, batch, depth - 1);
        else this.#call(scope, batch);
        this.#write(")");
        this.#end();
        return scope;
      }
      default:
        this.#call(scope, op);
        this.#end();
        return scope;
    }
  }

  #call(scope: Scope, op: string): void {
    this.#write(op, ".", this.choices.of(directives));
    if (this.choices.below(12) === 1) return this.#template(scope);
    this.#write("(");
    this.#list(() => this.#value(scope, 2), 3);
    this.#write(")");
  }

  #if(scope: Scope, op: string, depth: number): void {
    this.#write("if", "(");
    if (this.choices.below(2) === 0) this.#write(op, ".", "dialect", ".", "name", "===", '"postgresql"');
    else this.#primitive(scope, 1);
    this.#write(")");
    this.#block(scope, op, depth - 1);
    const next = this.choices.below(3);
    if (next > 0) this.#write("else");
    if (next === 1) this.#block(scope, op, depth - 1);
    if (next === 2) this.#if(scope, op, depth - 1);
  }

  #constant(scope: Scope): Scope {
    const name = this.#name();
    this.#write("const", name);
    this.#type();
    this.#write("=");
    const kind = this.choices.below(3);
    if (kind === 0) this.#primitive(scope, 2);
    if (kind === 1) this.#value(scope, 2);
    if (kind === 2) this.#maker(scope, 2);
    this.#end();
    if (kind === 0) return { ...scope, primitives: [...scope.primitives, name] };
    if (kind === 1) return { ...scope, values: [...scope.values, name] };
    return { ...scope, makers: [...scope.makers, name] };
  }

  #function(name: string, scope: Scope): void {
    this.#write("function", name, "(", "op", ":", "Operations");
    const value = this.#name();
    this.#write(",", value);
    this.#type();
    this.#write(")");
    this.#type();
    this.#block({ ...scope, values: [...scope.values, value] }, "op", 2);
  }

  file(): string {
    this.#write("import", "{", "list", ",", "t", "as", "types", ",", "sql", ",", "tagged", ",");
    this.#write("type", "Operations", "}", "from", '"sqlembic"');
    this.#end();
    let scope: Scope = { primitives: [], values: [], makers: [], helpers: [] };
    for (let declaration = this.choices.below(5); declaration > 0; declaration--) {
      const isExported = this.choices.below(3) === 0;
      if (isExported) this.#write("export");
      if (this.choices.below(2) === 0) scope = this.#constant(scope);
      else {
        const name = this.#name();
        this.#function(name, scope);
        scope = { ...scope, helpers: [...scope.helpers, name] };
      }
    }
    for (const name of ["upgrade", "downgrade"]) {
      this.#write("export");
      if (this.choices.below(6) === 1) this.#write("async", "~function");
      else this.#write("function");
      this.#write(name, "(", "op", ...(this.choices.below(2) === 0 ? [":", "Operations"] : []), ")");
      this.#type();
      this.#block(scope, "op", 3);
    }
    if (this.choices.below(3) === 1) {
      this.#write("export", "default");
      this.#value(scope, 3);
      this.#end();
    }
    return this.choices.below(6) === 1 ? this.#text.replaceAll("\n", "\r\n") : this.#text;
  }
}

/** A plain file of whatever forms the choices make of it. */
export function plainProgram(choices: Choices): string {
  return new Writer(choices).file();
}

/** What a mistake may put into a text. */
const fragments = [
  ..."ab01_$.,;:?!=<>+-*/%&|^~@#()[]{}'\"`\\ \n\t",
  ...[
    "\r\n",
    "\r",
    "\u2028",
    "\u00a0",
    "\f",
    "/*\n*/",
    "/* */",
    "// c\n",
    "=>",
    "===",
    "!==",
    "==",
    "${",
    "...",
    "++",
    "--",
    "`${",
    "}`",
  ],
  ...[
    "é",
    "😀",
    "\\n",
    "\\u0041",
    "\\0",
    "1.5",
    "1.",
    ".5",
    "1e3",
    "08",
    "1n",
    "()",
    "[]",
    "{}",
    "``",
    "a => a",
    "(a) => {}",
    '"a"',
    "<A>",
  ],
  ...(
    "import export default const let var function async await yield return if else for new this typeof in instanceof " +
    "null true undefined class arguments eval type interface enum namespace declare abstract readonly keyof is asserts " +
    "as satisfies from of get static op list tagged sql types upgrade constructor toString __proto__ prototype name"
  )
    .split(" ")
    .map((word) => ` ${word} `),
  ...[" as const", ": string", ": readonly string", ": A[]", ": void"],
];

/** A text with a few mistakes: tokens that are missing, doubled, moved, or not what they were. */
export function withMistakes(text: string, choices: Choices): string {
  const tokens = text.match(/\s+|[\w$]+|[^]/gu) ?? [];
  for (let mistake = choices.below(3); mistake >= 0; mistake--) {
    const at = choices.below(tokens.length + 1);
    const from = choices.below(tokens.length + 1);
    const moved = tokens.slice(from, from + 1 + choices.below(9));
    switch (choices.below(7)) {
      case 0:
        tokens.splice(at, 1);
        break;
      case 1:
        tokens.splice(at, 1, choices.of(fragments));
        break;
      case 2:
        tokens.splice(at, 0, ...moved);
        break;
      case 3:
        tokens.splice(at, moved.length, ...moved);
        break;
      case 4:
        tokens.splice(at, 2 + choices.below(5));
        break;
      default:
        tokens.splice(at, 0, choices.of(fragments));
    }
  }
  return tokens.join("");
}
