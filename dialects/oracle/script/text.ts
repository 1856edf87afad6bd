import { oneLine } from "../../../src/compiler/script/comments.js";
import { singleQuotes } from "../../shared/sql-text/quotes.js";
import { byteChunks } from "../../shared/sql-text/text-pieces.js";

/** SQL*Plus takes lines of up to 2499 characters. */
const longestLine = 1000;
/** The most bytes of a literal of PL/SQL, with some left for another character set. */
const longestLiteral = 20_000;
/** From here on the parts are joined as a CLOB: a string of PL/SQL ends at 32767 bytes. */
const longestString = 30_000;

/** Quotes that a text does not close. https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Literals.html */
const delimiters = ["[]", "{}", "<>", "()", "!!", "|", "~", "^"].map((pair) => [pair.at(0), pair.at(-1)] as const);

type Quote = (text: string) => string;

function quoteFor(text: string): Quote {
  if (!text.includes("'")) return singleQuotes;
  const free = delimiters.find(([, close]) => !text.includes(`${close}'`));
  return free === undefined ? singleQuotes : (part) => `q'${free[0]}${part}${free[1]}'`;
}

/**
 * Whether SQL*Plus leaves a line of a block as it is: a slash or a point alone ends the block, `#` begins a command, and a
 * hyphen at the end goes on with the next line.
 * https://docs.oracle.com/en/database/oracle/oracle-database/19/sqpug/SET-system-variable-summary.html
 */
function isPlain(line: string): boolean {
  return line.length <= longestLine && !/^\s*(?:[/.]\s*$|#)|-\s*$|\r/.test(line);
}

/**
 * SQL text as a string of PL/SQL, with its line ends, so that it can be read. Where SQL*Plus would act on a line, or would
 * find it too long, the string is closed and opened again.
 *
 * @example plsqlString("SELECT 'a'\nFROM dual") // "q'[SELECT 'a'\nFROM dual]'"
 */
export function plsqlString(text: string): string {
  const quote = quoteFor(text);
  const parts: string[] = [];
  let open: string | undefined;
  let bytes = 0;
  const close = (lineEnd: boolean): void => {
    if (open !== undefined) parts.push(quote(open) + (lineEnd ? " || CHR(10)" : ""));
    else if (lineEnd) parts.push("CHR(10)");
    open = undefined;
    bytes = 0;
  };
  let wasPlain = true;
  for (const [position, line] of text.split("\n").entries()) {
    const size = Buffer.byteLength(line, "utf8");
    if (position > 0) {
      if (open !== undefined && wasPlain && isPlain(line) && bytes + size < longestLiteral) open += "\n";
      else close(true);
    }
    const chunks = line.length <= longestLine ? [line] : byteChunks(line, longestLine);
    for (const [index, chunk] of chunks.entries()) {
      if (index > 0) close(false);
      open = (open ?? "") + chunk;
    }
    bytes += size;
    wasPlain = isPlain(line);
  }
  close(false);
  const [first = "''", ...rest] = parts.filter((part) => part !== "''" && part !== quote(""));
  const isLong = Buffer.byteLength(text, "utf8") > longestString;
  return [isLong ? `TO_CLOB(${first})` : first, ...rest].join(" ||\n");
}

/**
 * Text of a comment that SQL*Plus leaves as it is: `&` asks for a value, a hyphen at the end swallows the next line.
 * https://docs.oracle.com/en/database/oracle/oracle-database/19/sqpug/using-scripts-in-SQL-Plus.html
 */
export function inComment(text: string): string {
  return text.replaceAll("&", "+").replace(/[-;/\s]+$/, "");
}

/** Text on one line that SQL*Plus leaves as it is. */
export function clientSafe(text: string): string {
  return inComment(oneLine(text));
}

/** Text of a message, as a string; an error of an application has 2048 bytes at most. */
export function messageString(text: string): string {
  const [message = ""] = byteChunks(clientSafe(text), longestLine);
  return singleQuotes(message);
}
