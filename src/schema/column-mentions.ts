import type { SqlPart, SqlText } from "./expressions.js";
import type { Name } from "./names.js";
import { nameText } from "./names.js";

// A string or comment, a name in quotes, or a word. A word before a parenthesis is a function, one before a dot a table.
const token =
  /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]]*)\]|(?<![\p{L}\p{N}_$])([\p{L}_][\p{L}\p{N}_$]*)(?![\p{L}\p{N}_$]|\s*[(.])/gu;

/** The name that a token stands for; undefined for strings and comments. */
function nameOf(match: RegExpMatchArray): string | undefined {
  const [, standard, backticked, bracketed, word] = match;
  return standard?.replaceAll('""', '"') ?? backticked?.replaceAll("``", "`") ?? bracketed ?? word;
}

function same(text: string, name: Name): boolean {
  return text.toLowerCase() === nameText(name).toLowerCase();
}

/**
 * Whether SQL text speaks of a column, as far as can be told without knowing its grammar: by its name as a word or in
 * quotes, outside strings and comments.
 *
 * @example mentionsColumn(sql`price > 0`, "price") // true
 */
export function mentionsColumn(text: SqlText, column: Name): boolean {
  return text.parts.some((part) => {
    if (typeof part === "string") {
      return [...part.matchAll(token)].some((match) => same(nameOf(match) ?? "", column));
    }
    const last = part.part === "identifier" ? part.names.at(-1) : undefined;
    return last !== undefined && same(last, column);
  });
}

function renamedInText(text: string, from: Name, to: Name): readonly SqlPart[] {
  const parts: SqlPart[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    if (!same(nameOf(match) ?? "", from)) continue;
    parts.push(text.slice(end, match.index), { part: "identifier", names: [nameText(to)] });
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== "");
}

/**
 * SQL text in which a column has its new name, quoted where the dialect needs it.
 *
 * @example renameMentions(sql`price > 0`, "price", "net price") // "net price" > 0
 */
export function renameMentions(text: SqlText, from: Name, to: Name): SqlText {
  const parts = text.parts.flatMap((part): readonly SqlPart[] => {
    if (typeof part === "string") return renamedInText(part, from, to);
    if (part.part !== "identifier" || !same(part.names.at(-1) ?? "", from)) return [part];
    return [{ ...part, names: [...part.names.slice(0, -1), nameText(to)] }];
  });
  return { kind: "sql", parts };
}
