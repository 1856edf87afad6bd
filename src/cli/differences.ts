import { requirePackage } from "../on-demand.js";

/** A file as it is and as it should be; undefined where there is none. */
export interface FilePair {
  readonly name: string;
  readonly found: string | undefined;
  readonly wanted: string | undefined;
}

/** How much two texts may differ to be compared line by line: beyond, comparing takes many seconds. */
const longestEdit = 5_000;
const headerLines = 2;

/** Unified diffs of all files that are not as they should be; an empty text when all are. */
export function differences(pairs: readonly FilePair[], colour: boolean): string {
  const different = pairs.filter(({ found, wanted }) => found !== wanted);
  if (different.length === 0) return "";
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = requirePackage("diff") as typeof import("diff");
  const { createColors } = requirePackage("picocolors") as typeof import("picocolors");
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
        ? `${firstDifference(name, found ?? "", wanted ?? "")
            .map(coloured)
            .join("\n")}\n`
        : `${patch.trimEnd().split("\n").map(coloured).join("\n")}\n`;
    })
    .join("");
}

function withoutReturns(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** Stands in for a diff that would be longer than anyone reads. */
function firstDifference(name: string, found: string, wanted: string): readonly string[] {
  const before = found.split("\n");
  const after = wanted.split("\n");
  const index = before.findIndex((line, position) => line !== after[position]);
  const start = index === -1 ? before.length : index;
  return [
    `--- ${name}`,
    `+++ ${name} (compiled now)`,
    `@@ more than ${longestEdit} lines differ, from line ${start + 1} @@`,
    ...before.slice(start, start + 1).map((line) => `-${line}`),
    ...after.slice(start, start + 1).map((line) => `+${line}`),
  ];
}
