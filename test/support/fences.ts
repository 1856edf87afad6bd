/** One fenced block of a Markdown text. */
export interface Fence {
  /** The language behind the opening fence. */
  readonly language: string;
  readonly text: string;
  /** What a comment on the line above says: `<!-- file README.md -->`. */
  readonly note: string | undefined;
  /** The first line of the text, 1-based. */
  readonly line: number;
  /** Where the block begins and ends in the text: from its note, or its opening fence, to behind its last line. */
  readonly start: number;
  readonly end: number;
}

const fencePattern = /(?:^<!-- (.+) -->\n)?^```(\w+)\n([^]*?)^```$/gm;

/** The fenced blocks of a Markdown text, in order. */
export function fencesOf(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(fencePattern)].map((match) => {
    const [whole, note, language = "", text = ""] = match;
    const line = markdown.slice(0, match.index).split("\n").length + (note === undefined ? 1 : 2);
    return { language, text, note, line, start: match.index, end: match.index + whole.length };
  });
}

/** The block as it stands in a Markdown text, with another text in it. */
export function fenced({ language, note, text }: Pick<Fence, "language" | "note" | "text">): string {
  return `${note === undefined ? "" : `<!-- ${note} -->\n`}\`\`\`${language}\n${text}\`\`\``;
}
