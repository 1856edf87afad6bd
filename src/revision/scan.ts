import { LoadError, type Origin } from "../errors.js";
import { refuseMisspelt } from "./export-names.js";
import { walk } from "./lexer.js";
import { positionAt } from "./origin.js";
import type { Revision } from "../history/revision.js";

/** The constants by which a file places itself in the history. */
export const constantNames = ["revision", "downRevision", "branchLabels", "dependsOn"] as const;
type ConstantName = (typeof constantNames)[number];

/** What a revision file exports, by name: read from its text or taken from the evaluated module. */
export type RevisionExports = Readonly<Record<string, unknown>>;

/** What the text of a revision file says without being evaluated. */
export interface ScannedSource {
  /** The constants, if the text alone says them all; undefined when only evaluating the file can tell. */
  readonly exports: RevisionExports | undefined;
  /** Where each constant, and what else was seen, is declared: the offset of its `export`. */
  readonly offsets: ReadonlyMap<string, number>;
  /** The first doc comment, without comment marks. */
  readonly documentation: string;
}

/** Written so that a comment matches as a whole or not at all, however the patterns around it backtrack. */
const blockComment = String.raw`/\*(?:[^*]|\*(?!/))*\*/`;
const space = String.raw`(?:\s|//[^\n]*(?![^\n])|${blockComment})*`;
const text = `(?:"[^"\\\\\\n]*"|'[^'\\\\\\n]*'|\`[^\`\\\\$]*\`)`;
const list = String.raw`\[${space}(?:${text}${space}(?:,${space}${text}${space})*,?${space})?\]`;

const declaration = new RegExp(
  String.raw`export\s+(?:const|let|var)\s+(\w+)${space}(?::[^=;"'\x60{}]*)?=(?![=>])${space}`,
  "y",
);
const plainValue = new RegExp(`null(?![\\w$.])|${text}|${list}`, "y");
/** The end of a declaration: what may follow a literal without making it part of a longer expression. */
const declarationEnd = new RegExp(
  String.raw`(?:[^\S\n]+(?:as|satisfies)[^\S\n]+[\w$.<>[\] |&,]+?)*` +
    String.raw`(?:[^\S\n]|${blockComment})*(?:;|(?://[^\n]*)?(?:$|\n${space}(?:$|(?=[A-Za-z_$@])(?!(?:as|satisfies|in|instanceof)\b))))`,
  "y",
);
/** A declaration as most files have it, on one line and with a semicolon: one look instead of three. */
const wholeDeclaration = /export const (\w+)(?:: [\w |[\]]+)? = (null|"[^"\\\n]*"|'[^'\\\n]*');/y;
const otherDeclaration = /export\s+(?:async\s+)?(?:function\s*\*?|const|let|var|class)\s*(\w+)/y;
/** Exports whose names cannot be seen, or that may name a constant in another way than by a declaration of its own. */
const opaqueExport = /export\s*(?:\{|\*|(?:const|let|var)\s*[{[])/y;

/**
 * Reads the four constants and the first doc comment from a revision's text. Text that only looks like a constant,
 * inside a comment, a string or a function, is passed over.
 *
 * @example scanSource('export const revision = "ae10";\nexport const downRevision = null;').exports
 * // { revision: "ae10", downRevision: null }
 */
export function scanSource(source: string): ScannedSource {
  const exports: Record<string, unknown> = {};
  const offsets = new Map<string, number>();
  let documentation: string | undefined;
  let isPlain = true;
  const isComplete = (): boolean => documentation !== undefined && constantNames.every((name) => name in exports);

  const isUnderstood = walk(source, {
    docComment(start, end) {
      documentation ??= withoutCommentMarks(source.slice(start, end));
      return !isComplete();
    },
    moduleKeyword(keyword, start) {
      if (keyword === "import") return true;
      const [, wholeName, literal = ""] = matchAt(wholeDeclaration, source, start) ?? [];
      if (isConstantName(wholeName)) {
        offsets.set(wholeName, start);
        exports[wholeName] = literal === "null" ? null : literal.slice(1, -1);
        return !isComplete();
      }
      const declared = matchAt(declaration, source, start);
      const name = declared?.[1];
      if (declared !== null && isConstantName(name)) {
        offsets.set(name, start);
        const value = readPlainValue(source, start + declared[0].length);
        if (value === undefined) isPlain = false;
        else exports[name] = value.value;
        return !isComplete();
      }
      const other = matchAt(otherDeclaration, source, start)?.[1];
      if (other !== undefined) {
        offsets.set(other, start);
        exports[other] = true;
      } else if (matchAt(opaqueExport, source, start) !== null) isPlain = false;
      return true;
    },
  });
  return { exports: isUnderstood && isPlain ? exports : undefined, offsets, documentation: documentation ?? "" };
}

/**
 * The revision that a file declares, or undefined when its constants are computed and the file has to be evaluated.
 *
 * @param file - relative to the project's folder, with forward slashes
 */
export function scanRevision(file: string, source: string): Revision | undefined {
  const scanned = scanSource(source);
  return scanned.exports && toRevision(file, source, scanned, scanned.exports);
}

/** Checks what a revision file exports and makes a {@link Revision} of it; errors point at the constant in the file. */
export function toRevision(file: string, source: string, scanned: ScannedSource, exports: RevisionExports): Revision {
  const { revision, downRevision, branchLabels, dependsOn } = exports;
  const at = (name: string): Origin => positionAt(file, source, scanned.offsets.get(name) ?? 0);
  const invalid = (name: ConstantName, expected: string, example: string): LoadError =>
    new LoadError("invalid-constant", `${file}: ${name} is ${described(exports[name])}; it has to be ${expected}.`, {
      origin: at(name),
      hint: `Write \`${example}\`.`,
      data: { file, name },
    });

  refuseMisspelt(file, Object.keys(exports), at);
  if (revision === undefined && !("revision" in exports)) throw notARevision(file, exports);
  if (typeof revision !== "string" || revision.trim() === "") {
    throw invalid("revision", "the identifier of this revision, a string", 'export const revision = "ae1027a6acf";');
  }
  if (!("downRevision" in exports)) {
    throw new LoadError("missing-down-revision", `${file}: revision ${revision} does not say what it follows.`, {
      origin: at("revision"),
      hint: 'Write `export const downRevision = "…";` with the identifier of the revision before it, or null for a first one.',
      data: { file, revision },
    });
  }
  const listOf = (name: ConstantName, what: string, example: string): readonly string[] => {
    const values = asList(exports[name]);
    if (values === undefined) throw invalid(name, `null, ${what} or an array of them`, example);
    return values;
  };
  if (downRevision === undefined) {
    throw invalid("downRevision", "null, an identifier or an array of them", "export const downRevision = null;");
  }
  return {
    revision,
    downRevisions: listOf("downRevision", "an identifier", 'export const downRevision = "1975ea83b712";'),
    dependsOn:
      dependsOn === undefined
        ? []
        : listOf("dependsOn", "an identifier or a branch label", "export const dependsOn = null;"),
    branchLabels:
      branchLabels === undefined ? [] : listOf("branchLabels", "a label", 'export const branchLabels = ["billing"];'),
    message: scanned.documentation.split("\n\n", 1)[0] ?? "",
    documentation: scanned.documentation,
    file,
  };
}

/** Whether an evaluated file still says what a {@link Revision} was made of. */
export function agrees(revision: Revision, exports: RevisionExports): boolean {
  const isSame = (name: ConstantName, values: readonly string[]): boolean => {
    const evaluated = asList(exports[name] ?? null);
    return evaluated?.length === values.length && values.every((value, index) => value === evaluated[index]);
  };
  return (
    exports["revision"] === revision.revision &&
    isSame("downRevision", revision.downRevisions) &&
    isSame("branchLabels", revision.branchLabels) &&
    isSame("dependsOn", revision.dependsOn)
  );
}

function notARevision(file: string, exports: RevisionExports): LoadError {
  const origin = { file, line: 1, column: 1 };
  if ("upgrade" in exports || "downgrade" in exports) {
    return new LoadError("missing-revision", `${file} has an upgrade or a downgrade, and no revision identifier.`, {
      origin,
      hint: 'Write `export const revision = "…";` and `export const downRevision = …;` above them.',
      data: { file },
    });
  }
  const name = file.slice(file.lastIndexOf("/") + 1);
  return new LoadError("not-a-revision", `${file} is in a versions folder and is no revision: it exports none.`, {
    origin,
    hint: `If it is a helper of revisions, rename it to _${name} or move it to another folder; if it is a revision, add \`export const revision = "…";\`.`,
    data: { file },
  });
}

function isConstantName(name: string | undefined): name is ConstantName {
  return name !== undefined && (constantNames as readonly string[]).includes(name);
}

function matchAt(pattern: RegExp, source: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(source);
}

/** The value of a declaration that is nothing but a literal; undefined for any other expression. */
function readPlainValue(source: string, start: number): { value: string | null | string[] } | undefined {
  const literal = matchAt(plainValue, source, start)?.[0];
  if (literal === undefined || matchAt(declarationEnd, source, start + literal.length) === null) return undefined;
  if (literal === "null") return { value: null };
  if (!literal.startsWith("[")) return { value: literal.slice(1, -1) };
  const items = literal.matchAll(new RegExp(`//[^\\n]*|${blockComment}|(${text})`, "g"));
  return { value: [...items].flatMap(([, item]) => (item === undefined ? [] : [item.slice(1, -1)])) };
}

/** `null` is none, a string is one, an array is itself; undefined for everything else. */
function asList(value: unknown): readonly string[] | undefined {
  const values: readonly unknown[] = value === null ? [] : Array.isArray(value) ? value : [value];
  return values.every((item): item is string => typeof item === "string" && item.trim() !== "") ? values : undefined;
}

function described(value: unknown): string {
  if (value === undefined) return "undefined";
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint" || typeof value === "symbol") return `a ${typeof value}`;
  return JSON.stringify(value);
}

function withoutCommentMarks(comment: string): string {
  return comment
    .slice(3, -2)
    .split(/\r?\n/)
    .map((line) => line.replace(/^[ \t]*(?:\* ?)?/, "").trimEnd())
    .join("\n")
    .trim();
}
