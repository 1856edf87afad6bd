import { createHash } from "node:crypto";
import { OperationError } from "../errors.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import { hidesText, visibleText } from "../visible-text.js";

/** How a dialect writes names. */
export interface IdentifierRules {
  /** Puts quotes around a name, doubling the ones inside. */
  readonly quote: (text: string) => string;
  /** Words that need quotes, in lower case. */
  readonly reserved: ReadonlySet<string>;
  /** The longest name, in units of `lengthUnit`. */
  readonly maxLength: number;
  readonly lengthUnit: "bytes" | "characters";
  /** The server cuts a longer name of a table or column to what it takes, and goes on. */
  readonly cutsLongNames?: true;
  /** What a name without quotes may begin with, besides what all of it may hold. */
  readonly legalStart: RegExp;
  /** What the server has against a name, as the end of a sentence that begins with it; undefined for nothing. */
  readonly objection?: (text: string) => string | undefined;
}

const legalName = /^[a-z0-9_$]+$/;

/**
 * A name in quotes where the dialect needs them: reserved words, capitals, other characters.
 *
 * @throws OperationError for a name that the server does not take
 */
export function renderIdentifier(rules: IdentifierRules, name: Name): string {
  const text = nameText(name);
  const objection = rules.objection?.(text);
  if (objection !== undefined) {
    throw new OperationError("impossible-name", `The name "${text}" ${objection}.`, { hint: "Choose another name." });
  }
  const quote = typeof name === "string" ? undefined : name.quote;
  if (quote !== true && hidesText(text)) {
    throw new OperationError("hidden-text", `The name "${visibleText(text)}" has a character that is not shown.`, {
      hint: "Choose another name, or write quotedName(…, true) where it has to be this one.",
    });
  }
  if (quote === false) return text;
  if (rules.cutsLongNames !== true && text.length * 3 > rules.maxLength) refuseLongName(rules, text);
  const plain = legalName.test(text) && rules.legalStart.test(text) && !rules.reserved.has(text);
  return plain && quote !== true ? text : rules.quote(text);
}

function lengthOf(text: string, unit: IdentifierRules["lengthUnit"]): number {
  return unit === "bytes" ? Buffer.byteLength(text, "utf8") : [...text].length;
}

/** What a server makes of a name that is too long for it, where it cuts it; undefined for a name that it keeps. */
export function cutName(rules: IdentifierRules, name: Name): string | undefined {
  const text = nameText(name);
  if (rules.cutsLongNames !== true || text.length * 3 <= rules.maxLength) return undefined;
  if (lengthOf(text, rules.lengthUnit) <= rules.maxLength) return undefined;
  let cut = [...text];
  while (lengthOf(cut.join(""), rules.lengthUnit) > rules.maxLength) cut = cut.slice(0, -1);
  return cut.join("");
}

/** A server refuses a statement with such a name. */
function refuseLongName(rules: IdentifierRules, text: string): void {
  const length = lengthOf(text, rules.lengthUnit);
  if (length <= rules.maxLength) return;
  throw new OperationError(
    "name-too-long",
    `The name "${text}" has ${length} ${rules.lengthUnit}; the dialect takes ${rules.maxLength}.`,
    { hint: "Give it a shorter name.", data: { name: text, length } },
  );
}

/**
 * The name of a constraint or index, which must fit the dialect: a server would cut it silently or refuse it. A name
 * that a convention made is shortened as SQLAlchemy shortens it, an author's own is refused.
 *
 * @throws OperationError for a name of the author's that is too long
 */
export function fitName(rules: IdentifierRules, name: Name, what: "index" | "constraint"): Name {
  const text = nameText(name);
  const longest = rules.maxLength;
  const length = lengthOf(text, rules.lengthUnit);
  if (length <= longest) return name;
  if (typeof name === "object" && name.final === true) {
    const digest = createHash("md5").update(text, "utf8").digest("hex");
    return { ...name, text: `${text.slice(0, longest - 8)}_${digest.slice(-4)}` };
  }
  throw new OperationError(
    "name-too-long",
    `The name "${text}" of a${what === "index" ? "n index" : " constraint"} has ${length} ${rules.lengthUnit}; the dialect takes ${longest}.`,
    { hint: "Give it a shorter name, or op.f(name) to have it shortened with a checksum at its end." },
  );
}

/** What shortens names that may be shortened, and leaves all others to be refused where they are written. */
export function fitterOf(rules: IdentifierRules): (name: Name) => Name {
  return (name) => (typeof name === "object" && name.final === true ? fitName(rules, name, "constraint") : name);
}
