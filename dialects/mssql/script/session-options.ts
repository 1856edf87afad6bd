import { tokensOf } from "../../shared/sql-text/tokens.js";
import { lexicalRules } from "../lexical-rules.js";
import { setsOption, type ScriptStatement } from "./statements.js";

/**
 * The options of the session that a revision has set up to a statement: of each the last SET.
 * https://learn.microsoft.com/sql/t-sql/statements/set-statements-transact-sql
 */
export class SessionOptions {
  readonly #last = new Map<string, ScriptStatement>();

  /** The statements that set them, in their order. */
  get statements(): readonly ScriptStatement[] {
    return [...this.#last.values()];
  }

  add(statement: ScriptStatement): void {
    if (!setsOption(statement.sql)) return;
    const words = tokensOf(statement.sql, lexicalRules).map(({ kind, value, text }) =>
      kind === "word" ? value : text,
    );
    // SET DATEFORMAT dmy, SET ANSI_NULLS, ANSI_PADDING ON, SET IDENTITY_INSERT a.b ON: all but the value names the option
    const option = words.slice(1, -1).join(" ");
    this.#last.delete(option);
    // IDENTITY_INSERT is on for one table of a session at most, and that table may have been dropped since
    if (words[1] === "IDENTITY_INSERT" && words.at(-1) === "OFF") return;
    this.#last.set(option, { ...statement, comments: [] });
  }
}
