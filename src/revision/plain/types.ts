import { isQuote, notPlain, type Cursor } from "./cursor.js";

/** The types that have no capital letter. */
const simpleTypes = new Set(
  "any bigint boolean false never null number object string symbol true undefined unknown void".split(" "),
);

const letterA = 65;
const letterZ = 90;

function isCapital(code: number): boolean {
  return code >= letterA && code <= letterZ;
}

/** Passes over a type: names, literals, arrays and unions. */
export function passType(cursor: Cursor): void {
  do {
    const isReadonly = cursor.take("readonly");
    if (isQuote(cursor.code)) cursor.string();
    else passTypeName(cursor);
    if (isReadonly && (cursor.token !== "[" || cursor.isOnNewLine)) throw notPlain;
    while (cursor.token === "[" && !cursor.isOnNewLine) {
      cursor.pass();
      cursor.expect("]");
    }
  } while (cursor.take("|"));
}

/** Passes over a colon and the type behind it, if there is one. */
export function passAnnotation(cursor: Cursor): void {
  if (cursor.take(":")) passType(cursor);
}

/** `void`, `Operations`, `Promise<void>`: a word without a capital letter may mean more than a type. */
function passTypeName(cursor: Cursor): void {
  const word = cursor.word();
  if (simpleTypes.has(word)) return;
  if (!isCapital(word.charCodeAt(0))) throw notPlain;
  if (cursor.token !== "<" || cursor.isOnNewLine) return;
  cursor.pass();
  do passType(cursor);
  while (cursor.take(","));
  cursor.expect(">");
}
