/** A module as the body of a function that takes the exports of sqlembic and returns its own. */
export interface OrdinaryModule {
  /** Every character stands where it stood in the source, one line further down: positions need no map. */
  readonly code: string;
  /** The names that the file imports from sqlembic as values. */
  readonly imports: readonly string[];
}

/** The name of what `export default` gives: as long as that it can take its place. */
const defaultName = "default_";

/** The parameter by which the code reaches what sqlembic exports. */
export const selfParameter = "sqlembic_";

/** Where a line begins with what only a module has; the rest of a file is JavaScript as it stands. */
const moduleLine = /^[^\S\n]*(?:import|export)\b/gm;
const importOfSelf = /import\s*\{([^{}"'`]*)\}\s*from\s*(?:"sqlembic"|'sqlembic')/y;
const importOfTypes = /import type\s*\{[^{}"'`]*\}\s*from\s*(?:"[^"\n]*"|'[^'\n]*');?/y;
const exportedConstant = /export const (\w+)(\s*:\s*[\w\s|[\]"']*)?(?=\s*=\s*(?![=>]))/y;
const exportedDefault = /export default(?= )/y;
const exportedBody =
  /export (?:async )?function (upgrade|downgrade)\(\s*\w+(\s*:\s*Operations)?\s*,?\s*\)(\s*:\s*(?:void|Promise<void>))?(?=\s*\{)/y;
/** `import(…)` and `import.meta`, wherever they are. */
const importInside = /\bimport\s*[(.]/;

/** What may be a type argument: `call<Type>(…)` is a comparison to JavaScript, so that only a parser can tell. */
const typeArgument = /<[\w$.\s,|&[\]{}"'<>?:]*>\s*[(`]/;

function blanked(text: string): string {
  return /[\r\n]/.test(text) ? text.replace(/[^\r\n]/g, " ") : " ".repeat(text.length);
}

/** The names between the braces of an import; undefined when one is renamed. */
function importedNames(list: string): { readonly values: readonly string[]; readonly pattern: string } | undefined {
  const values: string[] = [];
  let isPlain = true;
  const pattern = list.replace(/\s*([^,]+)(,|$)/g, (item: string, name: string) => {
    const trimmed = name.trim();
    if (/^type\s+\w+$/.test(trimmed)) return blanked(item);
    if (/^\w+$/.test(trimmed)) values.push(trimmed);
    else if (trimmed !== "") isPlain = false;
    return item;
  });
  return isPlain ? { values, pattern } : undefined;
}

function matchAt(pattern: RegExp, source: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(source);
}

/** What has been found of a module so far. */
interface Found {
  imports: readonly string[] | undefined;
  readonly exports: string[];
}

/** The JavaScript in place of an import or export, and the text that it replaces; undefined for any other form. */
function replaced(source: string, position: number, found: Found): { text: string; code: string } | undefined {
  const types = matchAt(importOfTypes, source, position);
  if (types !== null) return { text: types[0], code: blanked(types[0]) };
  const self = matchAt(importOfSelf, source, position);
  if (self !== null) {
    const [text, list = ""] = self;
    const names = importedNames(list);
    if (names === undefined || found.imports !== undefined) return undefined;
    found.imports = names.values;
    const open = text.indexOf("{");
    const from = blanked(text.slice(text.lastIndexOf("}") + 1));
    const end = from.replace(/ {3}/, " = ").replace(/ {9}$/, selfParameter);
    return { text, code: `const ${blanked(text.slice(6, open))}{${names.pattern}}${end}` };
  }
  const constant = matchAt(exportedConstant, source, position);
  if (constant !== null) {
    const [text, name = "", type = ""] = constant;
    found.exports.push(name);
    return { text, code: `       ${text.slice(7, text.length - type.length)}${blanked(type)}` };
  }
  if (matchAt(exportedDefault, source, position) !== null) {
    found.exports.push("default");
    return { text: "export default ", code: `const ${defaultName}=` };
  }
  const body = matchAt(exportedBody, source, position);
  if (body === null) return undefined;
  const [text, name = "", type = "", result = ""] = body;
  found.exports.push(name);
  const untyped = (text.slice(0, text.length - result.length) + blanked(result)).replace(type, blanked(type));
  return { text, code: `       ${untyped.slice(7)}` };
}

/**
 * The code of a file of the ordinary shape, a revision or a configuration: one import from sqlembic, constants, a
 * default and the two functions with `op: Operations`, and JavaScript inside them. What TypeScript has besides is overwritten with spaces. Undefined when
 * the file has anything else at its top that would need a parser; what hides inside a function is a syntax error to
 * JavaScript, and the caller then takes the way through the parser.
 *
 * This is a third of the time that a parser takes, which thousands of revisions feel.
 *
 * @example ordinaryModule('export const revision = "ae10";')?.code
 * // '"use strict";\n       const revision = "ae10";\nreturn { revision };'
 */
export function ordinaryModule(source: string): OrdinaryModule | undefined {
  if (source.includes("<") && typeArgument.test(source)) return undefined;
  const found: Found = { imports: undefined, exports: [] };
  let code = '"use strict";\n';
  let end = 0;
  moduleLine.lastIndex = 0;
  for (let line = moduleLine.exec(source); line !== null; line = moduleLine.exec(source)) {
    const part = replaced(source, line.index, found);
    if (part === undefined) return undefined;
    code += source.slice(end, line.index) + part.code;
    end = line.index + part.text.length;
    moduleLine.lastIndex = end;
  }
  code += source.slice(end);
  if (importInside.test(code) || new Set(found.exports).size !== found.exports.length) return undefined;
  const exports = found.exports.map((name) => (name === "default" ? `default: ${defaultName}` : name));
  return { code: `${code}\nreturn { ${exports.join(", ")} };`, imports: found.imports ?? [] };
}
