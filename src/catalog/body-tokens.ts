import type { SqlText } from "../schema/expressions.js";
import { nameText } from "../schema/names.js";

/** Where a name stands: in a piece of text, or as one of the names of an identifier. */
export interface Place {
  readonly part: number;
  readonly start: number;
  readonly end: number;
}

export interface Token extends Place {
  readonly kind: "word" | "quoted" | "value" | "sign";
  readonly text: string;
}

// brackets are quotes, but behind ARRAY or a value, where they hold items of an array
const pieces =
  /--[^\n]*|\/\*[\s\S]*?\*\/|(\$[\p{L}_]*\$|N?'(?:[^']|'')*'|\d[\w.]*|(?<![\w:])[@$?][\w@$]*|(?<![\w:]):(?!(?:new|old)\b)[\p{L}_]\w*)|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|(?<!\barray\s*|[\])])\[([^\]\d][^\]]*)\]|([\p{L}_#][\p{L}\p{N}_$#]*)|(::|\S)/giu;

/** The tokens of SQL text of any dialect, without its comments. */
export function tokensOf({ parts }: SqlText): readonly Token[] {
  return parts.flatMap((piece, part): readonly Token[] => {
    if (typeof piece === "string") return textTokens(piece, part);
    if (piece.part !== "identifier") return [{ kind: "value", text: "", part, start: 0, end: 0 }];
    return piece.names.flatMap((name, at): readonly Token[] => {
      const token: Token = { kind: "quoted", text: nameText(name), part, start: at, end: at };
      return at === 0 ? [token] : [{ kind: "sign", text: ".", part, start: at, end: at }, token];
    });
  });
}

function textTokens(text: string, part: number): readonly Token[] {
  return [...text.matchAll(pieces)].flatMap((match): readonly Token[] => {
    const [all, value, standard, backticked, bracketed, word, sign] = match;
    const place = { part, start: match.index, end: match.index + all.length };
    const quoted = standard?.replaceAll('""', '"') ?? backticked?.replaceAll("``", "`") ?? bracketed;
    if (quoted !== undefined) return [{ kind: "quoted", text: quoted, ...place }];
    if (word !== undefined) return [{ kind: "word", text: word, ...place }];
    if (value !== undefined) return [{ kind: "value", text: value, ...place }];
    return sign === undefined ? [] : [{ kind: "sign", text: sign, ...place }];
  });
}
