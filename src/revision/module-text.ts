import { walk } from "./lexer.js";

/** What a module takes from another one. */
export interface ModuleImport {
  readonly specifier: string;
  /** The names that have to be there; undefined where it takes the other module as a whole. */
  readonly names: readonly string[] | undefined;
  /** Whether all that the other module exports is exported here as well. */
  readonly isExported: boolean;
}

/**
 * A module as the text of a function, which takes its imports as a list of namespaces and returns its exports. It may be
 * used where no import and no export ever changes its value: then nobody can tell copies from what they were made of.
 */
export interface ModuleText {
  readonly imports: readonly ModuleImport[];
  readonly hasExports: boolean;
  /** The body of the function. Behind its first line, each line and column is that of the module. */
  readonly body: string;
  /** Whether it may wait for something: the word `await` is somewhere in it. */
  readonly isAsync: boolean;
}

/** The parameter of the function, and what the value of `export default` is called in it. */
export const importsParameter = "__imports__";
const defaultName = "__d__";

const name = String.raw`[^\s,{}*"'();=]+`;
const string = String.raw`"[^"\\\n]*"|'[^'\\\n]*'`;
const attributes = String.raw`(?: with \{[^{}]*\})?`;
const end = String.raw`(?:;|(?=\n|$))`;
/** The end of an import: the other module, in quotation marks. */
export const from = `(${string})${attributes}${end}`;
const importStatement = new RegExp(
  String.raw`import (?:(?:(${name})(?:, ?)?)? ?(?:\* as (${name})|\{([^{}]*)\})? from )?${from}`,
  "y",
);
const exportedList = new RegExp(String.raw`export \{([^{}]*)\}(?: from ${from}|${end})`, "y");
const exportedModule = new RegExp(String.raw`export \*(?: as (${name}|${string}))? from ${from}`, "y");
const exportedConstant = new RegExp(String.raw`export const (${name}) =`, "y");
const exportedDefinition = new RegExp(
  String.raw`export (default )?(?:async function|function|class)\*? (${name})(?= ?[({]| extends )`,
  "y",
);
const exportedValue = /export default (?!(?:async function|function|class)\b)/y;

/** A second constant of one declaration. */
const nextDeclarator = new RegExp(String.raw`,\s*(?:${name} =|[{[])`, "y");
/** What no function can have, or only oxc can tell from what looks the same. */
const elsewhere = new RegExp(String.raw`\bimport\s*[(.]|${importsParameter}|\b${defaultName}`);

export function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

/** The name of something in the module that exports it, and its name here. */
export type NamePair = readonly [name: string, as: string];

/** The two names of each item of `a, b as c, "d e" as f`. */
export function pairsOf(list: string): NamePair[] {
  return list
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map((item) => {
      const [first = "", second = first] = item.split(" as ");
      return [first, second] as const;
    });
}

function unquoted(text: string): string {
  return /^["']/.test(text) ? text.slice(1, -1) : text;
}

/** Spaces for each character and the line ends as they are. */
function blank(text: string): string {
  return text.includes("\n") ? text.replace(/[^\n]/g, " ") : " ".repeat(text.length);
}

/** What makes a word the target of an assignment, in front of it and behind it. */
const assignedBefore = /(?:\+\+|--)$/;
const assignedAfter = /^\s*(?:[-+*/%&|^?<>]*=(?![=>])|\+\+|--)|^ (?:of|in) |^[^;()]*[\]}] =(?!=)/;

/** Whether a function or class of this name may be given another value; in doubt it may. */
function mayChange(defined: string, text: string): boolean {
  const parts = text.split(defined);
  return parts.some((before, index) => {
    const after = parts[index + 1];
    if (after === undefined || /[\w$]$/.test(before) || /^[\w$]/.test(after)) return false;
    return assignedBefore.test(before) || assignedAfter.test(after);
  });
}

/** Reads the imports and exports of a JavaScript module and takes them out of its text. */
export class ModuleReader {
  readonly #imports: ModuleImport[] = [];
  /** What gives the imports their names. */
  readonly #declarations: string[] = [];
  /** The exports as the properties of an object. */
  readonly #exports: string[] = [];
  readonly #parts: string[] = [];
  #isReadable = true;
  /** Whether an exported declaration may go on behind a comma. */
  #mayDeclareMore = false;
  /** Up to where the text has been taken. */
  protected written = 0;

  constructor(readonly text: string) {}

  read(): ModuleText | undefined {
    if (elsewhere.test(this.text)) return undefined;
    const isUnderstood = walk(this.text, {
      moduleKeyword: (keyword, start) => this.#goOn(keyword === "import" ? this.import(start) : this.export(start)),
      comma: (start) => this.#goOn(!this.#mayDeclareMore || matchAt(nextDeclarator, this.text, start) === null),
      returnOutside: () => this.#goOn(this.mayReturn),
      angleBracket: (start) => this.#goOn(this.mayCompare(start)),
    });
    if (!isUnderstood || !this.#isReadable) return undefined;
    const body = this.#parts.join("") + this.text.slice(this.written);
    if (!this.isReadable(body)) return undefined;
    const prologue = ['"use strict";', ...this.#declarations].join(" ");
    return {
      imports: this.#imports,
      hasExports: this.#exports.length > 0,
      body: `${prologue}\n${body}\nreturn { ${this.#exports.join(", ")} };`,
      isAsync: /\bawait\b/.test(this.text),
    };
  }

  #goOn(isReadable: boolean): boolean {
    return (this.#isReadable &&= isReadable);
  }

  /** Whether `return` may stand outside of functions: a module that a parser has read has none there. */
  protected readonly mayReturn: boolean = true;

  /** Whether `<` compares. */
  protected mayCompare(_start: number): boolean {
    return true;
  }

  /** Whether the text is what it seems when its imports and exports have been taken out. */
  protected isReadable(_body: string): boolean {
    return true;
  }

  /** Writes something in the place of a part of the text. */
  #replace(start: number, end: number, replacement: string): true {
    this.#parts.push(this.text.slice(this.written, start), replacement);
    this.written = end;
    return true;
  }

  protected blank(start: number, length: number): true {
    return this.#replace(start, start + length, blank(this.text.slice(start, start + length)));
  }

  /** Adds an import, and gives the expression that stands for the other module. */
  #addImport(quoted: string, names: readonly string[] | undefined, isExported = false): string {
    const position = this.#imports.push({ specifier: quoted.slice(1, -1), names, isExported }) - 1;
    return `${importsParameter}[${position}]`;
  }

  /** Adds an import of some names, each with its own name here. */
  protected addNamedImport(quoted: string, pairs: readonly NamePair[]): void {
    const module = this.#addImport(
      quoted,
      pairs.map(([imported]) => unquoted(imported)),
    );
    const pattern = pairs.map(([imported, own]) => `${imported}: ${own}`).join(", ");
    if (pairs.length > 0) this.#declarations.push(`const { ${pattern} } = ${module};`);
  }

  /** Adds an export of something of that name. */
  protected addExport(name: string): void {
    this.#exports.push(name);
  }

  protected import(start: number): boolean {
    const match = matchAt(importStatement, this.text, start);
    if (match === null) return false;
    const [all, byDefault, namespace, list, quoted = ""] = match;
    const pairs = pairsOf(list ?? "");
    if (byDefault !== undefined) pairs.push(["default", byDefault]);
    if (namespace === undefined) {
      this.addNamedImport(quoted, pairs);
    } else {
      const module = this.#addImport(quoted, undefined);
      this.#declarations.push(`const ${namespace} = ${module};`);
      if (byDefault !== undefined) this.#declarations.push(`const { default: ${byDefault} } = ${module};`);
    }
    return this.blank(start, all.length);
  }

  protected export(start: number): boolean {
    const { text } = this;
    const constant = matchAt(exportedConstant, text, start)?.[1];
    if (constant !== undefined) {
      this.addConstant(constant);
      return this.blank(start, "export".length);
    }
    const [, isDefault, defined] = matchAt(exportedDefinition, text, start) ?? [];
    if (defined !== undefined) {
      this.addExport(isDefault === undefined ? defined : `default: ${defined}`);
      return !mayChange(defined, text) && this.blank(start, `export ${isDefault ?? ""}`.length);
    }
    const value = matchAt(exportedValue, text, start)?.[0];
    if (value !== undefined) {
      this.addExport(`default: ${defaultName}`);
      return this.#replace(start, start + value.length, `const  ${defaultName} = `); // as long as what it replaces
    }
    return this.#exportList(start) || this.#exportModule(start);
  }

  protected addConstant(name: string): void {
    this.#mayDeclareMore = true;
    this.addExport(name);
  }

  /** `export { a as b } from "./c.js";`. What is this module's own in such a list may be a variable. */
  #exportList(start: number): boolean {
    const [all, list = "", quoted] = matchAt(exportedList, this.text, start) ?? [];
    if (all === undefined || quoted === undefined) return false;
    const pairs = pairsOf(list);
    const module = this.#addImport(
      quoted,
      pairs.map(([there]) => unquoted(there)),
    );
    for (const [there, exported] of pairs) {
      this.addExport(`${exported}: ${module}[${JSON.stringify(unquoted(there))}]`);
    }
    return this.blank(start, all.length);
  }

  #exportModule(start: number): boolean {
    const [all, exported, quoted = ""] = matchAt(exportedModule, this.text, start) ?? [];
    if (all === undefined) return false;
    const module = this.#addImport(quoted, undefined, exported === undefined);
    if (exported !== undefined) this.addExport(`${exported}: ${module}`);
    return this.blank(start, all.length);
  }
}

/** A hashbang may stand at the very start of a script alone: it becomes a comment of the same length. */
export function withoutHashbang(text: string): string {
  return text.startsWith("#!") ? `//${text.slice(2)}` : text;
}

/**
 * Takes the imports and exports out of the text of a JavaScript module.
 *
 * @returns undefined where only a parser can, and where exports may change their values
 *
 * @example readModule('import { t } from "sqlembic";\nexport const a = t;')?.body
 * // "use strict"; const { t: t } = __imports__[0];
 * //
 * //        const a = t;
 * // return { a };
 */
export function readModule(text: string): ModuleText | undefined {
  return new ModuleReader(withoutHashbang(text)).read();
}
