import type { ScriptRules } from "../../src/compiler/dialect.js";

/**
 * An error of its own, whose state 127 makes sqlcmd quit even without -b; in a client that goes on, nothing behind it
 * is executed any more. A percent sign begins a placeholder in the message.
 * https://learn.microsoft.com/sql/t-sql/language-elements/raiserror-transact-sql
 * https://learn.microsoft.com/sql/t-sql/statements/set-noexec-transact-sql
 */
export const refuse: ScriptRules["refuse"] = (message, literal) => [
  `RAISERROR(${literal(message.replaceAll("%", "%%"))}, 16, 127)`,
  "SET NOEXEC ON",
];
