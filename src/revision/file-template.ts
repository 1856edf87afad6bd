import { UsageError } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import { isRevisionFileName } from "./files.js";

/** What the name of a new revision file is made of. */
export interface RevisionFileName {
  readonly revision: string;
  readonly message: string;
  /** When the revision is created. */
  readonly date: Date;
  /** An IANA time zone for the parts of the date; the machine's own when undefined. */
  readonly timezone?: string | undefined;
  readonly truncateSlugLength?: number;
}

export const defaultFileTemplate = "%(rev)s_%(slug)s";
export const defaultTruncateSlugLength = 40;

const numberTokens = ["epoch", "year", "month", "day", "hour", "minute", "second"] as const;
const tokens = ["rev", "slug", ...numberTokens] as const;
type Token = (typeof tokens)[number];

const directive = /%(?:(%)|\((\w*)\)([-+ 0]*)(\d*)(?:\.(\d+))?([a-zA-Z])?)?/g;

/**
 * The name of a new revision file, with `.ts`, by Alembic's `file_template`: tokens `rev`, `slug`, `year`, `month`,
 * `day`, `hour`, `minute`, `second` and `epoch` in printf formats.
 *
 * @example
 * revisionFileName("%(year)d_%(month).2d_%(rev)s_%(slug)s", { revision: "ae10", message: "Add x", date })
 * // "2026_03_ae10_add_x.ts"
 */
export function revisionFileName(template: string, parts: RevisionFileName): string {
  const problem = fileTemplateProblem(template);
  if (problem !== undefined) throw new UsageError("invalid-file-template", `The file template ${problem}.`);
  const values: Readonly<Record<Token, string | number>> = {
    rev: parts.revision,
    slug: slug(parts.message, parts.truncateSlugLength ?? defaultTruncateSlugLength),
    epoch: Math.floor(parts.date.getTime() / 1000),
    ...dateParts(parts.date, parts.timezone),
  };
  const name = template.replace(
    directive,
    (_all, percent: string | undefined, token: Token, flags: string, width: string, precision?: string) =>
      percent ?? formatted(values[token], flags, Number(width), precision),
  );
  const fileName = `${name}.ts`;
  const baseName = fileName.slice(fileName.lastIndexOf("/") + 1);
  if (!isRevisionFileName(baseName)) {
    throw new UsageError("ignored-file-name", `The file template gives "${fileName}", which no one would load.`, {
      hint: "Names that begin with _ or . are those of helpers. Begin `fileTemplate` with %(rev)s, or change the message.",
      data: { fileName },
    });
  }
  return fileName;
}

/** The words of a message in lower case, joined by `_` and cut behind a whole word, as Alembic does it. */
export function slug(message: string, maximumLength: number): string {
  const words = [...(message.match(/[\p{L}\p{N}_]+/gu) ?? []).join("_").toLowerCase()];
  if (words.length <= maximumLength) return words.join("");
  const cut = words.slice(0, maximumLength).join("");
  const lastJoint = cut.lastIndexOf("_");
  return `${lastJoint === -1 ? cut : cut.slice(0, lastJoint)}_`;
}

/** What is wrong with a file template, to follow the words "The file template"; undefined when nothing is. */
export function fileTemplateProblem(template: string): string | undefined {
  if (template === "") return "is empty";
  if (/%%\((\w+)\)/.test(template)) return 'doubles a percent sign: write "%(rev)s", not "%%(rev)s"';
  for (const [written, percent, token, , , , conversion] of template.matchAll(directive)) {
    if (percent !== undefined) continue;
    if (token === undefined) return 'has a "%" that begins no token: write "%%" for a percent sign';
    if (!isToken(token)) {
      return `has an unknown token "${written}".${didYouMean(token, tokens)} Known are ${tokens.join(", ")}`;
    }
    const isNumber = (numberTokens as readonly string[]).includes(token);
    if (conversion !== "s" && !(isNumber && conversion === "d")) {
      return `has "${written}", which lacks its format: write "%(${token})${isNumber ? "d" : "s"}"`;
    }
  }
  if (/^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.{1,2}(?:[/\\]|$)/.test(template)) return "leads out of the versions folder";
  if (/(?:^|[/\\])[_.][^/\\]*$/.test(template)) return "begins file names with _ or ., which are those of helpers";
  if (/[/\\]$/.test(template)) return "ends with a folder";
  return undefined;
}

function isToken(name: string): name is Token {
  return (tokens as readonly string[]).includes(name);
}

/** Python's `%` formatting of one value: `%(month).2d` and `%(month)02d` are both two digits. */
function formatted(value: string | number, flags: string, width: number, precision: string | undefined): string {
  const isNumber = typeof value === "number";
  const digits = isNumber ? String(value).padStart(Number(precision ?? 0), "0") : value;
  const text = isNumber || precision === undefined ? digits : [...digits].slice(0, Number(precision)).join("");
  const sign = isNumber && flags.includes("+") ? "+" : isNumber && flags.includes(" ") ? " " : "";
  if (flags.includes("-")) return (sign + text).padEnd(width);
  if (isNumber && flags.includes("0")) return sign + text.padStart(width - sign.length, "0");
  return (sign + text).padStart(width);
}

function dateParts(
  date: Date,
  timezone: string | undefined,
): Record<Exclude<(typeof numberTokens)[number], "epoch">, number> {
  const format = new Intl.DateTimeFormat("en-US", {
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    ...(timezone === undefined ? {} : { timeZone: timezone }),
  });
  const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type as string, Number(value)]));
  const part = (name: string): number => parts.get(name) ?? 0;
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
  };
}
