import type { SqlReader } from "../../../src/compiler/sql-reader.js";
import { mysqlTypes } from "../../../src/schema/types/mysql.js";
import { t } from "../../../src/schema/types/generic.js";
import {
  rawType,
  type NumberArguments,
  type SqlType,
  type TextArguments,
  type TimeArguments,
} from "../../../src/schema/types/type.js";
import type { Cursor } from "../../shared/reader/cursor.js";
import type { SqlGrammar, TableOptions } from "../../shared/reader/grammar.js";
import type { ScriptRules } from "../../shared/reader/statements.js";
import { readerOf } from "../../shared/reader/statement-reader.js";
import type { TypeMakers } from "../../shared/reader/types.js";
import { lengthAt, numberAt, standardMakers, typeArguments, typeNamed } from "../../shared/reader/types.js";
import { lexicalRules } from "../lexical-rules.js";
import { readAlterOptions } from "./tables.js";

/** What stands behind the name and the arguments of a type. */
interface Modifiers {
  unsigned?: boolean;
  zerofill?: boolean;
  charset?: string;
  collation?: string;
  binary?: boolean;
  ascii?: boolean;
  unicode?: boolean;
}

type ModifiedMaker = (args: readonly string[], modifiers: Modifiers) => SqlType;

const wholeNumber =
  (make: (displayWidth?: number, options?: NumberArguments) => SqlType): ModifiedMaker =>
  (args, modifiers) =>
    make(numberAt(args, 0), modifiers);
const number =
  (make: (precision?: number, scale?: number, options?: NumberArguments) => SqlType): ModifiedMaker =>
  (args, modifiers) =>
    make(numberAt(args, 0), numberAt(args, 1), modifiers);
const text =
  (make: (length?: number | "max", options?: TextArguments) => SqlType): ModifiedMaker =>
  (args, modifiers) =>
    make(lengthAt(args), modifiers);
const timed =
  (make: (options?: TimeArguments) => SqlType): ModifiedMaker =>
  (args) => {
    const fsp = numberAt(args, 0);
    return make(fsp === undefined ? {} : { fsp });
  };

/** The types that take words behind them, or whose arguments mean something else than elsewhere. */
const modified: Readonly<Record<string, ModifiedMaker>> = {
  TINYINT: wholeNumber(mysqlTypes.TINYINT),
  SMALLINT: wholeNumber(mysqlTypes.SMALLINT),
  MEDIUMINT: wholeNumber(mysqlTypes.MEDIUMINT),
  INT: wholeNumber(mysqlTypes.INTEGER),
  INTEGER: wholeNumber(mysqlTypes.INTEGER),
  BIGINT: wholeNumber(mysqlTypes.BIGINT),
  DECIMAL: number(mysqlTypes.DECIMAL),
  DEC: number(mysqlTypes.DECIMAL),
  NUMERIC: number(mysqlTypes.NUMERIC),
  FIXED: number(mysqlTypes.DECIMAL),
  FLOAT: number(mysqlTypes.FLOAT),
  DOUBLE: number(mysqlTypes.DOUBLE),
  "DOUBLE PRECISION": number(mysqlTypes.DOUBLE),
  REAL: number(mysqlTypes.REAL),
  CHAR: text(t.CHAR),
  CHARACTER: text(t.CHAR),
  VARCHAR: text(t.VARCHAR),
  "CHARACTER VARYING": text(t.VARCHAR),
  TEXT: text(t.TEXT),
  TINYTEXT: text(mysqlTypes.TINYTEXT),
  MEDIUMTEXT: text(mysqlTypes.MEDIUMTEXT),
  LONGTEXT: text(mysqlTypes.LONGTEXT),
  TIME: timed(mysqlTypes.TIME),
  DATETIME: timed(t.DATETIME),
  TIMESTAMP: timed(t.TIMESTAMP),
  ENUM: (args, { charset, collation }) => mysqlTypes.ENUM(args, { charset, collation }),
  SET: (args, { charset, collation }) => mysqlTypes.SET(args, { charset, collation }),
};

const makers: TypeMakers = {
  ...standardMakers,
  "NATIONAL VARCHAR": (args) => t.NVARCHAR(numberAt(args, 0)),
  "NATIONAL CHAR": (args) => t.NCHAR(numberAt(args, 0)),
  BLOB: (args) => t.BLOB(numberAt(args, 0)),
  BIT: (args) => mysqlTypes.BIT(numberAt(args, 0)),
  YEAR: (args) => mysqlTypes.YEAR(numberAt(args, 0)),
  TINYBLOB: () => mysqlTypes.TINYBLOB(),
  MEDIUMBLOB: () => mysqlTypes.MEDIUMBLOB(),
  LONGBLOB: () => mysqlTypes.LONGBLOB(),
};

function readModifiers(cursor: Cursor): Modifiers {
  const modifiers: Modifiers = {};
  for (;;) {
    if (cursor.accept("UNSIGNED")) modifiers.unsigned = true;
    else if (cursor.accept("ZEROFILL")) modifiers.zerofill = true;
    else if (cursor.accept("BINARY")) modifiers.binary = true;
    else if (cursor.accept("ASCII")) modifiers.ascii = true;
    else if (cursor.accept("UNICODE")) modifiers.unicode = true;
    else if (cursor.accept("CHARACTER", "SET") || cursor.accept("CHARSET")) modifiers.charset = cursor.name();
    else if (cursor.accept("COLLATE")) modifiers.collation = cursor.name();
    else if (!cursor.accept("SIGNED")) return modifiers;
  }
}

const secondWords: Readonly<Record<string, readonly string[]>> = {
  DOUBLE: ["PRECISION"],
  CHARACTER: ["VARYING"],
  NATIONAL: ["VARCHAR", "CHAR", "CHARACTER"],
  LONG: ["VARCHAR", "VARBINARY"],
};

/** Reads types as MySQL and MariaDB write them; `more` are those of one of them alone. */
function typesWith(more: TypeMakers): (cursor: Cursor) => SqlType {
  const all = { ...makers, ...more };
  return (cursor) => {
    const start = cursor.place;
    const first = cursor.next().value;
    const second = cursor.acceptOneOf(...(secondWords[first] ?? []));
    const name = second === undefined ? first : `${first} ${second}`;
    const args = typeArguments(cursor);
    const written = cursor.textFrom(start);
    const modifiers = readModifiers(cursor);
    const make = Object.hasOwn(modified, name) ? modified[name] : undefined;
    if (make !== undefined) return make(args, modifiers);
    // of other types what stands behind the name is kept with it
    return Object.keys(modifiers).length > 0 ? rawType(cursor.textFrom(start)) : typeNamed(all, name, args, written);
  };
}

/** Words of an option that another one follows. */
const optionWords = new Set(["DEFAULT", "CHARACTER", "DATA", "INDEX"]);

function camelCase(words: readonly string[]): string {
  const [first = "", ...others] = words.flatMap((word) => word.toLowerCase().split("_"));
  return first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** Options of a table under the names that authors give them; the counter is data and no part of the schema. */
function readTableOptions(cursor: Cursor): TableOptions {
  const options: Record<string, string | number> = {};
  let comment: string | undefined;
  while (!cursor.isAtEnd) {
    cursor.accept(",");
    if (cursor.isAt("PARTITION", "BY")) {
      cursor.accept("PARTITION", "BY");
      const [, method = "", count] = /^([^]*?)(?:\s+PARTITIONS\s+(\d+))?$/i.exec(cursor.rest()) ?? [];
      options["partitionBy"] = method;
      if (count !== undefined) options["partitions"] = Number(count);
      break;
    }
    const words = [cursor.next().value];
    while (optionWords.has(words.at(-1) ?? "") && cursor.word() !== undefined) words.push(cursor.next().value);
    cursor.accept("=");
    const token = cursor.next();
    const name = camelCase(words);
    if (name === "comment") comment = token.value;
    else if (name !== "autoIncrement") {
      options[name] = token.kind === "number" ? Number(token.text) : token.kind === "word" ? token.text : token.value;
    }
  }
  return { options: Object.keys(options).length === 0 ? {} : { mysql: options }, comment };
}

/** What MySQL and MariaDB do not do alike. */
interface Differences {
  readonly script: ScriptRules;
  readonly types: TypeMakers;
  /** The checks of a table that is made like another keep their names. */
  readonly checksKeepNames: boolean;
}

/** How MySQL and MariaDB write DDL. */
export function grammarWith({ script, types, checksKeepNames }: Differences): SqlGrammar {
  return {
    ...grammar,
    script,
    readType: typesWith(types),
    tableLike: (to, model, ifNotExists) => ({ change: "copyTable", model, to, ifNotExists, checksKeepNames }),
  };
}

const grammar: Omit<SqlGrammar, "script" | "readType" | "tableLike"> = {
  // https://dev.mysql.com/doc/refman/8.4/en/numeric-type-syntax.html
  serialType: mysqlTypes.BIGINT(undefined, { unsigned: true }),
  names: {},
  group: "mysql",
  // DO evaluates expressions: https://dev.mysql.com/doc/refman/8.4/en/do.html
  ignoredWords: new Map([["DO", "query"]]),
  databasesAreSchemas: true,
  // https://dev.mysql.com/doc/refman/8.4/en/alter-view.html
  redefinedByAlter: ["view"],
  indexWords: new Set(["INDEX", "KEY", "FULLTEXT", "SPATIAL"]),
  primaryKeysAreUnnamed: true,
  readTableOptions,
  keysCountSilently: false,
  readAlterOptions: (clause, table) => readAlterOptions(clause, table, readTableOptions),
};

/** Reads MySQL's DDL and the dumps of mysqldump. */
export function loadReader(): SqlReader {
  return readerOf(grammarWith({ script: lexicalRules, types: {}, checksKeepNames: false }));
}
