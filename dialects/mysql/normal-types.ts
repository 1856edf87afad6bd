import { wordsAlone } from "../../src/catalog/normal-form.js";
import type { Table } from "../../src/schema/tables.js";
import { charsetOf, longestCharacterOf, tableCharset } from "./charsets.js";
import { rules } from "./rules.js";

/** The parts of a type; strings stand in the first, whatever is in them. */
const parts =
  /^(?<national>NATIONAL )?(?<name>[A-Z]\w*(?: (?:PRECISION|VARYING|VARCHAR|VARBINARY))?)(?<given>\((?:[^()']|'(?:[^']|'')*')*\))?(?<rest>.*)$/s;

/** How many digits an integer with leading zeros has: https://dev.mysql.com/doc/refman/8.4/en/numeric-type-attributes.html */
const usualWidths: Readonly<Record<string, number>> = {
  TINYINT: 3,
  SMALLINT: 5,
  MEDIUMINT: 8,
  INTEGER: 10,
  BIGINT: 20,
};

const usualArguments: Readonly<Record<string, string>> = { CHAR: "(1)", BINARY: "(1)", BIT: "(1)", DECIMAL: "(10,0)" };

const textNames = /^(?:CHAR|VARCHAR|TINYTEXT|TEXT|MEDIUMTEXT|LONGTEXT|ENUM|SET)$/;

/** TEXT and BLOB of a length are the shortest of their kind that takes it. */
function sized(kind: "TEXT" | "BLOB", bytes: number): string {
  const size = bytes < 2 ** 8 ? "TINY" : bytes < 2 ** 16 ? "" : bytes < 2 ** 24 ? "MEDIUM" : "LONG";
  return size + kind;
}

/** utf8 is utf8mb3: https://dev.mysql.com/doc/refman/8.4/en/charset-unicode-utf8mb3.html */
export function canonicalCharset(name: string): string {
  return name.toLowerCase().replace(/^utf8(?=_|$)/, "utf8mb3");
}

function numberText(name: string, given: string, rest: string): string {
  const isFilled = /\bZEROFILL\b/.test(rest);
  const signs = isFilled ? " UNSIGNED ZEROFILL" : /\bUNSIGNED\b/.test(rest) ? " UNSIGNED" : "";
  const usual = usualWidths[name];
  if (usual === undefined) return name + given + signs;
  // the width of an integer is for those who show it; TINYINT(1) is what they take for a boolean
  const isShown = isFilled || (name === "TINYINT" && given === "(1)");
  return (isShown ? `${name}${given || `(${usual})`}` : name) + signs;
}

function withArguments(name: string, written: string): { readonly name: string; readonly given: string } {
  const given = written.replace(/\s*,\s*/g, ",").replace(/^\(\s+|\s+\)$/g, (edge) => edge.trim());
  if (name === "DECIMAL" && /^\(\d+\)$/.test(given)) return { name, given: given.replace(")", ",0)") };
  if (name === "FLOAT" && /^\(\d+\)$/.test(given)) {
    return { name: Number(given.slice(1, -1)) > 24 ? "DOUBLE" : "FLOAT", given: "" };
  }
  if (name === "YEAR" || given === "(0)") return { name, given: "" };
  return { name, given: given || (usualArguments[name] ?? "") };
}

/** What a type says of its character set, or its table for it. */
function charsetText(table: Table | undefined, national: boolean, rest: string): string {
  const own = /\b(?:CHARACTER SET|CHARSET) (\S+)/i.exec(rest)?.[1];
  const short = /\bASCII\b/.test(rest) ? "latin1" : /\bUNICODE\b/.test(rest) ? "ucs2" : undefined;
  const order = /\bCOLLATE (\S+)/i.exec(rest)?.[1];
  const isBinary = /\bBINARY\b/.test(rest.replace(/\b(?:SET|CHARSET|COLLATE) BINARY\b/gi, ""));
  const said = national ? "utf8mb3" : (own ?? short ?? charsetOf(order));
  const ofTable = table === undefined ? undefined : tableCharset(table);
  const isOwn = said !== undefined || order !== undefined;
  const charset = isOwn ? said : ofTable?.charset;
  const collation = isBinary ? `${charset ?? ""}_bin` : isOwn ? order : ofTable?.collation;
  return [
    ...(charset === undefined ? [] : [` CHARACTER SET ${canonicalCharset(charset)}`]),
    ...(collation === undefined ? [] : [` COLLATE ${canonicalCharset(collation)}`]),
  ].join("");
}

/** A type as a server keeps it, with the character set that it is in, as far as it or its table says it. */
export function typeText(text: string, table?: Table): string {
  const upper = rules.canonicalType?.(wordsAlone.type(text)) ?? text;
  const groups = parts.exec(upper)?.groups;
  if (groups === undefined) return upper;
  const rest = groups["rest"] ?? "";
  const isNational = groups["national"] !== undefined || /^(?:NCHAR|NVARCHAR)$/.test(groups["name"] ?? "");
  const plain = (groups["name"] ?? "")
    .replace(/^N(?=CHAR$|VARCHAR$)/, "")
    .replace(/^(?:CHAR|CHARACTER) VARYING$/, "VARCHAR")
    .replace(/^CHARACTER$/, "CHAR")
    .replace(/^LONG VARBINARY$/, "MEDIUMBLOB")
    .replace(/^LONG(?: VARCHAR)?$/, "MEDIUMTEXT")
    .replace(/^GEOMCOLLECTION$/, "GEOMETRYCOLLECTION");
  const { name, given } = withArguments(plain, groups["given"] ?? "");
  const charset = textNames.test(name) ? charsetText(table, isNational, rest) : "";
  const length = /^\((\d+)\)$/.exec(given)?.[1];
  if (name === "BLOB" && length !== undefined) return sized(name, Number(length));
  if (name === "TEXT" && length !== undefined) {
    const longest = longestCharacterOf(/CHARACTER SET (\w+)/.exec(charset)?.[1]);
    return sized(name, Number(length) * longest) + charset;
  }
  if (textNames.test(name)) return name + given + charset;
  return /^(?:\w+INT|INTEGER|DECIMAL|FLOAT|DOUBLE)$/.test(name) ? numberText(name, given, rest) : name + given + rest;
}

const sides = /^(.*?)(?: CHARACTER SET (\w+))?(?: COLLATE (\w+))?$/s;

/** A type in its normal form, apart from its character set. */
export function sidesOf(type: string): {
  readonly base: string;
  readonly charset: string | undefined;
  readonly collation: string | undefined;
} {
  const [, base = type, charset, collation] = sides.exec(type) ?? [];
  return { base, charset, collation };
}

function isSameWhereSaid(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/**
 * Whether two types are one: character sets and collations are compared where both sides say them, since the other one
 * has what its database has. https://dev.mysql.com/doc/refman/8.4/en/charset-column.html
 */
export function isSameType(one: string, other: string): boolean {
  const [first, second] = [sidesOf(one), sidesOf(other)];
  if (first.base !== second.base || !isSameWhereSaid(first.charset, second.charset)) return false;
  const orders = [first.collation, second.collation].filter((order) => order !== undefined);
  // a binary collation of a character set that is not known
  if (orders.includes("_bin")) return orders.every((order) => order.endsWith("_bin"));
  return isSameWhereSaid(first.collation, second.collation);
}
