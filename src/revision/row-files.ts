import { OperationError } from "../errors.js";
import type { FileRow, RowFile, RowFileOptions } from "../operations/operation.js";
import { requirePackage } from "../on-demand.js";
import type { LiteralValue } from "../schema/expressions.js";

/** The text of a file, with its path relative to the project's folder. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

function unreadable(file: string, line: number, problem: string, hint: string): OperationError {
  return new OperationError("unreadable-rows", `${file}:${line}: ${problem}`, { hint, data: { file, line } });
}

/** Loaded when the first file is read: most projects have none. */
function csvParser(): typeof import("csv-parse/sync") {
  return requirePackage("csv-parse/sync") as typeof import("csv-parse/sync");
}

interface CsvRecord {
  readonly record: Readonly<Record<string, string | null>>;
  readonly info: { readonly bytes: number };
}

/** The names in the first line: each once, and none empty. */
function checkedHeader(file: string, names: readonly (string | null)[]): readonly string[] {
  return names.map((name, position) => {
    if (name === null || name === "") {
      throw unreadable(file, 1, `column ${position + 1} has no name.`, "Name the columns in the first line.");
    }
    if (names.indexOf(name) !== position) {
      throw unreadable(file, 1, `the column "${name}" stands twice.`, "Give each column a name of its own.");
    }
    return name;
  });
}

/** The records with the lines on which they end. The parser counts two for a line end inside quotes that is CR LF. */
function withLines(text: string, records: readonly CsvRecord[]): readonly FileRow[] {
  const bytes = Buffer.from(text, "utf8");
  const lineEnd = 0x0a;
  let offset = 0;
  let line = 1;
  return records.map(({ record, info }) => {
    const last = line;
    for (; offset < info.bytes; offset++) if (bytes[offset] === lineEnd) line += 1;
    const isEnded = bytes[offset - 1] === lineEnd && line > last;
    return { line: isEnded ? line - 1 : line, values: record };
  });
}

function csvRows({ file, text }: SourceFile, { delimiter, nullText = "" }: RowFileOptions): readonly FileRow[] {
  try {
    const records = csvParser().parse(text, {
      bom: true,
      columns: (names: (string | null)[]) => [...checkedHeader(file, names)],
      delimiter: delimiter ?? (/\.(?:tsv|tab)$/i.test(file) ? "\t" : ","),
      info: true,
      skip_empty_lines: true,
      cast: (value, { header, quoting }) => (!header && !quoting && value === nullText ? null : value),
    }) as unknown as readonly CsvRecord[];
    return withLines(text, records);
  } catch (error) {
    if (error instanceof OperationError) throw error;
    const { message, lines } = error as Error & { readonly lines?: number };
    throw unreadable(
      file,
      lines ?? 1,
      message,
      "A value with a delimiter, quotes or a line end stands in quotes, and quotes inside it are doubled.",
    );
  }
}

/** The digits of a decimal number and the place of its point, without what says nothing. */
function significant(number: string): string {
  const [, whole = "", fraction = "", exponent = "0"] = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const trimmed = digits.replace(/0+$/, "");
  return trimmed === "" ? "0" : `${trimmed}e${Number(exponent) - fraction.length + digits.length - trimmed.length}`;
}

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/** Numbers with more digits than JSON.parse keeps are refused: it would change them without a word. */
function refuseLongNumbers({ file, text }: SourceFile): void {
  for (const match of text.matchAll(stringOrNumber)) {
    const [number] = match;
    if (number.startsWith('"') || significant(number) === significant(String(Number(number)))) continue;
    throw unreadable(
      file,
      lineAt(text, match.index),
      `the number ${number} has more digits than a JSON number keeps.`,
      `Write it in quotes: "${number}". The column's type says that it is a number.`,
    );
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function parseJson({ file, text }: SourceFile): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = (error as Error).message;
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    const line = position === undefined ? 1 : lineAt(text, Number(position));
    throw unreadable(file, line, message, "Write JSON: a list of objects, each with its values by column name.");
  }
}

/** The line on which each element of a list begins. */
function elementLines(text: string): readonly number[] {
  const lines: number[] = [];
  let depth = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    const [token] = match;
    if (token === "{" || token === "[") {
      if (depth === 1) lines.push(lineAt(text, match.index));
      depth += 1;
    } else if (token === "}" || token === "]") {
      depth -= 1;
    }
  }
  return lines;
}

function jsonRows(source: SourceFile): readonly FileRow[] {
  const { file, text } = source;
  const hint = 'Write a list of objects: [{ "id": 1, "name": "…" }, …].';
  const value = parseJson(source);
  refuseLongNumbers(source);
  if (!Array.isArray(value)) throw unreadable(file, 1, "the file is no list of rows.", hint);
  const lines = elementLines(text);
  return (value as readonly unknown[]).map((row, position) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      throw unreadable(file, 1, `element ${position + 1} of the list is no object.`, hint);
    }
    return { line: lines[position] ?? 1, values: row as Readonly<Record<string, LiteralValue>> };
  });
}

/**
 * The rows of a CSV, TSV or JSON file.
 *
 * @throws OperationError with the line that cannot be read
 */
export function parseRows(source: SourceFile, options: RowFileOptions): RowFile {
  const { file } = source;
  if (/\.json$/i.test(file)) return { file, rows: jsonRows(source) };
  if (/\.(?:csv|tsv|tab|txt)$/i.test(file)) return { file, rows: csvRows(source, options) };
  throw new OperationError("unknown-rows", `${file} is neither a CSV nor a JSON file.`, {
    hint: "Name it .csv, .tsv or .json, as what it holds.",
    data: { file },
  });
}
