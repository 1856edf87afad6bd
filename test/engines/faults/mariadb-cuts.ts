/** Beginnings of a script that end in the middle of a line: behind each word of what follows the first mark. */
export function cutInStatements(script: string, mark: string): readonly string[] {
  const start = script.indexOf(mark);
  const ends = [...script.slice(start).matchAll(/(?<=[\w')])(?=[\s_),'])/g)].map(({ index }) => start + index);
  return ends.map((end) => script.slice(0, end));
}

/** The places of a script where a statement begins on a line of its own. */
export function betweenStatements(script: string): readonly number[] {
  return [
    ...script.matchAll(/(?<=;\n+)(?=(?:SET|START|EXECUTE|DO|UPDATE|INSERT|DELETE|SELECT|\/\*!|ALTER|CREATE) ?\S)/g),
  ].map(({ index }) => index);
}
