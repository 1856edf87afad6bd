import type { ScriptRules } from "../dialect.js";
import type { Statement } from "../statement.js";
import { commentLine } from "./comments.js";

/** Strings and quoted names, in which what looks like a comment is none. */
const quoted = /'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/gs;

/** Whether the last line of a statement may end in a comment, which would swallow what is put behind it. */
function mayEndInComment(sql: string): boolean {
  if (!sql.includes("--") && !sql.includes("#")) return false;
  const bare = sql.replace(quoted, "");
  return /--|#/.test(bare.slice(bare.lastIndexOf("\n") + 1));
}

/** A statement with its terminator; one that ends in a comment gets it on a line of its own. */
export function terminated(sql: string, { terminator, batchSeparator, enclose }: ScriptRules, gap = "\n"): string {
  const enclosure = enclose?.(sql);
  if (enclosure !== undefined) return enclosure.before + sql + enclosure.after;
  const lineBreak = terminator !== "" && mayEndInComment(sql) ? "\n" : "";
  return sql + lineBreak + terminator + (batchSeparator === undefined ? "" : gap + batchSeparator);
}

/** The SQL of a statement below its comments, which are a part of its text in most layouts. */
export function withComments({ sql, comments }: Pick<Statement, "sql" | "comments">): string {
  return comments === undefined || comments.length === 0 ? sql : [...comments.map(commentLine), sql].join("\n");
}
