/** A string, a name in quotes, a word or number, or one other character; spaces between them say nothing. */
const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|[\p{L}\p{N}_$.]+|\S/gu;

/** A name in quotes that would mean the same without them. */
function unquoted(quoted: string): string {
  const text = quoted.slice(1, -1);
  return /^[a-z_][a-z0-9_]*$/.test(text) ? text : `"${text}"`;
}

function normaliseToken(token: string): string {
  if (token.startsWith("'")) return token;
  return token.length > 1 && /^["`]/.test(token) ? unquoted(token) : token.toLowerCase();
}

/** Whether the first parenthesis is closed by the last token. */
function isEnclosed(list: readonly string[]): boolean {
  if (list[0] !== "(" || list.at(-1) !== ")") return false;
  let depth = 0;
  return list.every((token, position) => {
    depth += token === "(" ? 1 : token === ")" ? -1 : 0;
    return depth > 0 || position === list.length - 1;
  });
}

/**
 * SQL text in a form in which the same text in other clothes is the same: spaces, capitals, quotes that are not needed
 * and parentheses around the whole are taken away. The text need not be valid any more.
 *
 * @example normaliseSql('("price">0)') === normaliseSql("price > 0") // true
 */
export function normaliseSql(text: string): string {
  let list = [...text.matchAll(tokens)].map(([token]) => normaliseToken(token));
  while (isEnclosed(list)) list = list.slice(1, -1);
  return list.join(" ");
}

/** A default; a number is the same with quotes as without. */
export function normaliseDefault(text: string): string {
  const normal = normaliseSql(text);
  return /^'([+-]?\d+(?:\.\d+)?)'$/.exec(normal)?.[1] ?? normal;
}

/** A type as its dialect writes it, in capitals; the values of an enumeration stay as they are. */
export function normaliseType(text: string): string {
  return text.replace(/'(?:[^']|'')*'|\s+|[^'\s]+/g, (piece) =>
    piece.startsWith("'") ? piece : /^\s/.test(piece) ? " " : piece.toUpperCase(),
  );
}
