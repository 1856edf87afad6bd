import type { RenderContext } from "../../../src/compiler/render-context.js";
import { OperationError } from "../../../src/errors.js";
import type { RecordedQuery } from "../../../src/operations/execute.js";

/** What may hold a placeholder's characters without being one: strings, quoted names, comments, casts. */
const opaque =
  "'(?:[^'\\\\]|''|\\\\.)*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|\\[[A-Za-z_][^\\]]*\\]|--[^\\n]*|/\\*[\\s\\S]*?\\*/|\\$(\\w*)\\$[\\s\\S]*?\\$\\1\\$|::";

/** `?`, `$1`, `@1`, `@p0` and `:1`, with the number where there is one. */
const token = new RegExp(`${opaque}|\\$(\\d+)|\\?|@p?(\\d+)|:(\\d+)`, "g");

/**
 * The text of a compiled query with its placeholders filled by literals: `?` in order, `$1` and `:1` and `@1` by
 * number from one, `@p0` by number from zero.
 *
 * @throws OperationError when placeholders and parameters do not match in number
 */
export function fillPlaceholders(query: RecordedQuery, context: RenderContext): string {
  const { sql, parameters } = query;
  const used = new Set<number>();
  let next = 0;
  const text = sql.replace(token, (found: string, _tag, dollar?: string, at?: string, colon?: string) => {
    const numbered = dollar ?? colon ?? at;
    if (found !== "?" && numbered === undefined) return found;
    const zeroBased = found.startsWith("@p");
    const position = numbered === undefined ? next++ : Number(numbered) - (zeroBased ? 0 : 1);
    const value = parameters[position];
    if (value === undefined) {
      throw new OperationError(
        "placeholder-without-parameter",
        `op.execute: the query has the placeholder ${found} but ${parameters.length} parameter(s).`,
        { hint: "Pass the parameters of the compiled query in order; NULL is null." },
      );
    }
    used.add(position);
    return context.literal(value);
  });
  if (used.size !== parameters.length) {
    throw new OperationError(
      "parameter-without-placeholder",
      `op.execute: the query has ${used.size} placeholder(s) but ${parameters.length} parameter(s).`,
      { hint: "Give a compiled query as the query builder returns it, for the same dialect as the script." },
    );
  }
  return text;
}
