import type { FilePair } from "./script-output.js";

/** How much two texts may differ to be compared line by line: beyond, the comparison would take minutes. */
const longestEdit = 20_000;
const headerLines = 2;

/** Unified diffs of all files that are not as they should be; an empty text when all are. */
export async function differences(pairs: readonly FilePair[], colour: boolean): Promise<string> {
  const different = pairs.filter(({ found, wanted }) => found !== wanted);
  if (different.length === 0) return "";
  const [{ createTwoFilesPatch, FILE_HEADERS_ONLY }, { createColors }] = await Promise.all([
    import("diff"),
    import("picocolors").then((module) => module.default),
  ]);
  const colours = createColors(colour);
  const coloured = (line: string, index: number): string => {
    // A comment of SQL that was removed begins with three dashes, too.
    if (index < headerLines) return colours.bold(line);
    if (line.startsWith("@@")) return colours.cyan(line);
    if (line.startsWith("-")) return colours.red(line);
    return line.startsWith("+") ? colours.green(line) : line;
  };
  return different
    .map(({ name, found, wanted }) => {
      if (found !== undefined && wanted !== undefined && withoutReturns(found) === withoutReturns(wanted)) {
        return `${name}: only the line ends differ.\n`;
      }
      const before = found === undefined ? "/dev/null" : name;
      const after = wanted === undefined ? "/dev/null" : `${name} (compiled now)`;
      const patch = createTwoFilesPatch(before, after, found ?? "", wanted ?? "", undefined, undefined, {
        context: 3,
        maxEditLength: longestEdit,
        headerOptions: FILE_HEADERS_ONLY,
      });
      return patch === undefined
        ? `${name}: nearly every line differs.\n`
        : `${patch.trimEnd().split("\n").map(coloured).join("\n")}\n`;
    })
    .join("");
}

function withoutReturns(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
