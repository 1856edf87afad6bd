import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { FileError, UsageError } from "../errors.js";
import { fileProblem } from "./file-problem.js";
import type { OptionTable } from "./global-options.js";
import type { Terminal } from "./terminal.js";

/** For the commands that can start from what a database holds. */
export const versionRowOptions = {
  from: {
    type: "string",
    nargs: 1,
    describe: "A file with the rows of the version table, or - for standard input",
  },
} as const satisfies OptionTable;

/** How rows come to standard input; for hints. */
export const rowsPipeline = 'psql -AtXc "SELECT version_num FROM alembic_version" | sqlembic';

/** What `--from` names, as messages call it. */
export function nameOfRows(from: string): string {
  return from === "-" ? "standard input" : from;
}

/** Reads the version rows that `--from` names; undefined when it was not given. */
export async function readVersionRows(
  from: string | undefined,
  terminal: Terminal,
): Promise<readonly string[] | undefined> {
  if (from === undefined) return undefined;
  return parseVersionRows(decode(await readBytes(from, terminal)), nameOfRows(from));
}

async function readBytes(from: string, { stdin, stderr, cwd }: Terminal): Promise<Uint8Array> {
  if (from === "-") {
    if (stdin.isTTY === true) stderr.write("Reading version rows, one per line; end with Ctrl-D.\n");
    return stdin.read();
  }
  try {
    return readFileSync(resolve(cwd, from));
  } catch (cause) {
    throw new FileError("unreadable-rows", `The version rows cannot be read from ${from}: ${fileProblem(cause)}.`, {
      hint: `Write the rows of the version table into it, or pipe them: ${rowsPipeline} … --from -`,
      data: { from },
    });
  }
}

/** PowerShell redirects in UTF-16. */
function decode(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}

/** Lines that clients put around rows: rules, footers, and the reports of an empty table. */
const decorations = [
  /^[-+=|\s\u2500-\u257f]+$/,
  /^"?version_num"?$/i,
  /^\(?(?:\d+|no) rows?(?: affected| in set| selected)?[).]*(?: \([\d.]+ sec\))?\.?$/i,
  /^empty set(?: \([\d.]+ sec\))?$/i,
];

/**
 * The version rows in what a client printed: one identifier per line, with or without the header, borders and footer of
 * psql, mysql, sqlite3, sqlcmd or sqlplus, or as `alembic current` prints them.
 *
 * @example parseVersionRows(" version_num \n-------------\n ae1027a6acf\n(1 row)\n", "rows.txt") // ["ae1027a6acf"]
 * @throws FileError for a line that is no row, such as the message of a client that failed
 */
export function parseVersionRows(text: string, source: string): readonly string[] {
  const rows = new Set<string>();
  for (const [index, line] of text.split(/\r\n|[\n\r\f]/).entries()) {
    const content = line
      .trim()
      .replace(/^[|\u2502\u2551]\s*(.*?)\s*[|\u2502\u2551]$/, "$1")
      .replace(/^(["'])(.*)\1$/, "$2");
    if (content === "" || decorations.some((pattern) => pattern.test(content))) continue;
    const row = content.replace(/ \((?:effective head|head|branchpoint|mergepoint|current)\)/g, "");
    if (/[\s:@,;|]/.test(row)) {
      throw new FileError("not-a-version-row", `Line ${index + 1} of ${source} is not a version row: ${content}`, {
        hint: "Each line holds one value of the column version_num; an error message of the client may stand there instead.",
        data: { line: index + 1, content },
      });
    }
    rows.add(row);
  }
  return [...rows];
}

/**
 * The target of a command that knows where the database stands.
 *
 * @throws UsageError when a range says it once more
 */
export function targetOnly(range: string, command: "upgrade" | "downgrade"): string {
  const [end = "", start = ""] = range.split(":").reverse();
  const target = end.trim() === "" ? (command === "upgrade" ? "heads" : "base") : end;
  if (start.trim() === "") return target;
  throw new UsageError("two-starts", `The range "${range}" has a start, and --from says where the database stands.`, {
    hint: `Write the target alone: ${rowsPipeline} ${command} ${target} --from -`,
    data: { range },
  });
}
