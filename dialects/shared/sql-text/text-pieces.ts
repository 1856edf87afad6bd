/** A piece of a string: text that can stand in quotes as it is, or the code of a character that cannot. */
export type TextPiece = string | number;

/** Characters that a client may change, cut at or act on when they stand raw in a script. */
const controlCharacters = /([\x00-\x1f\x7f])/;
/** The same and all that is not ASCII, by units of UTF-16. */
const codedCharacters = /([\x00-\x1f\x7f-\uffff])/;

/**
 * Splits a string into what can stand in quotes and the control characters between, for dialects that know no
 * escapes and join strings by an operator instead.
 *
 * @example textPieces("a\nb") // ["a", 10, "b"]
 */
export function textPieces(text: string, ascii = false): readonly TextPiece[] {
  const coded = ascii ? codedCharacters : controlCharacters;
  return text
    .split(coded)
    .filter((piece) => piece !== "")
    .map((piece) => (coded.test(piece) ? piece.charCodeAt(0) : piece));
}

/**
 * Cuts a text into chunks of at most so many bytes of UTF-8, never inside a character.
 *
 * @example byteChunks("aéb", 2) // ["a", "é", "b"]
 */
export function byteChunks(text: string, longest: number): readonly string[] {
  const chunks: string[] = [];
  let chunk = "";
  let bytes = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character, "utf8");
    if (bytes + size > longest) {
      chunks.push(chunk);
      chunk = "";
      bytes = 0;
    }
    chunk += character;
    bytes += size;
  }
  return chunk === "" ? chunks : [...chunks, chunk];
}
