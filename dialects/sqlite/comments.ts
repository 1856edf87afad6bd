import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Column } from "../../src/schema/columns.js";
import { nameText, type Name } from "../../src/schema/names.js";

/** The names of the columns that have a comment. */
export function commented(columns: readonly Column[]): readonly Name[] {
  return columns.filter(({ comment }) => comment !== undefined).map(({ name }) => name);
}

/** Says whose comments are left out: there is no place for them. */
export function noteComments(names: readonly Name[], context: RenderContext): void {
  if (names.length === 0) return;
  const list = names.map((name) => `"${nameText(name)}"`).join(", ");
  context.notice(
    `SQLite keeps no comments: ${names.length === 1 ? "that" : "those"} of ${list} ${names.length === 1 ? "is" : "are"} left out.`,
  );
}
