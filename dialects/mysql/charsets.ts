import { withOptions } from "../../src/catalog/changes/table-options.js";
import type { CatalogRules, Charset } from "../../src/catalog/rules.js";
import type { Column } from "../../src/schema/columns.js";
import type { Table } from "../../src/schema/tables.js";
import { SqlType, type TypeName } from "../../src/schema/types/type.js";

/** Bytes of the longest character of each set: https://dev.mysql.com/doc/refman/8.4/en/charset-charsets.html */
const longestCharacter: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      ...["armscii8", "ascii", "binary", "cp1250", "cp1251", "cp1256", "cp1257", "cp850", "cp852", "cp866", "dec8"],
      ...["geostd8", "greek", "hebrew", "hp8", "keybcs2", "koi8r", "koi8u", "latin1", "latin2", "latin5", "latin7"],
      ...["macce", "macroman", "swe7", "tis620"],
    ].map((name) => [name, 1]),
  ),
  ...{ big5: 2, cp932: 2, euckr: 2, gb2312: 2, gbk: 2, sjis: 2, ucs2: 2 },
  ...{ eucjpms: 3, ujis: 3, utf8: 3, utf8mb3: 3 },
  ...{ gb18030: 4, utf16: 4, utf16le: 4, utf32: 4, utf8mb4: 4 },
};

/** How many bytes a character may need; of a set that is not known, those of the longest. */
export function longestCharacterOf(charset: string | undefined): number {
  return longestCharacter[charset ?? ""] ?? 4;
}

/** Options that say the same. */
const charsetOptions = ["charset", "characterSet", "defaultCharset", "defaultCharacterSet"];
const collationOptions = ["collate", "defaultCollate"];

function optionOf(table: Table, names: readonly string[]): string | undefined {
  for (const group of [table.options.mariadb, table.options.mysql]) {
    const found = names.map((name) => group?.[name]).find((value) => value !== undefined);
    if (typeof found === "string") return found.toLowerCase();
  }
  return undefined;
}

/** The set that a collation belongs to: `latin1` of `latin1_bin`; MariaDB's newer ones name none. */
export function charsetOf(collation: string | undefined): string | undefined {
  const [charset] = collation?.toLowerCase().split("_") ?? [];
  return charset !== undefined && Object.hasOwn(longestCharacter, charset) ? charset : undefined;
}

/** What the table says of its columns that say nothing themselves. */
export function tableCharset(table: Table): Charset {
  const collation = optionOf(table, collationOptions);
  return { charset: optionOf(table, charsetOptions) ?? charsetOf(collation), collation };
}

function withTableCharset(table: Table, { charset, collation }: Charset): Table {
  const names = charset === undefined ? collationOptions : [...charsetOptions, ...collationOptions];
  const said = {
    ...(charset !== undefined && { defaultCharset: charset }),
    ...(collation !== undefined && { collate: collation }),
  };
  return withOptions(table, { mysql: names, mariadb: names }, { mysql: said });
}

/** Types that hold text and say in which character set; what grows is among those that follow it. */
const longer: Readonly<Partial<Record<TypeName, TypeName>>> = {
  text: "MEDIUMTEXT",
  unicodeText: "MEDIUMTEXT",
  TEXT: "MEDIUMTEXT",
  TINYTEXT: "TEXT",
  MEDIUMTEXT: "LONGTEXT",
};
const textTypes: ReadonlySet<TypeName> = new Set<TypeName>([
  ...(Object.keys(longer) as TypeName[]),
  ...(["LONGTEXT", "CHAR", "VARCHAR", "string", "unicode", "enum", "SET"] as const),
]);
/** Types that may hold text of which the replayed schema cannot say the character set. */
const unclearTypes: ReadonlySet<TypeName> = new Set<TypeName>(["raw", "uuid", "json", "JSON", "NCHAR", "NVARCHAR"]);

interface TextParameters extends Partial<Charset> {
  readonly ascii?: boolean;
  readonly unicode?: boolean;
  readonly binary?: boolean;
}

function parametersOf({ type }: Column): TextParameters {
  return type.parameters as TextParameters;
}

function isUnclear(column: Column): boolean {
  const { ascii, unicode, binary } = parametersOf(column);
  const isShort = ascii === true || unicode === true || binary === true;
  return unclearTypes.has(column.type.name) || (textTypes.has(column.type.name) && isShort);
}

function retyped(column: Column, name: TypeName, { charset, collation }: Charset): Column {
  const { charset: _old, collation: _order, ...rest } = parametersOf(column) as TextParameters & { length?: number };
  const said = { ...(charset !== undefined && { charset }), ...(collation !== undefined && { collation }) };
  const type = new SqlType(name, { ...rest, ...said }, column.type.variants);
  return { ...column, type };
}

/**
 * `CONVERT TO CHARACTER SET`: every column that holds text goes over, and one of the TEXT types becomes a longer one
 * where its characters may need more bytes now. https://dev.mysql.com/doc/refman/8.4/en/alter-table.html
 *
 * @returns undefined when it cannot be told which columns grow
 */
function converted(table: Table, to: Charset): Table | undefined {
  const before = tableCharset(table);
  const after = longestCharacter[(to.charset ?? charsetOf(to.collation))?.toLowerCase() ?? ""];
  const columns: Column[] = [];
  for (const column of table.columns) {
    if (isUnclear(column)) return undefined;
    const { name } = column.type;
    const grown = longer[name];
    if (!textTypes.has(name)) columns.push(column);
    else if (grown === undefined || after === 1) columns.push(retyped(column, name, noCharset));
    else {
      const { charset, collation } = parametersOf(column);
      const old = longestCharacter[charset ?? charsetOf(collation) ?? before.charset ?? ""];
      const hasLength = (column.type.parameters as { length?: unknown }).length !== undefined;
      if (old === undefined || after === undefined || hasLength) return undefined;
      columns.push(retyped(column, after > old ? grown : name, noCharset));
    }
  }
  return withTableCharset({ ...table, columns }, to);
}

const noCharset: Charset = { charset: undefined, collation: undefined };

/**
 * `DEFAULT CHARACTER SET`: for columns to come. Those that are there stay what they are, and say so from then on.
 *
 * @returns undefined when it is not known what they are
 */
function withDefault(table: Table, to: Charset): Table | undefined {
  const before = tableCharset(table);
  const columns: Column[] = [];
  for (const column of table.columns) {
    if (isUnclear(column)) return undefined;
    const { charset, collation } = parametersOf(column);
    const isOwn = charset !== undefined || collation !== undefined;
    if (isOwn || !textTypes.has(column.type.name)) columns.push(column);
    else if (before.charset === undefined) return undefined;
    else columns.push(retyped(column, column.type.name, before));
  }
  const charset = to.charset ?? charsetOf(to.collation);
  return withTableCharset({ ...table, columns }, { charset, collation: to.collation });
}

/** What becomes of a table whose character set changes. */
export const charsets: NonNullable<CatalogRules["charsets"]> = { converted, withDefault };

/** Whether an option says something of character sets. */
export function charsetIn(options: Readonly<Record<string, string | number>>): Charset | undefined {
  const said = (names: readonly string[]): string | undefined =>
    names.map((name) => options[name]).find((value) => value !== undefined) as string | undefined;
  const charset = said(charsetOptions);
  const collation = said(collationOptions);
  return charset === undefined && collation === undefined ? undefined : { charset, collation };
}

/** The options without those about character sets. */
export function otherOptions(options: Readonly<Record<string, string | number>>): Record<string, string | number> {
  const names = [...charsetOptions, ...collationOptions];
  return Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)));
}
