import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { tokensOf, type LexicalRules, type Token } from "./tokens.js";

/**
 * What a script says that was converted to other line ends on its way, by git, an editor or a transfer: the server would
 * take them as part of the texts that the script writes.
 */
export const convertedLineEnds =
  "the line ends of this file were converted, which changes texts in it: use the file as it was compiled";

/** Strings with SQL in them: the body of a function, and what DO runs. */
function holdsCode({ kind }: Token, before: Token | undefined, beforeThat: Token | undefined): boolean {
  if (kind !== "string" || before?.kind !== "word") return false;
  return before.value === "AS" || before.value === "DO" || beforeThat?.value === "LANGUAGE";
}

/**
 * Text whose strings and names each end in their line, without anything that may be a comment: it needs no lexer, which
 * most statements would wait for in vain. What some dialects alone quote with holds no other quote. Oracle's strings
 * with delimiters of their own hold quotes as they like.
 */
const endsInLines = /^(?:[^'"`[\]$#\\/-]|\/(?!\*)|-(?!-)|'[^'\\\n]*'|"[^"\\\n]*"|`[^'"`[\\\n]*`|\[[^'"`[\]\n]*\])*$/;
const ownDelimiters = /q'/i;

/** Whether a line break of a text stands inside a quoted string or name, and so counts. */
export function hasQuotedLineBreak(sql: string, rules: LexicalRules): boolean {
  if (!sql.includes("\n") || (endsInLines.test(sql) && !ownDelimiters.test(sql))) return false;
  const tokens = tokensOf(sql, rules);
  return tokens.some((token, place) => {
    const { kind, text, value } = token;
    if (kind !== "string" && kind !== "name" && kind !== "unfinished") return false;
    if (!text.includes("\n")) return false;
    const isCode = rules.dollarQuotes === true && holdsCode(token, tokens[place - 1], tokens[place - 2]);
    return isCode ? hasQuotedLineBreak(value, rules) : true;
  });
}

/**
 * Whether a script would write other texts if its line ends were converted. Values that are given to operations are
 * written without line breaks; this is about SQL that authors write themselves.
 */
export function dependsOnLineEnds({ steps }: Pick<ScriptModel, "steps">, rules: LexicalRules): boolean {
  return steps.some(({ statements }) => statements.some(({ sql }) => hasQuotedLineBreak(sql, rules)));
}
