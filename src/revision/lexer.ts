/** What {@link walk} reports of a source text. Returning `false` from a method ends the walk. */
export interface Visitor {
  /** A block comment that begins with two asterisks, from `start` to `end` with its comment marks. */
  docComment?(start: number, end: number): boolean;
  /** The word `import` or `export` outside all brackets, which is where such a statement may stand. */
  moduleKeyword?(keyword: "import" | "export", start: number): boolean;
  /** A comma outside all brackets. */
  comma?(start: number): boolean;
  /** The word `return` outside all brackets. */
  returnOutside?(start: number): boolean;
  /** `<`, wherever it stands. */
  angleBracket?(start: number): boolean;
}

/** Words, which all have one length, and single characters. */
const wordLength = "export".length;
const firstLetter = "a".charCodeAt(0);
const lastLetter = "z".charCodeAt(0);
const landmark = /["'`/{}()[\]]|\b(?:export|import)\b/g;
const landmarkOfModule = /[,<"'`/{}()[\]]|\b(?:export|import|return)\b/g;
const stringRest = { '"': /(?:[^"\\\n]|\\[^])*"/y, "'": /(?:[^'\\\n]|\\[^])*'/y } as const;
const templateRest = /(?:[^`\\$]|\\[^]|\$(?!\{))*(`|\$\{)/y;
const regularExpressionRest = /(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const wordsBeforeRegularExpression = new Set(
  "await case delete do else in instanceof new of return throw typeof void yield".split(" "),
);

/**
 * Walks over TypeScript or JavaScript source, telling comments, strings, template literals and regular expressions
 * from code without building a syntax tree: most revision files are decided within their first few lines.
 *
 * @returns false when the text cannot be told apart (an unclosed string, say); a real parser then has the last word.
 */
export function walk(source: string, visitor: Visitor): boolean {
  /** One entry per open bracket; `template` for the `${` that returns to template text at its `}`. */
  const open: ("bracket" | "template")[] = [];
  const next = visitor.comma === undefined ? landmark : landmarkOfModule;
  let position = 0;

  /** Moves behind `pattern`, or says that it does not stand at the position. */
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = position;
    const isThere = pattern.test(source);
    if (isThere) position = pattern.lastIndex;
    return isThere;
  };
  const skipTemplateText = (): boolean => {
    const isThere = skip(templateRest);
    if (isThere && source[position - 1] === "{") open.push("template");
    return isThere;
  };

  for (;;) {
    next.lastIndex = position;
    if (!next.test(source)) return open.length === 0;
    position = next.lastIndex;
    // A test, unlike a match, makes no list for each landmark: those that are no single character end in a letter.
    const isWord = source.charCodeAt(position - 1) >= firstLetter && source.charCodeAt(position - 1) <= lastLetter;
    const start = position - (isWord ? wordLength : 1);
    const mark = source.slice(start, position);
    switch (mark) {
      case '"':
      case "'":
        if (!skip(stringRest[mark])) return false;
        break;
      case "`":
        if (!skipTemplateText()) return false;
        break;
      case "/": {
        const second = source[position];
        if (second === "/") {
          const lineEnd = source.indexOf("\n", position);
          position = lineEnd === -1 ? source.length : lineEnd;
        } else if (second === "*") {
          const close = source.indexOf("*/", position + 1);
          if (close === -1) return false;
          position = close + 2;
          const isDocComment = source[start + 2] === "*" && close > start + 2;
          if (isDocComment && visitor.docComment?.(start, position) === false) return true;
        } else if (mayBeginRegularExpression(source, start) && !skip(regularExpressionRest)) {
          return false;
        }
        break;
      }
      case ",":
        if (open.length === 0 && visitor.comma?.(start) === false) return true;
        break;
      case "<":
        if (visitor.angleBracket?.(start) === false) return true;
        break;
      case "{":
      case "(":
      case "[":
        open.push("bracket");
        break;
      case "}":
      case ")":
      case "]": {
        const opened = open.pop();
        if (opened === undefined) return false;
        if (opened === "template" && !skipTemplateText()) return false;
        break;
      }
      case "return":
        if (open.length === 0 && visitor.returnOutside?.(start) === false) return true;
        break;
      default:
        if (open.length === 0 && visitor.moduleKeyword?.(mark as "import" | "export", start) === false) return true;
    }
  }
}

/** A slash divides after a value and begins a regular expression after an operator or a keyword. */
function mayBeginRegularExpression(source: string, slash: number): boolean {
  const before = /(?:([\w$]+)|([)\]}"'`])|[^])?\s*$/.exec(source.slice(Math.max(0, slash - 80), slash));
  if (before?.[1] !== undefined) return wordsBeforeRegularExpression.has(before[1]);
  return before?.[2] === undefined;
}
