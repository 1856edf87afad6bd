import { from, matchAt, ModuleReader, pairsOf, withoutHashbang, type ModuleText } from "./module-text.js";

const word = String.raw`[\w$]+`;
const importedTypes = new RegExp(String.raw`import type (?:\{[^{}]*\}|\* as ${word}|${word}) from ${from}`, "y");
const importedNames = new RegExp(String.raw`import \{([^{}]*)\} from ${from}`, "y");
const typedConstant = new RegExp(String.raw`export const (${word})(: [\w$.|[\] ]+?) =(?!>)`, "y");
const typedFunction = new RegExp(
  String.raw`(export (?:default )?(?:async )?function ${word}\()([^()]*)(\))(: (?:void|Promise<void>))?(?= \{)`,
  "y",
);
const typedParameter = new RegExp(String.raw`^(\s*${word})(: [\w$.]+(?:\[\])?)?(\s*)$`);
const name = new RegExp(`^${word}$`);
/** A list of types, or a name that looks like one. */
const exportedTypes = /export (?:type\b|\{[^{}]*\btype\b)/y;

/** What the body of a function may have, and a module may not; and what is a comment in a script alone. */
const notOfModules = /\bnew\.target\b|^\s*-->/m;

/** Whether a word stands somewhere in a text. */
function hasWord(text: string, wanted: string): boolean {
  for (let start = text.indexOf(wanted); start !== -1; start = text.indexOf(wanted, start + 1)) {
    if (!/[\w$]/.test(text.charAt(start - 1)) && !/[\w$]/.test(text.charAt(start + wanted.length))) return true;
  }
  return false;
}

/** Reads a module whose types are the few that revision files ordinarily have, and blanks them. */
class TypedModuleReader extends ModuleReader {
  /** The own names of what is imported by name. */
  readonly #imported: string[] = [];

  protected override readonly mayReturn = false;

  override read(): ModuleText | undefined {
    return notOfModules.test(this.text) ? undefined : super.read();
  }

  /** `new Set<Date>(dates)` is valid JavaScript as well: two comparisons. */
  protected override mayCompare(start: number): boolean {
    return start < this.written;
  }

  /** An import of which nothing is left but a name in a type is none in JavaScript. */
  protected override isReadable(body: string): boolean {
    return this.#imported.every((own) => hasWord(body, own));
  }

  protected override import(start: number): boolean {
    const types = matchAt(importedTypes, this.text, start)?.[0];
    if (types !== undefined) return this.blank(start, types.length);
    const [all, list = "", quoted = ""] = matchAt(importedNames, this.text, start) ?? [];
    if (all === undefined) return false;
    const items = pairsOf(list);
    const values = items.filter(([imported]) => !imported.startsWith("type "));
    if (items.length === 0 || !values.every((pair) => pair.every((one) => name.test(one)))) return false;
    if (values.length > 0) this.addNamedImport(quoted, values);
    this.#imported.push(...values.map(([, own]) => own));
    return this.blank(start, all.length);
  }

  protected override export(start: number): boolean {
    if (matchAt(exportedTypes, this.text, start) !== null) return false;
    const [, constant = "", type] = matchAt(typedConstant, this.text, start) ?? [];
    if (type !== undefined) {
      this.addConstant(constant);
      this.blank(start, "export".length);
      return this.blank(start + "export const ".length + constant.length, type.length);
    }
    return super.export(start) && this.#blankSignature(start);
  }

  /** Blanks the types in the head of a function, where they are no more than names. */
  #blankSignature(start: number): true {
    const [, head, list = "", close = "", result = ""] = matchAt(typedFunction, this.text, start) ?? [];
    if (head === undefined) return true;
    const parameters = list.split(",").map((parameter) => typedParameter.exec(parameter));
    if (list !== "" && parameters.includes(null)) return true;
    let position = start + head.length;
    for (const [whole = "", own = "", type = ""] of parameters.map((parameter) => parameter ?? [])) {
      if (type !== "") this.blank(position + own.length, type.length);
      position += whole.length + 1;
    }
    return this.blank(start + head.length + list.length + close.length, result.length);
  }
}

/**
 * Takes the imports, the exports and the types out of the text of a TypeScript module, where the types are few and plain:
 * those of the parameters of its functions and of its constants. It is not told whether the rest is JavaScript: V8 refuses
 * to compile what is not, and a text in which the two languages differ is left to a parser.
 *
 * @returns undefined where only a parser can
 *
 * @example readTypedModule("export function upgrade(op: Operations): void {}")?.body
 * // "use strict";
 * //        function upgrade(op            )       {}
 * // return { upgrade };
 */
export function readTypedModule(text: string): ModuleText | undefined {
  return new TypedModuleReader(withoutHashbang(text)).read();
}
