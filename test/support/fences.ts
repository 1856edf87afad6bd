/** One fenced block of a Markdown text. */
export interface Fence {
  /** The language behind the opening fence. */
  readonly language: string;
  readonly text: string;
  /** What a comment on the line above says: `<!-- file README.md -->`. */
  readonly note: string | undefined;
  /** The first line of the text, 1-based. */
  readonly line: number;
}

const fencePattern = /(?:^<!-- (.+) -->\n)?^```(\w+)\n([^]*?)^```$/gm;

/** The fenced blocks of a Markdown text, in order. */
export function fencesOf(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(fencePattern)].map((match) => {
    const [, note, language = "", text = ""] = match;
    const line = markdown.slice(0, match.index).split("\n").length + (note === undefined ? 1 : 2);
    return { language, text, note, line };
  });
}

/** The same text with other texts in its fenced blocks. */
export function withFences(markdown: string, texts: readonly string[]): string {
  let position = 0;
  return markdown.replace(fencePattern, (block: string, _note: string | undefined, _language: string, text: string) => {
    const end = block.length - "```".length - text.length;
    return `${block.slice(0, end)}${texts[position++] ?? text}\`\`\``;
  });
}
