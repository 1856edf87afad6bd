import type { Step } from "../../history/revision.js";
import type { Statement } from "../statement.js";
import { commentText, type OwnedText, type Purpose, type Script, type ScriptText } from "./text.js";

/** A place in a script: lines and columns count from 1, columns in units of UTF-16, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of a script, with what it is for and what it was made of. */
export interface Mapping {
  readonly start: Position;
  /** Behind the last character. */
  readonly end: Position;
  readonly purpose: Purpose;
  /** The revision and its direction. Guards and comments between two texts of one revision have it too. */
  readonly step: Step | undefined;
  /** Its operation has the position of the call: `statement.operation.origin`. */
  readonly statement: Statement | undefined;
  /** The transactions of the script count from 1; undefined where the script has none open. */
  readonly transaction: number | undefined;
}

type Building = { -readonly [K in keyof Mapping]: Mapping[K] };

/** What a line is for when it has several texts: the first of these. */
const strongest: readonly Purpose[] = [
  "statement",
  "versionRow",
  "versionTable",
  "transaction",
  "guard",
  "session",
  "comment",
];

/** Goes through a script from its beginning, and counts. */
class MapBuilder {
  readonly mappings: Building[] = [];
  #line = 1;
  #column = 1;
  #transactions = 0;
  #open: number | undefined;
  /** The owner of the last mapping, as long as nothing else has come behind it. */
  #last: OwnedText | undefined;

  #pass(text: string): void {
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      this.#line += 1;
      this.#column = 1;
      start = end + 1;
    }
    this.#column += text.length - start;
  }

  /** Text that belongs to nobody: line ends between fragments. */
  skip(text: string): void {
    this.#pass(text);
    this.#last = undefined;
  }

  #begin(): void {
    this.#transactions += 1;
    this.#open = this.#transactions;
  }

  add(owner: OwnedText): void {
    const { transaction } = owner;
    if (transaction === "commits") this.#open = undefined;
    if (transaction === "begins" || (transaction === "joins" && this.#open === undefined)) this.#begin();
    this.#addText(owner.text, owner);
    if (transaction === "ends") this.#open = undefined;
  }

  #addText(text: ScriptText, owner: OwnedText): void {
    if (typeof text === "string") this.#addString(text, owner);
    else if ("purpose" in text) this.add(text);
    else for (const part of text) this.#addText(part, owner);
  }

  #addString(text: string, owner: OwnedText): void {
    if (text === "") return;
    const start = { line: this.#line, column: this.#column };
    this.#pass(text);
    const end = { line: this.#line, column: this.#column };
    const before = this.#last === owner ? this.mappings.at(-1) : undefined;
    if (before !== undefined) before.end = end;
    else {
      const { purpose, step, statement } = owner;
      this.mappings.push({ start, end, purpose, step: step?.planned, statement, transaction: this.#open });
    }
    this.#last = owner;
  }

  /** What stands between two texts of one step belongs to it too. */
  fillSteps(): void {
    let last = -1;
    for (const [position, { step }] of this.mappings.entries()) {
      if (step === undefined) continue;
      const isSame = last !== -1 && this.mappings[last]?.step === step;
      if (isSame) for (const mapping of this.mappings.slice(last + 1, position)) mapping.step = step;
      last = position;
    }
  }
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}

/** The last line that a mapping has characters on. */
function lastLine({ start, end }: Mapping): number {
  return end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
}

/**
 * Tells of each line of a script what it is for, and which statement of which revision it was made of. A map is built when
 * it is asked for; scripts are written without one.
 *
 * @example sourceMapOf(script).at(12)?.statement?.operation.origin // { file: "versions/ae1027a6acf.ts", line: 9, column: 6 }
 */
export class SourceMap {
  constructor(
    /** All stretches, in the order of the script. Only line ends between them belong to none. */
    readonly mappings: readonly Mapping[],
  ) {}

  /** The place in the list of the first mapping that ends behind a position. */
  #firstBehind(position: Position): number {
    let [low, high] = [0, this.mappings.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(position, (this.mappings[middle] as Mapping).end)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /**
   * What stands at a place of the script. Without a column, a line that has a part of a statement is the statement's,
   * whatever stands around it.
   *
   * @returns undefined for an empty line between two texts, and behind the end
   */
  at(line: number, column?: number): Mapping | undefined {
    const first = this.#firstBehind({ line, column: column ?? 1 });
    if (column !== undefined) {
      const mapping = this.mappings[first];
      return mapping === undefined || isBefore({ line, column }, mapping.start) ? undefined : mapping;
    }
    let found: Mapping | undefined;
    for (let place = first; place < this.mappings.length; place++) {
      const mapping = this.mappings[place] as Mapping;
      if (mapping.start.line > line) break;
      if (lastLine(mapping) < line) continue;
      const isStronger = found === undefined || strongest.indexOf(mapping.purpose) < strongest.indexOf(found.purpose);
      if (isStronger) found = mapping;
    }
    return found;
  }

  /** The stretches that were made of a statement: several where a layout cuts its text. */
  of(statement: Statement): readonly Mapping[] {
    return this.mappings.filter((mapping) => mapping.statement === statement);
  }
}

/** The map of a script, as `renderScript` writes it. */
export function sourceMapOf({ fragments, header }: Script): SourceMap {
  const builder = new MapBuilder();
  if (header !== undefined) {
    // every checksum has the same number of digits
    const text = header("0".repeat(64)).join("\n");
    builder.add(commentText(text));
    builder.skip("\n\n");
  }
  for (const [position, { text, tight }] of fragments.entries()) {
    if (position > 0) builder.skip(tight === true ? "\n" : "\n\n");
    builder.add(text);
  }
  builder.fillSteps();
  return new SourceMap(builder.mappings);
}
