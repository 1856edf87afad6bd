/** A module as the body of a function that takes the exports of sqlembic and returns its own. */
export interface OrdinaryModule {
  /** Every character stands where it stood in the source: positions need no map. */
  readonly code: string;
  /** The names that the file imports from sqlembic as values. */
  readonly imports: readonly string[];
}

/** The parameter by which the code reaches what sqlembic exports. */
export const selfParameter = "sqlembic_";

const importOfSelf = /^import\s*\{([^{}"'`]*)\}\s*from\s*(?:"sqlembic"|'sqlembic')/gm;
const importOfTypes = /^import type\s*\{[^{}"'`]*\}\s*from\s*(?:"[^"\n]*"|'[^'\n]*');?/gm;
const exportedConstant = /^export const (\w+)(\s*:\s*[\w\s|[\]"']*)?(?=\s*=\s*(?![=>]))/gm;
const exportedBody =
  /^export (?:async )?function (upgrade|downgrade)\(\s*\w+(\s*:\s*Operations)?\s*,?\s*\)(\s*:\s*(?:void|Promise<void>))?(?=\s*\{)/gm;

/** What may be a type argument: `call<Type>(…)` is a comparison to JavaScript, so that only a parser can tell. */
const typeArgument = /<[\w$.\s,|&[\]{}"'<>?:]*>\s*[(`]/;

function blanked(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
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

/**
 * The code of a revision file of the ordinary shape: one import from sqlembic, constants and the two functions with
 * `op: Operations`, and JavaScript inside them. What TypeScript has besides is overwritten with spaces. Undefined when
 * the file has anything else at its top that would need a parser; what hides inside a function is a syntax error to
 * JavaScript, and the caller then takes the way through the parser.
 *
 * This is a third of the time that a parser takes, which thousands of revisions feel.
 *
 * @example ordinaryModule('export const revision = "ae10";')?.code
 * // '       const revision = "ae10";\nreturn { revision };'
 */
export function ordinaryModule(source: string): OrdinaryModule | undefined {
  if (typeArgument.test(source)) return undefined;
  let imports: readonly string[] | undefined;
  const exports: string[] = [];
  let isOrdinary = true;
  const code = source
    .replace(importOfTypes, blanked)
    .replace(importOfSelf, (statement: string, list: string) => {
      const names = importedNames(list);
      if (names === undefined || imports !== undefined) isOrdinary = false;
      imports = names?.values ?? [];
      const open = statement.indexOf("{");
      const close = statement.lastIndexOf("}");
      const from = blanked(statement.slice(close + 1));
      return `const ${blanked(statement.slice(6, open))}{${names?.pattern ?? ""}}${from.replace(/ {3}/, " = ").replace(/ {9}$/, selfParameter)}`;
    })
    .replace(exportedConstant, (statement: string, name: string, type: string | undefined) => {
      exports.push(name);
      const typed = type ?? "";
      return `       ${statement.slice(7, statement.length - typed.length)}${blanked(typed)}`;
    })
    .replace(exportedBody, (statement: string, name: string, type: string | undefined, result: string | undefined) => {
      exports.push(name);
      const withoutResult = result === undefined ? statement : statement.slice(0, -result.length) + blanked(result);
      const untyped = type === undefined ? withoutResult : withoutResult.replace(type, blanked(type));
      return `       ${untyped.slice(7)}`;
    });
  const hasMore = /^\s*(?:import|export)\b/m.test(code) || /\bimport\s*[(.]/.test(code);
  if (!isOrdinary || hasMore || new Set(exports).size !== exports.length) return undefined;
  return { code: `${code}\nreturn { ${exports.join(", ")} };`, imports: imports ?? [] };
}
