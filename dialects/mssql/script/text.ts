import { oneLine } from "../../../src/compiler/script/comments.js";

/**
 * Lines that sqlcmd takes for commands of its own, with or without a colon, also inside a string.
 * https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-commands
 */
const commandLine = /^\s*(?::|!!|(?:ed|exit|go|quit|reset|on\s+error)(?!\w))/i;

/** Whether sqlcmd would act on a text before the server sees it. */
export function isForClient(text: string): boolean {
  return text.includes("$(") || text.split(/\r\n|\r|\n/).some((line) => commandLine.test(line));
}

/**
 * SQL text as a string for EXEC, with its line ends, so that it can be read. The string is closed and opened again where
 * sqlcmd would see a command at the beginning of a line or `$(name)`, which it replaces also in strings.
 *
 * @example sqlString("SELECT 'a'\ngo") // "N'SELECT ''a''\n' + N'go'"
 */
export function sqlString(text: string): string {
  const reopened = "' + N'";
  const lines = text.replaceAll("'", "''").split(/(?<=\n|\r(?!\n))/);
  const safe = lines.map((line, position) => (position > 0 && commandLine.test(line) ? reopened + line : line));
  return `N'${safe.join("").replace(/\$(?=\()/g, `$$${reopened}`)}'`;
}

/** Text of a comment, in which sqlcmd replaces variables too. */
export function inComment(text: string): string {
  return text.replaceAll("$(", "$ (");
}

/** Text on one line that sqlcmd leaves as it is. */
export function clientSafe(text: string): string {
  return inComment(oneLine(text));
}

/** Text of a message, as a string: THROW takes no expression. */
export function messageString(text: string): string {
  return `N'${clientSafe(text).replaceAll("'", "''")}'`;
}
