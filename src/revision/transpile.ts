import { SourceMap } from "node:module";
import type { moduleRunnerTransformSync, transformSync } from "oxc-transform";
import { LoadError } from "../errors.js";
import { requirePackage } from "../on-demand.js";
import { walk } from "./lexer.js";
import { readModule, type ModuleText } from "./module-text.js";
import { positionAt, type Position } from "./origin.js";

/** Native code that is loaded when the first file needs it: a listing does without. */
function oxc(): typeof import("oxc-transform") {
  return requirePackage("oxc-transform") as typeof import("oxc-transform");
}

type OxcResult = ReturnType<typeof transformSync> | ReturnType<typeof moduleRunnerTransformSync>;

/** What oxc makes of a module: a function that is given copies of its imports, or one that asks for each when it uses it. */
export type ModuleKind = "copied" | "live";

/** A module without its types. */
export interface StrippedModule {
  readonly code: string;
  /** Its imports and exports; undefined where its text alone does not show them, or where an export may change. */
  readonly text: ModuleText | undefined;
}

/**
 * Strips the types of a module.
 *
 * @param file - relative to the project's folder; decides by its extension whether types are expected
 */
export function stripModule(file: string, source: string): StrippedModule {
  const code = resultOf(file, source, stripTypes(file, source, false)).code;
  return { code, text: readModule(code) };
}

/** Rewrites imports and exports so that a module sees every change of what it imports. */
export function rewriteLive(file: string, stripped: string): string {
  const separate = withSeparateNamespaceImports(stripped);
  const { code } = resultOf(file, separate, rewriteModule(file, separate, false));
  // A hashbang is only allowed at the very start of a script, and this is going to be a function body.
  return code.startsWith("#!") ? `//${code.slice(2)}` : code;
}

/**
 * From positions in the function that a module became to positions in its source. Strips its types once more, with a
 * source map: made only when a position is asked for.
 */
export function createPositionMapper(file: string, source: string, kind: ModuleKind): (position: Position) => Position {
  const typesStripped = stripTypes(file, source, true);
  const backToSource = createStep(typesStripped, source);
  if (kind === "copied") return backToSource;
  const stripped = withSeparateNamespaceImports(typesStripped.code);
  const rewritten = rewriteModule(file, stripped, true);
  const backToStripped = createStep(rewritten, stripped);
  const rewrittenLines = rewritten.code.split("\n");
  const strippedLines = stripped.split("\n");
  return (position) => {
    const { line, column: mapped } = backToStripped(position);
    let column = mapped;
    // `(0, imported.name)(…)` is reported at its arguments, but the call `name(…)` that it was at its name.
    const before = rewrittenLines[position.line - 1]?.slice(0, position.column - 1) ?? "";
    if (/\(0, __vite_ssr_import_\d+__\.[\w$]+\)$/.test(before)) {
      column -= /[\w$]*$/.exec(strippedLines[line - 1]?.slice(0, column - 1) ?? "")?.[0].length ?? 0;
    }
    return backToSource({ line, column });
  };
}

function stripTypes(file: string, source: string, sourcemap: boolean): ReturnType<typeof transformSync> {
  return oxc().transformSync(file, source, { sourceType: "module", sourcemap });
}

function rewriteModule(
  file: string,
  stripped: string,
  sourcemap: boolean,
): ReturnType<typeof moduleRunnerTransformSync> {
  return oxc().moduleRunnerTransformSync(`${file}.js`, stripped, { sourcemap });
}

function resultOf<Result extends OxcResult>(file: string, source: string, result: Result): Result {
  const problem = result.errors[0];
  if (problem === undefined) return result;
  // The parser counts in bytes of UTF-8.
  const bytes = problem.labels[0]?.start ?? 0;
  const offset = Buffer.from(source).subarray(0, bytes).toString().length;
  throw new LoadError("syntax-error", `${file} cannot be parsed: ${problem.message}`, {
    origin: positionAt(file, source, offset),
    hint: problem.helpMessage ?? undefined,
    data: { file, problems: result.errors.map(({ message }) => message) },
  });
}

/**
 * The module rewriting of oxc 0.158 forgets the default import of `import value, * as all from "…"`: written as two
 * imports both are kept.
 */
function withSeparateNamespaceImports(stripped: string): string {
  const mixed = /import ([\w$]+), (\* as [\w$]+ from ("(?:[^"\\]|\\.)*"))/y;
  if (!stripped.includes(", * as ")) return stripped;
  const parts: string[] = [];
  let end = 0;
  walk(stripped, {
    moduleKeyword(_keyword, start) {
      mixed.lastIndex = start;
      const [all, value, namespace, specifier] = mixed.exec(stripped) ?? [];
      if (all !== undefined) {
        parts.push(stripped.slice(end, start), `import ${value} from ${specifier}; import ${namespace}`);
        end = start + all.length;
      }
      return true;
    },
  });
  return parts.join("") + stripped.slice(end);
}

/** One pass backwards. */
function createStep(result: OxcResult, source: string): (position: Position) => Position {
  if (result.map === undefined) return (position) => position;
  const map = new SourceMap({ file: "", sourceRoot: "", sourcesContent: [], ...result.map });
  const generatedLines = result.code.split("\n");
  const sourceLines = source.split("\n");
  return ({ line, column }) => {
    const entry = map.findEntry(line - 1, column - 1);
    if (!("originalLine" in entry)) return { line, column };
    // An entry covers a run of text. Inside it, follow the word that stands at the position.
    const distance = line - 1 === entry.generatedLine ? column - 1 - entry.generatedColumn : 0;
    const word = /^[\w$]*/.exec(generatedLines[line - 1]?.slice(column - 1) ?? "")?.[0] ?? "";
    const originalLine = sourceLines[entry.originalLine] ?? "";
    const moved = entry.originalColumn + distance;
    const column0 = distance > 0 && originalLine.startsWith(word, moved) ? moved : entry.originalColumn;
    return { line: entry.originalLine + 1, column: column0 + 1 };
  };
}
